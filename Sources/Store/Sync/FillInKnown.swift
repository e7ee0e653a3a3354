import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// Fills in what an earlier version kept of other outlets' records in columns that it did not
    /// know and this one does; says of how many records.
    ///
    /// - Parameter columns: what columns are called now, by the name under which they are kept.
    package func fillInKnown(as columns: [String: String] = [:]) throws -> Int {
        let known = try read { db in try self.known(db, as: columns) }
        guard !known.isEmpty else { return 0 }
        return try write { db in
            var filled = 0
            for record in known {
                guard let whole = try self.whole(record, db) else { continue }
                try db.write(whole, of: record.table, secrets)
                try db.execute(
                    prepared:
                        "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
                    arguments: [record.outlet, record.table.name, record.key])
                if !record.unknown.isEmpty {
                    let passed = PassedOn(
                        outlet: record.outlet, table: record.table.name,
                        row: record.unknown.merging(["customer": JSONValue(record.customer)]) {
                            kept, _ in kept
                        })
                    try keepUnknown(record.unknown, of: passed, key: record.key, db)
                }
                filled += 1
            }
            return filled
        }
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
            let (outlet, name) = (row["outlet"] as UnitCode, row["record"] as String)
            let key = row["key"] as String
            guard let table = SyncedTable.named(name), table.audience != nil else { continue }
            let text = try secrets.open(
                row["content"], "unknownRecord", "\(outlet)/\(name)/\(key)", "content")
            guard let json = try? JSONValue(reading: Array((text ?? "").utf8)),
                let content = json.object
            else { throw StoreError.damaged("unknownRecord") }
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
            guard !known.isEmpty, !table.key.contains(where: { known[$0] != nil }) else { continue }
            found.append(
                KeptColumns(
                    outlet: outlet, table: table, key: key, customer: row["customer"],
                    known: known, unknown: unknown))
        }
        return found
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
        case .integer, .day: JSONValue(row[column.name] as Int64?)
        case .text: JSONValue(row[column.name] as String?)
        case .bytes: JSONValue((row[column.name] as Blob?).map { hexadecimal($0.bytes) })
        case .sealed: JSONValue(try secrets.open(row[column.name], table.name, key, column.name))
        }
    }
}
