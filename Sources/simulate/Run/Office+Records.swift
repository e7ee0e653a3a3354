import Bank
import GRDB
import Sync
import Vault

// What lies on head office's disk, read past the product, so that the check does not rest on what
// it checks.

extension Office {
    /// The settlement records after a number, each with the decision behind it.
    func records(after number: Int64) throws -> [(SettlementRecord, JSONValue)] {
        try tierDisk.readState { db in
            try Row.fetchAll(
                db,
                sql: "SELECT record, decision FROM settlement WHERE number > ? ORDER BY number",
                arguments: [number]
            ).map { row in
                guard let record = SettlementRecord(json: try Self.json(row[0])) else {
                    throw Violation(0, "a settlement record cannot be read")
                }
                return (record, try Self.json(row[1]))
            }
        }
    }

    /// Whether a recovery is under way that has not heard all of some outlets.
    func awaits(_ outlets: [UnitCode]) throws -> Bool {
        try tierDisk.read { db in
            let isOpen =
                try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM recovery)") ?? false
            let heard = try String.fetchSet(db, sql: "SELECT outlet FROM recoveredNode")
            return isOpen && !outlets.allSatisfy { heard.contains($0.rawValue) }
        }
    }

    /// False where the outlet has no such row.
    func flip(_ column: String, of table: String, outlet: UnitCode) throws -> Bool {
        let key = table == "dayClose" ? "date" : "id"
        return try tierDisk.write { db in
            try db.execute(
                sql: """
                    UPDATE \(table) SET \(column) = \(column) + 1
                    WHERE outlet = ?1 AND \(key) = (
                        SELECT max(\(key)) FROM \(table) WHERE outlet = ?1)
                    """,
                arguments: [outlet.rawValue])
            return db.changesCount > 0
        }
    }

    func claims(on customer: CustomerNumber) throws -> [Claim] {
        try tierDisk.readState { db in
            try Row.fetchAll(
                db, sql: "SELECT id, content FROM claim WHERE customer = ? ORDER BY id",
                arguments: [customer.rawValue]
            ).map { row in
                guard
                    let claim = Claim(id: ClaimID(row[0] as String), content: try Self.json(row[1]))
                else { throw Violation(0, "a claim cannot be read") }
                return claim
            }
        }
    }

    private static func json(_ text: String) throws -> JSONValue {
        try JSONValue(reading: Array(text.utf8))
    }
}
