package import Bank
package import Sealing

/// What some rows of one table add up to, whatever their order: 256 buckets by their keys, so that
/// a difference is found without comparing all of them (`sync.md`, statement 15).
package struct TableDigest: Hashable, Sendable {
    package static let buckets = 256

    /// One sum a bucket, of 32 bytes each.
    private var sums = [UInt8](repeating: 0, count: buckets * Digest.size)

    package init() {}

    /// Which bucket a row is in.
    package static func bucket(of key: String) -> Int { Int(Digest.sha256(key).bytes[0]) }

    package mutating func add(_ key: String, _ row: Digest) {
        let start = Self.bucket(of: key) * Digest.size
        for (index, byte) in row.bytes.enumerated() { sums[start + index] ^= byte }
    }

    /// A bucket's sum, shortened: enough to tell two apart that nobody forges.
    package func sum(of bucket: Int) -> String {
        hexadecimal(Array(sums[(bucket * Digest.size)..<(bucket * Digest.size + 8)]))
    }

    package var sumList: [String] { (0..<Self.buckets).map(sum(of:)) }

    var digest: Digest { Digest.sha256(sums) }
}

extension Digest {
    /// As it stands in a listing.
    package var shortened: String { hexadecimal(Array(bytes.prefix(8))) }
}

/// What an outlet's records add up to on one of the two sides.
package struct SyncDigest: Hashable, Sendable {
    /// The tables that are compared, in the order in which they are summed up.
    private let names: [String]
    package private(set) var tables: [String: TableDigest] = [:]

    package init(of scope: ComparisonScope = .own) { names = scope.tables.map(\.name) }

    package mutating func add(_ table: String, _ key: String, _ row: Digest) {
        tables[table, default: TableDigest()].add(key, row)
    }

    /// In hexadecimal; equal where both sides hold the same rows.
    package var root: String {
        var stream = DigestStream()
        for name in names {
            stream.update(Array(name.utf8))
            stream.update(tables[name, default: TableDigest()].digest.bytes)
        }
        return stream.finish().hex
    }
}

/// The two sides' records compared: `POST /v1/digest`, in up to two steps, and a third that tells
/// what is too much at head office. Where they are of different versions, the first step is taken
/// twice: the second time over the columns that both know.
package enum Comparison {
    /// Keys and shortened digests of the rows of one bucket.
    package typealias Rows = [String: String]

    /// Some rows as one side has them, by table.
    package struct Listing: Hashable, Sendable {
        package var tables: [String: Rows] = [:]

        package init() {}

        package var json: JSONValue {
            .object(tables.mapValues { .object($0.mapValues(JSONValue.string)) })
        }

        package init?(json: JSONValue) {
            guard let tables = json.object else { return nil }
            for (name, rows) in tables {
                guard let rows = rows.object else { return nil }
                let texts = rows.compactMapValues(\.string)
                guard texts.count == rows.count else { return nil }
                self.tables[name] = texts
            }
        }
    }

    /// Where two sums of a table differ.
    package static func differing(_ mine: TableDigest?, _ theirs: [String]) -> [Int] {
        let mine = mine ?? TableDigest()
        return (0..<TableDigest.buckets).filter {
            !theirs.indices.contains($0) || theirs[$0] != mine.sum(of: $0)
        }
    }

    /// Buckets asked for in one question: it bounds the answer.
    package static let mostBuckets = 16
}
