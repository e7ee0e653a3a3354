import Bank
import GRDB
import Sync
import Vault

extension BankStore {
    /// Fills in what an earlier version kept of records in columns that it did not know and this one
    /// does; says of how many records. What does not fit stays as it is kept.
    ///
    /// - Parameter columns: what columns are called now, by the name under which they are kept.
    @discardableResult
    package func fillInKnown(as columns: [String: String] = [:]) throws -> Int {
        var filled = 0
        for code in firstTierCodes {
            let tier = try firstTier(code)
            var position = KeptColumns.Position()
            while let next = try translating({
                try tier.database.readState { db in
                    try known(db, after: position, as: columns)
                }
            }) {
                position = next.position
                guard !next.records.isEmpty else { continue }
                try translating {
                    try tier.write(world) { db in
                        for record in next.records {
                            let applied = try db.isolating { try fillIn(record, db, code) }
                            if case .success(true) = applied { filled += 1 }
                        }
                    }
                }
            }
        }
        return filled
    }

    /// What is kept of a record beside its row.
    private struct KeptColumns {
        /// After which of what is kept the look goes on.
        struct Position {
            var outlet = ""
            var record = ""
            var key = ""
        }

        let outlet: UnitCode
        let table: SyncedTable
        let key: String
        let version: Int64
        /// By the columns' names now.
        let known: [String: JSONValue]
        /// By the names under which they are kept.
        let unknown: [String: JSONValue]
    }

    private static let recordsAtOnce = 1000

    /// The next of what is kept that this version knows some column of; nil behind the last.
    private func known(
        _ db: Database, after position: KeptColumns.Position, as columns: [String: String]
    ) throws -> (records: [KeptColumns], position: KeptColumns.Position)? {
        let rows = try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM unknownRecord WHERE (outlet, record, key) > (?, ?, ?)
                ORDER BY outlet, record, key LIMIT ?
                """,
            arguments: [position.outlet, position.record, position.key, Self.recordsAtOnce])
        guard let last = rows.last else { return nil }
        return (
            // One that cannot be opened stays where it is; `verify` names it.
            rows.compactMap { try? kept($0, as: columns) },
            KeptColumns.Position(
                outlet: try last.value("outlet"), record: try last.value("record"),
                key: try last.value("key"))
        )
    }

    private func kept(_ row: Row, as columns: [String: String]) throws -> KeptColumns? {
        // Of a claim nothing is kept beside its content.
        guard let table = SyncedTable.named(try row.value("record")), table.name != "claim" else {
            return nil
        }
        var known: [String: JSONValue] = [:]
        var unknown: [String: JSONValue] = [:]
        for (name, value) in try unknownColumns(row) {
            let now = columns[name] ?? name
            if table.columns.contains(where: { $0.name == now }) {
                known[now] = value
            } else {
                unknown[name] = value
            }
        }
        guard !known.isEmpty, !table.key.contains(where: { known[$0] != nil }) else { return nil }
        return KeptColumns(
            outlet: try row.value("outlet"), table: table, key: try row.value("key"),
            version: try row.value("version"), known: known, unknown: unknown)
    }

    /// Takes the record in once more, as it would have come to this version.
    private func fillIn(_ record: KeptColumns, _ db: Database, _ code: UnitCode) throws -> Bool {
        let table = record.table
        guard let (condition, arguments) = table.condition(forKey: record.key) else { return false }
        let found = try Row.fetchOne(
            db,
            sql: "SELECT * FROM \(table.name) WHERE outlet = ? AND version = ? AND \(condition)",
            arguments: [record.outlet, record.version] + arguments)
        // One that changed since came without these columns.
        guard let found else { return false }
        let kept = try secrets.values(of: table, in: found, from: record.outlet)
        let values = zip(table.columns, kept).map { column, value in
            value.isNull ? record.known[column.name] ?? .null : value
        }
        guard zip(table.columns, values).allSatisfy({ $0.admits($1) }) else { return false }
        var rows = TableRows(
            table: table.name, columns: table.columns.map(\.name) + [SyncedTable.version])
        rows.append(values + [.int(record.version)])
        // The same state of the record, so it has to pass for a newer one.
        try db.execute(
            sql: "UPDATE \(table.name) SET version = -1 WHERE outlet = ? AND \(condition)",
            arguments: [record.outlet] + arguments)
        var intake = BatchIntake(
            outlet: record.outlet, firstTier: code, secrets: secrets, now: world.now(), db: db)
        try rows.block(types: table.columns.map(\.wireType) + [.integer]).withUnsafeBytes {
            try intake.apply(try Block($0))
        }
        try keep(record, db)
        return true
    }

    /// What is still unknown stays.
    private func keep(_ record: KeptColumns, _ db: Database) throws {
        let name: [any DatabaseValueConvertible] = [record.outlet, record.table.name, record.key]
        guard !record.unknown.isEmpty else {
            return try db.execute(
                prepared: "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
                arguments: StatementArguments(name))
        }
        let sealed = secrets.seal(
            JSONValue.object(record.unknown).description, "unknownRecord",
            "\(record.outlet)/\(record.table.name)/\(record.key)", "content")
        try db.execute(
            prepared: """
                UPDATE unknownRecord SET content = ? WHERE outlet = ? AND record = ? AND key = ?
                """,
            arguments: [sealed] + StatementArguments(name))
    }
}
