package import Bank
package import Certificates
package import Sync
import Transport

/// What a node has in its hands when head office has let it in.
package struct Enrolled: Sendable {
    package let reply: EnrolmentReply
    package let identity: Identity
}

extension Exchange {
    /// Shows head office the one-time token and brings back what the node needs.
    ///
    /// The token says by which authority head office is known, so nothing is shown to anybody else.
    ///
    /// - Parameters:
    ///   - firstTier: the branch whose customers the node holds already; nil for a new one.
    ///   - now: the node's clock, to tell a wrong one from an old certificate.
    package static func enrol(
        _ outlet: UnitCode, of firstTier: UnitCode? = nil, as nodeName: String,
        with key: PrivateKey,
        showing token: EnrolmentToken,
        at url: String, now: Int64
    ) throws(CourierError) -> Enrolled {
        let headOffice = try HeadOfficeAddress(url)
        guard let authority = Certificate(bytes: try headOffice.statedAuthority().certificate),
            authority.fingerprint == token.authority
        else { throw .wrongAuthority }
        let request = EnrolmentRequest(
            token: token.secret, outlet: outlet, nodeName: nodeName,
            certificateRequest: CertificateRequest(for: key).bytes, firstTier: firstTier)
        let answer: JSONValue
        do throws(CourierError) {
            answer = try headOffice.line(trusting: authority).carry(
                request.json.canonicalBytes, to: Message.enrolmentPath)
        } catch {
            guard case .line(.outOfDate) = error else { throw error }
            throw headOffice.explained(error, authority, at: now)
        }
        guard let reply = EnrolmentReply(json: answer), reply.outlet == outlet,
            let certificate = Certificate(bytes: reply.certificate),
            certificate.node?.outlet == outlet.rawValue, certificate.node?.name == nodeName,
            let identity = Identity(authority: authority, certificate: certificate, key: key)
        else { throw .notHeadOffice(status: 200) }
        return Enrolled(reply: reply, identity: identity)
    }
}
