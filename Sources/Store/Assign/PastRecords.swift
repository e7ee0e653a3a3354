import Bank
import GRDB
import Sync
import Vault

// The directory has the last record of each customer; those before it are kept for a head office
// that may lose them.

extension Database {
    /// Keeps what the directory has of a customer before a later record takes its place.
    func movePast(_ record: SettlementRecord) throws {
        try execute(
            prepared: """
                INSERT OR IGNORE INTO pastRecord (number, customer, digest, record, signature)
                SELECT number, customer, digest, record, signature FROM directory
                WHERE customer = ? AND number < ?
                """,
            arguments: [record.customer, record.number])
    }

    /// Keeps a record that came after a later one of the same customer.
    func keepPast(_ record: SettlementRecord, signature: String) throws {
        try execute(
            prepared: """
                INSERT OR IGNORE INTO pastRecord (number, customer, digest, record, signature)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                record.number, record.customer, record.digest, record.json.description, signature,
            ])
    }
}
