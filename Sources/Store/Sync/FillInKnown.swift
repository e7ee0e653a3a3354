import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// Fills in what an earlier version kept of other outlets' records in columns that it did not
    /// know and this one does; says of how many records. What does not fit stays as it is kept.
    ///
    /// - Parameter columns: what columns are called now, by the name under which they are kept.
    package func fillInKnown(as columns: [String: String] = [:]) throws -> Int {
        let known = try read { db in try self.known(db, as: columns) }
        guard !known.isEmpty else { return 0 }
        return try write { db in
            var filled = 0
            for record in known {
                let applied = try db.isolating { try fillIn(record, db) }
                if case .success(true) = applied { filled += 1 }
            }
            return filled
        }
    }

    private func fillIn(_ record: KeptColumns, _ db: Database) throws -> Bool {
        guard let whole = try whole(record, db) else { return false }
        try db.write(whole, of: record.table, secrets)
        try db.execute(
            prepared: "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
            arguments: [record.outlet, record.table.name, record.key])
        if !record.unknown.isEmpty {
            let passed = PassedOn(
                outlet: record.outlet, table: record.table.name,
                row: record.unknown.merging(["customer": JSONValue(record.customer)]) {
                    kept, _ in kept
                })
            try keepUnknown(record.unknown, of: passed, key: record.key, db)
        }
        return true
    }

    /// What is kept of a record beside its row.
    private struct KeptColumns {
        let outlet: UnitCode
        let table: SyncedTable
        let key: String
        let customer: String?
        /// By the columns' names now.
        let known: [String: JSONValue]
        /// By the names under which they are kept.
        let unknown: [String: JSONValue]
    }

    private func known(_ db: Database, as columns: [String: String]) throws -> [KeptColumns] {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT * FROM unknownRecord ORDER BY outlet, record, key")
        var found: [KeptColumns] = []
        while let row = try rows.next() {
            // One that cannot be opened stays where it is; `verify` names it.
            if let record = try? kept(row, as: columns) { found.append(record) }
        }
        return found
    }

    private func kept(_ row: Row, as columns: [String: String]) throws -> KeptColumns? {
        let (outlet, name): (UnitCode, String) = (try row.value("outlet"), try row.value("record"))
        let key = try row.value("key") as String
        guard let table = SyncedTable.named(name), table.audience != nil else { return nil }
        let text = try secrets.open(
            try row.value("content"), "unknownRecord", "\(outlet)/\(name)/\(key)", "content")
        guard let json = try? JSONValue(reading: Array((text ?? "").utf8)),
            let content = json.object
        else { return nil }
        var known: [String: JSONValue] = [:]
        var unknown: [String: JSONValue] = [:]
        for (column, value) in content {
            let now = columns[column] ?? column
            if table.columns.contains(where: { $0.name == now }) {
                known[now] = value
            } else {
                unknown[column] = value
            }
        }
        // What has its key in it is a whole record, which could not be taken in.
        guard !known.isEmpty, !table.key.contains(where: { known[$0] != nil }) else { return nil }
        return KeptColumns(
            outlet: outlet, table: table, key: key, customer: try row.value("customer"),
            known: known, unknown: unknown)
    }

    /// The record's row with what was kept beside it, in the order of its columns; nil where there is
    /// none of that outlet's, or where it would not be what the columns admit.
    private func whole(_ record: KeptColumns, _ db: Database) throws -> [JSONValue]? {
        let table = record.table
        guard let (condition, arguments) = table.condition(forKey: record.key),
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM \(table.name)
                    WHERE author = ? AND sequence = 0 AND \(condition)
                    """,
                arguments: [record.outlet] + arguments)
        else { return nil }
        let values = try table.columns.map { column in
            let kept = try value(of: column, in: row, table, record.key)
            return kept.isNull ? record.known[column.name] ?? .null : kept
        }
        return zip(table.columns, values).allSatisfy { $0.admits($1) } ? values : nil
    }

    /// A cell as it travels: what is sealed in clear.
    private func value(
        of column: SyncedTable.Column, in row: Row, _ table: SyncedTable, _ key: String
    ) throws -> JSONValue {
        switch column.kind {
        case .integer, .day: JSONValue(try row.value(column.name) as Int64?)
        case .text: JSONValue(try row.value(column.name) as String?)
        case .bytes: JSONValue((try row.value(column.name) as Blob?).map { hexadecimal($0.bytes) })
        case .sealed:
            JSONValue(try secrets.open(try row.value(column.name), table.name, key, column.name))
        }
    }
}
