package import Bank
package import Store
import Sync

/// One round of messages with head office, as a state machine: it says what to send, is told the
/// answer, and says what to send next.
///
/// Hello, then what was lost comes back, then pushes until nothing waits, a snapshot where the node
/// is blank or past the horizon, pulls until nothing is new, and a push of what that brought about
/// here. It reads no clock and no chance but the store's, and knows no socket: the same code runs
/// over libcurl and in the simulator. Each step is a short transaction of its own, or some, so that
/// no local write waits for a line. What waits on the urgent lane goes before each part of the
/// other, and before each chunk.
package struct Round {
    package struct Question: Sendable {
        package let path: String
        package let message: [UInt8]
        /// A part of a batch, which is compressed already.
        package var isPacked: Bool { path == Message.pushPath || path == Message.reviewPath }
    }

    package enum Step: Sendable {
        case ask(Question)
        case done(Exchanged)
    }

    /// What the last question was, and so what its answer is about.
    private enum Phase {
        case idle
        case hello(askedAt: Int64)
        case recovery
        case push(Part)
        case pull(after: Int64)
        case offer(last: String)
        case attested(rest: [GivenBack], last: String)
        case snapshot(SnapshotQuestion)
        case records(rest: [GivenBack], through: Int64)
        case review(rest: [Part])
        case sent(SentComparison.Question)
        case received(ReceivedQuestion)
    }

    private let store: BranchStore
    private var phase = Phase.idle
    private var exchanged = Exchanged()
    /// The next part of a lane's batch that head office does not have.
    private var staged: [Lane: Int] = [:]
    /// Head office's newest sequence, as it said at hello.
    private var newest: Int64 = 0
    private var organisationVersion: Int64 = 0
    /// Number of the newest settlement record that head office has, or had when it was restored.
    private var lastRecord: Int64 = .max
    /// The recovery of head office's that is to be offered what others wrote.
    private var recovery: String?
    private var hasPulled = false
    /// A snapshot has customers' rows alone: through which date the first-tier branch has closed
    /// comes with the pull after it, also where that has no rows.
    private var hasLoaded = false
    /// Where head office says that this node is to take a snapshot.
    private var fetch: SnapshotFetch?
    /// Where what goes up is compared.
    private var sent: SentComparison?
    /// Where what came down is compared as well, and whether head office knows how.
    private var comparison: ReceivedComparison?
    private var comparesReceived = false
    private var hasLeftScope = false
    private var hasCompared = false
    private let wantsComparison: Bool
    /// Rounds of hello without anything between them would never end.
    private var greetings = 0

    /// - Parameter comparing: compare both sides' records now, not only once a day.
    package init(_ store: BranchStore, comparing: Bool = false) {
        self.store = store
        wantsComparison = comparing
    }

    package mutating func start() throws -> Step {
        greetings += 1
        guard greetings <= 3 else { throw CourierError.outOfStep }
        let hello = try store.hello()
        phase = .hello(askedAt: hello.now)
        return ask(Message.helloPath, hello.json)
    }

    /// Takes the answer to the last question.
    package mutating func receive(_ answer: JSONValue) throws -> Step {
        switch phase {
        case .idle: preconditionFailure("an answer follows a question")
        case .hello(let askedAt): return try greeted(answer, askedAt: askedAt)
        case .recovery:
            guard let page = RecoveryPage(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            try store.recover(page)
            exchanged.recordsRecovered += page.rows?.count ?? 0
            return try next()
        case .push(let part): return try pushed(part, answer)
        case .pull(let after): return try pulled(answer, after: after)
        case .snapshot(let question):
            try fetch?.take(answer, to: question, store)
            return try next()
        case .offer(let last):
            guard let lacking = Offer(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            return try giveBack(try store.attested(lacking), last: last)
        case .attested(let rest, let last):
            try noteTaken(answer)
            return try giveBack(rest, last: last)
        case .records(let rest, let through):
            try noteTaken(answer)
            guard rest.isEmpty else { return giveBack(rest, through: through) }
            lastRecord = through
            return try next()
        case .sent(let question): return try compared(answer, question)
        case .received(let question):
            try comparison?.take(answer, to: question, store)
            return try next()
        case .review(let rest):
            guard answer["kept"]?.bool == true else {
                throw CourierError.notHeadOffice(status: 200)
            }
            guard let following = rest.first else {
                throw CourierError.refused(.suspectedCopy)
            }
            return review(following, rest: Array(rest.dropFirst()))
        }
    }

    /// Head office has no time for a comparison: the round goes on without it, and it is due at the
    /// next one. Nil where the last question was no part of one.
    package mutating func putOffComparison() throws -> Step? {
        switch phase {
        case .sent(.root): break
        // It was written down as made.
        case .sent, .received: try store.forgetComparison()
        case .idle, .hello, .recovery, .push, .pull, .offer, .attested, .snapshot, .records,
            .review:
            return nil
        }
        exchanged.isComparisonPutOff = true
        exchanged.rowsMended += comparison?.mended ?? 0
        (sent, comparison) = (nil, nil)
        return try next()
    }

    private mutating func greeted(_ answer: JSONValue, askedAt: Int64) throws -> Step {
        guard let reply = HelloReply(json: answer) else {
            throw CourierError.notHeadOffice(status: 200)
        }
        // Head office read its clock somewhere between our sending and our receiving.
        let received = store.now()
        let (skew, overflow) = reply.now.subtractingReportingOverflow(
            askedAt + (received - askedAt) / 2)
        exchanged.skewMilliseconds = overflow ? 0 : skew
        if reply.verdict != .inStep { exchanged.verdict = reply.verdict }
        switch reply.verdict {
        case .inStep: try store.forgetRestore()
        case .restored, .officeRestored:
            try store.begin(reply)
        case .corrupted: throw CourierError.refused(.corrupted)
        case .suspectedCopy: return try handOver()
        }
        // Before the acknowledgement: else nobody would tell it again.
        try store.setApart(reply.setApart)
        exchanged.setApart += reply.setApart.count
        try store.rememberTold(discarded: reply.discarded)
        for (lane, acknowledgement) in reply.lanes {
            guard try store.acknowledge(acknowledgement, on: lane) else {
                throw CourierError.outOfStep
            }
            staged[lane] = acknowledgement.staged
        }
        comparesReceived = reply.wantsSnapshot != nil
        fetch =
            try reply.wantsSnapshot == true && !store.distrustsSnapshots() ? SnapshotFetch() : nil
        // It is to pull after all.
        if fetch == nil { try store.dropSnapshot() }
        newest = reply.newest
        lastRecord = reply.lastRecord
        recovery = reply.recovery
        organisationVersion = reply.organisationVersion
        // Not before head office has said that this is no copy: what is written here is new to it.
        try store.publishKeys()
        return try next()
    }

    /// Recovery, then the urgent lane, then the other, then pulls.
    private mutating func next() throws -> Step {
        if let cursor = try store.recoveryCursor() {
            phase = .recovery
            return ask(Message.recoveryPath, RecoveryRequest(cursor: cursor).json)
        }
        for lane in Lane.allCases {
            if let head = try store.nextBatch(on: lane) {
                return try push(head)
            }
        }
        // A head office that came out of a backup lacks what it once passed on, and what it sealed.
        if let recovery, try store.isToOffer(to: recovery) { return try offer(after: "") }
        let given = try store.recordsToGiveBack(after: lastRecord)
        if let last = given.last?.settled.last?.record.number {
            return giveBack(given, through: last)
        }
        if let question = try fetch?.next(store) {
            phase = .snapshot(question)
            return ask(Message.snapshotPath, question.json)
        }
        if let fetch { noteApplied(fetch) }
        let line = try store.lineState()
        let version = try store.organisationVersion()
        // What was sent may have opened something to this node, so then it asks as well.
        if !hasPulled,
            hasLoaded || exchanged.batchesSent > 0 || newest != line.watermark
                || organisationVersion != version
        {
            return pull(after: line.watermark, version)
        }
        if try !hasCompared && store.canCompare() {
            if try comparesReceived && (wantsComparison || store.isReceivedCompareDue()) {
                hasCompared = true
                comparison = ReceivedComparison()
            }
            if try wantsComparison || store.isCompareDue() {
                hasCompared = true
                sent = SentComparison()
                return try compare()
            }
        }
        if !hasLeftScope {
            hasLeftScope = true
            exchanged.applied += try store.leaveScope()
        }
        if let question = try comparison?.next(store) {
            phase = .received(question)
            return ask(Message.digestPath, question.json)
        }
        if let comparison {
            exchanged.rowsMended += comparison.mended
            if let isEqual = comparison.isEqual {
                exchanged.isEqual = isEqual && exchanged.isEqual != false
            }
        }
        phase = .idle
        return .done(exchanged)
    }

    /// Names what others wrote, as many as a message holds, until all was named.
    private mutating func offer(after name: String) throws -> Step {
        guard let (offer, last) = try store.offer(after: name) else {
            if let recovery { try store.rememberGivenBack(to: recovery) }
            recovery = nil
            return try next()
        }
        phase = .offer(last: last)
        return ask(Message.offerPath, offer.json)
    }

    private mutating func giveBack(_ messages: [GivenBack], last: String) throws -> Step {
        guard let first = messages.first else { return try offer(after: last) }
        phase = .attested(rest: Array(messages.dropFirst()), last: last)
        return ask(Message.recordsPath, first.json)
    }

    private mutating func giveBack(_ records: [GivenBack], through last: Int64) -> Step {
        phase = .records(rest: Array(records.dropFirst()), through: last)
        return ask(Message.recordsPath, records[0].json)
    }

    private mutating func noteTaken(_ answer: JSONValue) throws {
        guard let taken = answer["taken"]?.int, (0...Int64(Int32.max)).contains(taken) else {
            throw CourierError.notHeadOffice(status: 200)
        }
        exchanged.recordsGivenBack += Int(taken)
    }

    private mutating func noteApplied(_ fetch: SnapshotFetch) {
        exchanged.chunksReceived += fetch.chunks
        exchanged.applied += fetch.applied
        exchanged.claimsReceived += fetch.applied.claims
        exchanged.settlementsReceived += fetch.applied.settled
        lastRecord = max(lastRecord, fetch.lastRecord)
        hasLoaded = true
        self.fetch = nil
    }

    /// The next question of the comparison of what goes up, to its end.
    private mutating func compare() throws -> Step {
        guard let sent, let question = try sent.next(store) else { return try next() }
        phase = .sent(question)
        return ask(Message.digestPath, sent.message(question))
    }

    private mutating func compared(
        _ answer: JSONValue, _ question: SentComparison.Question
    ) throws -> Step {
        exchanged.rowsMended += try sent?.take(answer, to: question, store) ?? 0
        exchanged.isEqual = sent?.isEqual
        return try compare()
    }

    private mutating func push(_ head: BatchHead) throws -> Step {
        let index = min(staged[head.lane] ?? 0, head.parts - 1)
        let part = try store.part(index, of: head)
        phase = .push(part)
        return .ask(Question(path: Message.pushPath, message: part.message))
    }

    private mutating func pushed(_ part: Part, _ answer: JSONValue) throws -> Step {
        guard let reply = PushReply(json: answer) else {
            throw CourierError.notHeadOffice(status: 200)
        }
        let lane = part.head.lane
        let acknowledgement = reply.acknowledgement
        if acknowledgement.checkpoint == part.head.checkpoint {
            try store.setApart(reply.setApart)
            guard try store.acknowledge(acknowledgement, on: lane) else {
                throw CourierError.outOfStep
            }
            exchanged.batchesSent += 1
            exchanged.setApart += reply.setApart.count
            staged[lane] = 0
            return try next()
        }
        // Head office says which part it wants next; without getting on that would never end.
        let wanted = acknowledgement.staged
        guard wanted == part.index + 1 || wanted < part.index, wanted < part.head.parts else {
            throw CourierError.outOfStep
        }
        staged[lane] = wanted
        return try next()
    }

    private mutating func pull(after: Int64, _ version: Int64) -> Step {
        phase = .pull(after: after)
        return ask(
            Message.pullPath, PullRequest(after: after, organisationVersion: version).json)
    }

    private mutating func pulled(_ answer: JSONValue, after: Int64) throws -> Step {
        guard let delta = Delta(json: answer), delta.through >= after,
            // More to come without any progress would never end.
            !delta.hasMore || delta.through > after
        else { throw CourierError.notHeadOffice(status: 200) }
        exchanged.applied += try store.apply(delta)
        exchanged.claimsReceived += delta.claims.count
        exchanged.settlementsReceived += delta.settled.count
        // What came just now, head office has.
        if let last = delta.settled.map(\.record.number).max() {
            lastRecord = max(lastRecord, last)
        }
        guard delta.hasMore else {
            hasPulled = true
            // What came down may have made reminders here, which head office is to have as well, and
            // other customers this outlet's.
            try store.publishKeys()
            return try next()
        }
        return pull(after: delta.through, try store.organisationVersion())
    }

    /// A node that may be a copy hands over what it wanted to send, for people to look at.
    private mutating func handOver() throws -> Step {
        var parts: [Part] = []
        for lane in Lane.allCases {
            guard let head = try store.nextBatch(on: lane) else { continue }
            for index in 0..<min(head.parts, Self.mostPartsForReview) {
                parts.append(try store.part(index, of: head))
            }
        }
        guard let first = parts.first else { throw CourierError.refused(.suspectedCopy) }
        return review(first, rest: Array(parts.dropFirst()))
    }

    /// A copy's first operations tell enough; more would fill head office's disk.
    private static let mostPartsForReview = 16

    private mutating func review(_ part: Part, rest: [Part]) -> Step {
        phase = .review(rest: rest)
        return .ask(Question(path: Message.reviewPath, message: part.message))
    }

    private func ask(_ path: String, _ json: JSONValue) -> Step {
        .ask(Question(path: path, message: json.canonicalBytes))
    }
}
