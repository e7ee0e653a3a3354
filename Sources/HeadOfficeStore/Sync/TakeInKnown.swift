import Bank
import GRDB
package import Sync
import Vault

extension BankStore {
    /// Takes in records that an earlier version kept because it did not know their table; says how
    /// many. What still cannot be applied stays where it is.
    ///
    /// - Parameter tables: what records are of now, by the name under which they are kept.
    @discardableResult
    package func takeInKnown(
        as tables: [String: SyncedTable] = Dictionary(
            uniqueKeysWithValues: SyncedTable.all.map { ($0.name, $0) })
    ) throws -> Int {
        var taken = 0
        for code in firstTierCodes {
            let tier = try firstTier(code)
            let waiting = try translating {
                try tier.database.readState { db in try known(db, as: tables) }
            }
            guard !waiting.isEmpty else { continue }
            try translating {
                try tier.write(world) { db in
                    for record in waiting {
                        let applied = try db.isolating { try apply(record, db, code) }
                        if case .success = applied { taken += 1 }
                    }
                }
            }
        }
        return taken
    }

    private struct KeptRecord {
        let outlet: UnitCode
        let name: String
        let key: String
        let rows: TableRows
    }

    private func apply(_ record: KeptRecord, _ db: Database, _ code: UnitCode) throws {
        var intake = BatchIntake(
            outlet: record.outlet, firstTier: code, secrets: secrets, now: world.now(), db: db)
        let types = record.rows.columns.map { name -> WireType in
            let column = SyncedTable.named(record.rows.table)?.columns.first { $0.name == name }
            return column?.wireType ?? (name == SyncedTable.version ? .integer : .text)
        }
        try record.rows.block(types: types).withUnsafeBytes { try intake.apply(try Block($0)) }
        try db.execute(
            prepared: "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
            arguments: [record.outlet, record.name, record.key])
    }

    /// The records that are whole by what this version knows, the oldest first.
    private func known(_ db: Database, as tables: [String: SyncedTable]) throws -> [KeptRecord] {
        let kept = try Row.fetchCursor(
            db, sql: "SELECT * FROM unknownRecord ORDER BY outlet, version")
        var known: [KeptRecord] = []
        while let row = try kept.next() {
            // One that cannot be opened stays where it is; `verify` names it.
            if let record = try? whole(row, as: tables) { known.append(record) }
        }
        return known
    }

    private func whole(_ row: Row, as tables: [String: SyncedTable]) throws -> KeptRecord? {
        let (name, outlet): (String, UnitCode) = (try row.value("record"), try row.value("outlet"))
        guard let table = tables[name] else { return nil }
        let passed = PassedOn(outlet: outlet, table: table.name, row: try unknownColumns(row))
        guard let values = passed.values(of: table) else { return nil }
        var rows = TableRows(
            table: table.name, columns: table.columns.map(\.name) + [SyncedTable.version])
        rows.append(values + [.int(try row.value("version"))])
        return KeptRecord(outlet: outlet, name: name, key: try row.value("key"), rows: rows)
    }
}
