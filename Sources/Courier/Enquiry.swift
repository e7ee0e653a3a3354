import Bank
import Certificates
package import Store
package import Sync
import Transport

/// Asks head office one thing for somebody who waits for it: beside the exchanges, over a line of its
/// own, and not for long. What it comes to changes nothing on the node.
package struct Enquiry: Sendable {
    private let store: BranchStore
    private let limits: LineLimits

    /// - Parameter seconds: for the connection and the answer together.
    package init(_ store: BranchStore, within seconds: Double = 3) {
        self.store = store
        limits = LineLimits(connectTimeout: seconds, timeout: seconds, bodyLimit: 1024 * 1024)
    }

    /// Throws a `CourierError` where there is no answer, which is an ordinary state; a certificate
    /// that is due is renewed by the next exchange.
    package func ask(_ request: QueryRequest) throws -> QueryReply {
        guard let url = store.node.headOffice else { throw Refusal(.noHeadOffice) }
        guard let identity = try store.identity() else {
            throw CourierError.refused(.notEnrolled)
        }
        let answer = try HeadOfficeAddress(url).line(as: identity, limits: limits)
            .carry(request.json.canonicalBytes, to: Message.queryPath)
        guard let reply = QueryReply(json: answer) else {
            throw CourierError.notHeadOffice(status: 200)
        }
        return reply
    }
}
