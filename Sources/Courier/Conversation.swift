import Bank
import Certificates
import Store
import Sync
import Transport
import Vault

/// One round of messages with head office over one kept connection, on which both sides know each
/// other by their certificates.
///
/// It renews the node's certificate where that is due. Not `Sendable`: it owns its line.
final class Conversation {
    /// Seconds for the first message over a connection that was kept: it may have died unseen, and
    /// a new one stands in as many.
    private static let patience = LineLimits().connectTimeout

    private let store: BranchStore
    private let headOffice: HeadOfficeAddress
    private var identity: Identity
    private var line: Line
    /// Whether the line was kept since an earlier exchange, and nothing has come over it since.
    private var isUntried: Bool
    private let kept: KeptLine
    private var hasRenewed = false

    /// Throws `noHeadOffice` for a node on its own.
    ///
    /// - Parameter kept: where an earlier conversation may have left its line.
    init(of store: BranchStore, over kept: KeptLine) throws {
        guard let url = store.node.headOffice else { throw Refusal(.noHeadOffice) }
        headOffice = try HeadOfficeAddress(url)
        // A node that 0.1.0 enrolled has none.
        guard let identity = try store.identity() else {
            throw CourierError.refused(.notEnrolled)
        }
        self.store = store
        self.identity = identity
        self.kept = kept
        let line = kept.take(to: url, as: identity.certificate)
        isUntried = line != nil
        self.line = line ?? headOffice.line(as: identity)
        if identity.certificate.isDue(at: store.now()) { try renew() }
    }

    /// Leaves the line for the next conversation; without this it is closed, as after an error.
    func keepLine() {
        kept.keep(line, to: headOffice.url, as: identity.certificate)
    }

    func send(_ question: Round.Question) throws(CourierError) -> JSONValue {
        try send(question.message, to: question.path)
    }

    /// Sends a message and takes apart the answer; what is no answer of head office's is an error.
    func send(_ body: [UInt8], to path: String) throws(CourierError) -> JSONValue {
        do throws(CourierError) {
            return try carry(body, to: path)
        } catch .refused(.certificateExpired) where !hasRenewed,
            .refused(.certificateSuperseded) where !hasRenewed
        {
            // A node that was away for long, or was restored from a backup: what head office
            // takes it for from here on, the next messages say.
            try renew()
            return try send(body, to: path)
        } catch {
            throw headOffice.explained(error, identity, at: store.now())
        }
    }

    /// A connection that died unseen is replaced at once, rather than the next exchange waited for:
    /// whatever is sent is safe to receive twice.
    private func carry(_ body: [UInt8], to path: String) throws(CourierError) -> JSONValue {
        guard isUntried else { return try line.carry(body, to: path) }
        isUntried = false
        do throws(CourierError) {
            return try line.carry(body, to: path, within: Self.patience)
        } catch .line(.timedOut), .line(.broken) {
            line = headOffice.line(as: identity)
            return try line.carry(body, to: path)
        }
    }

    /// Gets a certificate for a new key and speaks over a new connection from then on.
    private func renew() throws(CourierError) {
        hasRenewed = true
        let key = store.newKey()
        let request = RenewalRequest(certificateRequest: CertificateRequest(for: key).bytes)
        let answer: JSONValue
        do throws(CourierError) {
            answer = try carry(request.json.canonicalBytes, to: Message.renewalPath)
        } catch .refused(.renewalNotDue) {
            // Head office's clock decides; ours runs ahead of it.
            return
        } catch {
            throw headOffice.explained(error, identity, at: store.now())
        }
        guard
            let certificate = RenewalReply(json: answer)
                .flatMap({ Certificate(bytes: $0.certificate) }),
            certificate.node == identity.certificate.node,
            let renewed = Identity(
                authority: identity.authority, certificate: certificate, key: key)
        else { throw .notHeadOffice(status: 200) }
        do {
            try store.keep(renewed)
        } catch {
            throw .notKept(error)
        }
        identity = renewed
        line = headOffice.line(as: renewed)
    }
}
