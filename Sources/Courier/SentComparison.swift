import Bank
import Store
import Sync

/// The part of a round that compares what goes up with what head office has of it, sends what
/// differs again, and has head office drop what it has too much.
struct SentComparison {
    enum Question {
        case root(SyncDigest, ComparisonScope)
        case buckets([String: Set<Int>])
        case surplus(Comparison.Listing)
    }

    /// What both sides know, where head office is of another version.
    private var common: ComparisonScope?
    private var differing: [(table: String, bucket: Int)] = []
    private var surplus: Comparison.Listing?
    private(set) var isEqual: Bool?

    private var scope: ComparisonScope { common ?? .own }

    /// What to ask next; nil at the end.
    func next(_ store: BranchStore) throws -> Question? {
        guard isEqual != nil else { return .root(try store.digest(of: scope), scope) }
        if let surplus { return .surplus(surplus) }
        guard !differing.isEmpty else { return nil }
        var buckets: [String: Set<Int>] = [:]
        for (table, bucket) in differing.prefix(Comparison.mostBuckets) {
            buckets[table, default: []].insert(bucket)
        }
        return .buckets(buckets)
    }

    /// The message of a question, with what is compared where that is not all that is known here.
    func message(_ question: Question) -> JSONValue {
        var fields: [String: JSONValue] = ["protocol": .int(Message.version)]
        switch question {
        case .root(let digest, _): fields["root"] = .string(digest.root)
        case .buckets(let buckets):
            fields["buckets"] = .object(
                buckets.mapValues { .array($0.sorted().map { JSONValue($0) }) })
        case .surplus(let listing):
            fields["surplus"] = listing.json
            return .object(fields)
        }
        if let common { fields["columns"] = common.json }
        return .object(fields)
    }

    /// Takes the answer, and says how many rows are sent again because of it.
    mutating func take(
        _ answer: JSONValue, to question: Question, _ store: BranchStore
    ) throws -> Int {
        switch question {
        case .root(let digest, let scope):
            try compare(digest, in: scope, with: answer, store)
            return 0
        case .buckets(let buckets):
            guard let listing = answer["rows"].flatMap(Comparison.Listing.init(json:)) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            let (sentAgain, surplus) = try store.mend(buckets, against: listing, in: scope)
            differing = Array(differing.dropFirst(Comparison.mostBuckets))
            self.surplus = surplus.tables.values.contains { !$0.isEmpty } ? surplus : nil
            return sentAgain
        case .surplus:
            surplus = nil
            return 0
        }
    }

    private mutating func compare(
        _ digest: SyncDigest, in scope: ComparisonScope, with answer: JSONValue,
        _ store: BranchStore
    ) throws {
        guard let isEqual = answer["equal"]?.bool else {
            throw CourierError.notHeadOffice(status: 200)
        }
        // Of another version's columns nothing can be equal but what both know. One of a version
        // before does not say what it knows.
        if !isEqual, common == nil, let theirs = answer["columns"], theirs != scope.json {
            guard let both = ComparisonScope(json: theirs) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            common = both
            return
        }
        try store.rememberComparison(isEqual: isEqual)
        self.isEqual = isEqual
        guard !isEqual else { return }
        differing = scope.tables.flatMap { table in
            let said = answer["sums"]?[table.name]?.array?.compactMap(\.string) ?? []
            let sums = said.isEmpty ? TableDigest().sumList : said
            return Comparison.differing(digest.tables[table.name], sums).map {
                (table: table.name, bucket: $0)
            }
        }
    }
}
