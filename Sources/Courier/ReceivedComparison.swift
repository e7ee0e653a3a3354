import Bank
import Store
import Sync

/// The part of a round that compares what came down with what head office has of it, and has what
/// differs sent again.
struct ReceivedComparison {
    private var digest: ReceivedDigest?
    private var position: ReceivedPosition?
    private var buckets: [ReceivedBucket] = []
    private var keys: [ReceivedKey] = []
    /// Nil where they were not compared: the node lacked something that it only had to pull.
    private(set) var isEqual: Bool?
    private(set) var mended = 0

    /// What to ask next; nil at the end.
    mutating func next(_ store: BranchStore) throws -> ReceivedQuestion? {
        guard let position else {
            let position = ReceivedPosition(
                after: try store.lineState().watermark,
                organisationVersion: try store.organisationVersion())
            let digest = try store.receivedDigest()
            self.digest = digest
            self.position = position
            return .root(digest.root, at: position)
        }
        if !keys.isEmpty {
            return .rows(Array(keys.prefix(ReceivedQuestion.mostKeys)), at: position)
        }
        if !buckets.isEmpty {
            return .buckets(Array(buckets.prefix(Comparison.mostBuckets)), at: position)
        }
        return nil
    }

    mutating func take(
        _ answer: JSONValue, to question: ReceivedQuestion, _ store: BranchStore
    ) throws {
        // What is new there has to be pulled first: nothing more is compared, and nothing said.
        if answer["behind"]?.bool == true {
            (isEqual, keys, buckets) = (nil, [], [])
            return try store.postponeReceivedComparison()
        }
        try take(rows: answer, to: question, store)
        // One that is cut before its end goes on at the next exchange.
        if keys.isEmpty, buckets.isEmpty, let isEqual {
            try store.rememberReceivedComparison(isEqual: isEqual)
        }
    }

    private mutating func take(
        rows answer: JSONValue, to question: ReceivedQuestion, _ store: BranchStore
    ) throws {
        switch question {
        case .root:
            guard let isEqual = answer["equal"]?.bool else {
                throw CourierError.notHeadOffice(status: 200)
            }
            self.isEqual = isEqual
            guard !isEqual else { return }
            let later = Set<ReceivedTable>(named: answer["with"])
            buckets = digest?.differing(answer["sums"] ?? .null, with: later) ?? []
            // A head office of a version before has counted what both know.
            if later != ReceivedTable.later, buckets.isEmpty { self.isEqual = true }
        case .buckets(let asked, _):
            guard let listing = answer["rows"].flatMap(Comparison.Listing.init(json:)) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            let (missing, removed) = try store.differences(in: asked, from: listing)
            keys = missing
            mended += removed
            buckets.removeFirst(asked.count)
        case .rows(let asked, _):
            guard let delta = Delta(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            mended += try store.replace(asked, with: delta)
            guard delta.hasMore else {
                keys.removeFirst(asked.count)
                return
            }
            // There was no room for all. Where nothing comes of the one that was asked for first,
            // there is nothing.
            var done = delta.receivedKeys.union(asked.filter { $0.table == .organisation })
            if let first = asked.first(where: { $0.table != .organisation }) { done.insert(first) }
            keys.removeAll(where: done.contains)
        }
    }
}
