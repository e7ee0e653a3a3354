import Bank
import GRDB
import Sealing
import Sync
import Vault

/// Settlement records held against the chain as far as it is known here, and against each other: the
/// record before one is the one it names, the record after names it, and no other has its number.
/// Records that were never sent leave a gap, across which nothing is said.
struct RecordChain {
    private struct Link {
        let hash: String
        let previous: String
    }

    /// Those that came together.
    private var links: [Int64: Link] = [:]

    mutating func add(_ record: SettlementRecord, _ db: Database) throws {
        let link = Link(hash: record.hash.hex, previous: record.previous)
        func check(_ number: Int64, _ other: Link) throws {
            let isWhole =
                switch number {
                case record.number: other.hash == link.hash
                case ..<record.number: other.hash == link.previous
                default: other.previous == link.hash
                }
            guard isWhole else { throw UntrustedDelta.chain(record: record.number) }
        }
        let beside = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT number, hash, previous FROM recordLink WHERE number BETWEEN ? AND ?"),
            arguments: [record.number - 1, record.number + 1])
        for row in beside {
            try check(
                try row.value("number"),
                Link(hash: try row.value("hash"), previous: try row.value("previous")))
        }
        for number in (record.number - 1)...(record.number + 1) {
            if let other = links[number] { try check(number, other) }
        }
        links[record.number] = link
    }
}

extension Database {
    /// Keeps a record's place in the chain; it was held against it.
    func link(_ record: SettlementRecord) throws {
        try cachedStatement(
            sql: "INSERT OR IGNORE INTO recordLink (number, hash, previous) VALUES (?, ?, ?)"
        ).execute(arguments: [record.number, record.hash.hex, record.previous])
    }
}
