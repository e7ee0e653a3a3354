import Bank
import GRDB
import Sealing
import Sync

extension Database {
    /// Holds a settlement record against the chain as far as it is known here: the record before it
    /// is the one it names, the record after it names it, and no other has its number. Records that
    /// were never sent leave a gap, across which nothing is said.
    func link(_ record: SettlementRecord) throws {
        let hash = record.hash.hex
        let beside = try cachedStatement(
            sql: "SELECT number, hash, previous FROM recordLink WHERE number BETWEEN ? AND ?")
        let rows = try Row.fetchAll(
            beside, arguments: [record.number - 1, record.number + 1])
        for row in rows {
            let isWhole =
                switch row["number"] as Int64 {
                case record.number: row["hash"] == hash
                case ..<record.number: row["hash"] == record.previous
                default: row["previous"] == hash
                }
            guard isWhole else { throw UntrustedDelta.chain(record: record.number) }
        }
        try cachedStatement(
            sql: "INSERT OR IGNORE INTO recordLink (number, hash, previous) VALUES (?, ?, ?)"
        ).execute(arguments: [record.number, hash, record.previous])
    }
}
