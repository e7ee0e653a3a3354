import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Everything that this node holds in its scope, line by line (`CanonicalExport`); audited.
    package func exportCanonical(
        by actor: String, _ emit: (String) throws -> Void
    ) throws {
        try audit(.exported, by: actor, on: node.outlet.rawValue)
        try read { db in
            for part in CanonicalExport.parts {
                switch part {
                case .synced(let table), .steps(let table), .profiles(let table), .keys(let table):
                    try db.exportLines(
                        of: table, from: Self.source(of: table), [], sealedAs: { try $0.value(0) },
                        secrets, indexedBy: secrets, emit)
                case .past(let table):
                    try db.exportLines(
                        of: table, from: "SELECT * FROM \(table.name)", [],
                        sealedAs: {
                            "\(try $0.value("outlet") as String)/\(try $0.value("id") as String)"
                        }, secrets, indexedBy: secrets, emit)
                case .claims: try exportClaims(db, emit)
                case .settlements: try exportSettlements(db, emit)
                case .organisation:
                    let organisation = try db.organisation(openedBy: secrets.cipher)
                    for line in CanonicalExport.lines(
                        of: organisation, index: { secrets.exportIndex("staff.mobile", $0) })
                    {
                        try emit(line)
                    }
                }
            }
        }
    }

    /// What was given up of what head office set apart is here alone, not in common.
    private static func isInCommon(_ table: String) -> String {
        """
        NOT EXISTS (SELECT 1 FROM quarantine AS q
            WHERE q.discardedAt IS NOT NULL AND \(table).sequence BETWEEN q.first AND q.last)
        """
    }

    /// `customer` is internal to the node, so a standing goes under the customer's number.
    private static func source(of table: SyncedTable) -> String {
        guard table.name == "standing" else {
            return "SELECT * FROM \(table.name) WHERE \(isInCommon(table.name))"
        }
        let columns = table.columns.map { column in
            column.name == "customer"
                ? "customer.number AS customer" : "standing.\"\(column.name)\""
        }
        return """
            SELECT \(columns.joined(separator: ", ")) FROM standing
            JOIN customer ON customer.id = standing.customer
            WHERE \(isInCommon("standing"))
            """
    }

    private func exportClaims(_ db: Database, _ emit: (String) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, content, outcome FROM claim WHERE \(Self.isInCommon("claim")) ORDER BY id
                """)
        while let row = try rows.next() {
            let text = try row.value("content") as String
            guard let content = try? JSONValue(reading: Array(text.utf8))
            else { throw StoreError.damaged("claim") }
            try emit(CanonicalExport.claim(try row.value("id"), content, try row.value("outcome")))
        }
    }

    private func exportSettlements(_ db: Database, _ emit: (String) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT directory.customer, record, signature, content FROM directory
                LEFT JOIN decision ON decision.digest = directory.digest
                ORDER BY directory.customer
                """)
        while let row = try rows.next() {
            let text = try row.value("record") as String
            guard let record = try? JSONValue(reading: Array(text.utf8))
            else { throw StoreError.damaged("directory") }
            let content = try row.value("content") as String?
            try emit(
                CanonicalExport.settlement(
                    try row.value("customer"), record: record,
                    signature: try row.value("signature"),
                    decision: content.flatMap { try? JSONValue(reading: Array($0.utf8)) }))
        }
    }
}
