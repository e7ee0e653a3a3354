import Bank
package import Logging
package import Store
import Sync
import Transport

/// What one exchange moved.
package struct Exchanged: Hashable, Sendable {
    package var batchesSent = 0
    package var claimsReceived = 0
    package var settlementsReceived = 0
}

/// Carries exchanges between a node and head office when there is a line.
///
/// A round is hello, pushes until nothing waits, pulls until nothing is new, and a push of what
/// that brought about here. It blocks its thread;
/// no local write waits for it, since each step is a short transaction of its own.
package struct Exchange: Sendable {
    /// Clocks further apart than this are shown as skewed.
    package static let skewShown: Int64 = 60_000

    private let store: BranchStore
    private let logger: Logger

    package init(_ store: BranchStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// One exchange. How it ended is written down in either case.
    package func run() throws -> Exchanged {
        guard store.node.headOffice != nil else { throw Refusal(.noHeadOffice) }
        do {
            let (exchanged, skew) = try converse(Conversation(of: store))
            try store.rememberContact(failure: nil, skewMilliseconds: skew)
            return exchanged
        } catch let error as CourierError {
            logger.info("exchange failed", metadata: ["code": "\(error.code)"])
            try store.rememberContact(
                failure: error.code, skewMilliseconds: error.skewMilliseconds)
            throw error
        } catch let error as UntrustedDelta {
            logger.error("untrusted delta refused", metadata: ["why": "\(error)"])
            try store.rememberContact(failure: CourierError.untrusted(error).code)
            throw CourierError.untrusted(error)
        } catch {
            // The node itself could not keep what came: its own error says why.
            try store.rememberContact(failure: "failed-here")
            throw error
        }
    }

    private func converse(_ conversation: Conversation) throws -> (Exchanged, Int64) {
        let skew = try greet(conversation)
        var exchanged = Exchanged()
        try push(conversation, &exchanged)
        var hasMore = true
        while hasMore {
            let delta = try pull(conversation)
            try store.apply(delta)
            exchanged.claimsReceived += delta.claims.count
            exchanged.settlementsReceived += delta.settled.count
            hasMore = delta.hasMore
        }
        // What came down may have made reminders here, which head office is to have as well.
        try push(conversation, &exchanged)
        return (exchanged, skew)
    }

    /// Sends until nothing waits.
    private func push(_ conversation: Conversation, _ exchanged: inout Exchanged) throws {
        while let batch = try store.nextBatch() {
            let answer = try conversation.send(batch.bytes, to: Message.pushPath)
            guard let checkpoint = Checkpoint(json: answer), checkpoint.hash == batch.hash,
                try store.acknowledge(checkpoint)
            else { throw CourierError.outOfStep }
            exchanged.batchesSent += 1
        }
    }

    /// Compares how far both sides are; an acknowledgement that was lost is made up for here.
    private func greet(_ conversation: Conversation) throws -> Int64 {
        let state = try store.lineState()
        let before = store.now()
        let hello = Hello(
            checkpoint: try store.checkpoint(), now: before, pending: Int64(state.pending))
        let answer = try conversation.send(hello.json.canonicalBytes, to: Message.helloPath)
        let after = store.now()
        guard let reply = HelloReply(json: answer) else {
            throw CourierError.notHeadOffice(status: 200)
        }
        guard try store.acknowledge(reply.checkpoint) else { throw CourierError.outOfStep }
        // Head office read its clock somewhere between our sending and our receiving.
        let (skew, overflow) = reply.now.subtractingReportingOverflow(
            before + (after - before) / 2)
        return overflow ? 0 : skew
    }

    private func pull(_ conversation: Conversation) throws -> Delta {
        let request = PullRequest(
            after: try store.lineState().watermark,
            organisationVersion: try store.organisationVersion())
        let answer = try conversation.send(request.json.canonicalBytes, to: Message.pullPath)
        guard let delta = Delta(json: answer), delta.through >= request.after,
            // More to come without any progress would never end.
            !delta.hasMore || delta.through > request.after
        else { throw CourierError.notHeadOffice(status: 200) }
        return delta
    }
}
