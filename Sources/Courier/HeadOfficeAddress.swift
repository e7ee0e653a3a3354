import Bank
import Certificates
import Sync
import Transport

/// What is wrong with an address as it was given, before anybody is asked there.
package enum AddressFault: String, Sendable {
    /// Head office is spoken to over HTTPS only.
    case insecure
    /// No URL, or one with more than a host, a port and a path.
    case malformed

    /// Nil where head office may be there.
    package init?(of url: String) {
        guard url.lowercased().hasPrefix("https://") else {
            self = .insecure
            return
        }
        guard !LineEndpoint.url(url).isUsable else { return nil }
        self = .malformed
    }
}

/// Where head office is, and the lines that lead there.
struct HeadOfficeAddress {
    /// Clocks nearer to each other than this do not put a certificate out of its dates: an
    /// authority dates head office's a day back.
    private static let skewThatMatters: Int64 = 60 * 60 * 1000

    let url: String

    /// Throws `insecure` unless it is https.
    init(_ url: String) throws(CourierError) {
        guard url.lowercased().hasPrefix("https://") else { throw .line(.insecure(url)) }
        self.url = url
    }

    /// To the head office of the node's authority, and to no other.
    func line(as identity: Identity, limits: LineLimits = LineLimits()) -> Line {
        Line(
            .url(url),
            trust: .authority(
                identity.authority.pem,
                identity: LineIdentity(
                    certificate: identity.certificate.pem, key: identity.key.pem)),
            limits: limits)
    }

    /// To the authority's head office, without saying who asks.
    func line(trusting authority: Certificate) -> Line {
        Line(.url(url), trust: .authority(authority.pem, identity: nil))
    }

    /// What whoever answers there says of head office's authority: nothing to rely on.
    func statedAuthority() throws(CourierError) -> AuthorityReply {
        let answer = try Line(.url(url), trust: .anybody).carry(
            Message.question.canonicalBytes, to: Message.authorityPath)
        guard let reply = AuthorityReply(json: answer) else {
            throw .notHeadOffice(status: 200)
        }
        return reply
    }

    /// The same error, or `clock` where a certificate is out of its dates by one side's clock alone
    /// and the clocks differ by enough to explain it.
    ///
    /// How much they differ is what the other side states, unproven: it names the error, and changes
    /// nothing else.
    func explained(
        _ error: CourierError, _ identity: Identity, at now: Int64
    ) -> CourierError {
        switch error {
        case .line(.outOfDate): break
        case .refused(.certificateExpired), .refused(.certificateNotYetValid):
            guard identity.certificate.isValid(at: now) else { return error }
        default: return error
        }
        return explained(error, identity.authority, at: now)
    }

    func explained(
        _ error: CourierError, _ authority: Certificate, at now: Int64
    ) -> CourierError {
        // Who cannot be asked explains nothing: the first error stays.
        guard let stated = try? statedAuthority(), stated.certificate == authority.bytes else {
            return error
        }
        let (skew, overflow) = stated.now.subtractingReportingOverflow(now)
        guard !overflow, skew.magnitude > Self.skewThatMatters.magnitude else { return error }
        return .clock(skewMilliseconds: skew)
    }
}
