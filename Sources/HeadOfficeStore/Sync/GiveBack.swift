import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// A page of what people at an outlet once entered and its node no longer has, in the order in
    /// which it was written.
    package func giveBack(_ request: RecoveryRequest, to node: EnrolledNode) throws -> RecoveryPage
    {
        let tables = SyncedTable.all.filter(\.isEntered)
        var position = try Position(request.cursor)
        let tier = try firstTier(node.firstTier)
        return try translating {
            try tier.database.readState { db in
                while position.table < tables.count {
                    let table = tables[position.table]
                    let rows = try db.entered(table, of: node.outlet, after: position, secrets)
                    if rows.count > 0 {
                        let version = rows.columns.firstIndex(of: SyncedTable.version) ?? 0
                        let last = rows.count - 1
                        let next = Position(
                            table: position.table, version: rows.values[version][last].int ?? 0,
                            key: rows.values[0][last].asKey)
                        return RecoveryPage(
                            rows: try completed(rows, of: table, from: node.outlet, db),
                            next: next.description)
                    }
                    position = Position(table: position.table + 1, version: -1, key: "")
                }
                return try unknown(db, of: node.outlet, after: position)
            }
        }
    }

    /// The outlet's records of tables that this version does not know, those with like columns
    /// together: the node may be of a later one.
    private func unknown(
        _ db: Database, of outlet: UnitCode, after position: Position
    ) throws -> RecoveryPage {
        let marks = SyncedTable.all.map { "'\($0.name)'" }.joined(separator: ", ")
        let found = try Row.fetchCursor(
            db,
            sql: """
                SELECT * FROM unknownRecord
                WHERE outlet = ? AND (version, key) > (?, ?) AND record NOT IN (\(marks))
                ORDER BY version, key
                LIMIT ?
                """,
            arguments: [outlet, position.version, position.key, RecoveryPage.mostRows])
        var rows: TableRows?
        var next: Position?
        while let row = try found.next() {
            let cells = try unknownColumns(row)
            let names = cells.keys.sorted()
            let columns = names + [SyncedTable.version]
            let (record, version) = (
                try row.value("record") as String, try row.value("version") as Int64
            )
            if let rows, rows.table != record || rows.columns != columns { break }
            var page = rows ?? TableRows(table: record, columns: columns)
            page.append(names.map { cells[$0] ?? .null } + [.int(version)])
            rows = page
            next = Position(
                table: position.table, version: version, key: try row.value("key"))
        }
        return RecoveryPage(rows: rows, next: next?.description)
    }

    /// The rows with the columns that this version does not know, where there are any.
    fileprivate func completed(
        _ rows: TableRows, of table: SyncedTable, from outlet: UnitCode, _ db: Database
    ) throws -> TableRows {
        let further = try Row.fetchAll(
            db, prepared: "SELECT * FROM unknownRecord WHERE outlet = ? AND record = ?",
            arguments: [outlet, table.name])
        guard !further.isEmpty else { return rows }
        var unknown: [String: [String: JSONValue]] = [:]
        for row in further { unknown[try row.value("key")] = try unknownColumns(row) }
        let known = Set(rows.columns)
        let names = Set(unknown.values.flatMap(\.keys)).subtracting(known).sorted()
        let keys = table.key.compactMap { rows.columns.firstIndex(of: $0) }
        var completed = TableRows(table: rows.table, columns: rows.columns + names)
        for row in 0..<rows.count {
            let values = rows.values.map { $0[row] }
            let cells = unknown[keys.map { values[$0].asKey }.joined(separator: "/")]
            completed.append(values + names.map { cells?[$0] ?? .null })
        }
        return completed
    }

    /// After which row of which table a page begins.
    fileprivate struct Position: CustomStringConvertible {
        let table: Int
        let version: Int64
        let key: String

        init(table: Int, version: Int64, key: String) {
            self.table = table
            self.version = version
            self.key = key
        }

        init(_ cursor: String) throws {
            guard !cursor.isEmpty else {
                self.init(table: 0, version: -1, key: "")
                return
            }
            let parts = cursor.split(
                separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let table = Int(parts[0]), let version = Int64(parts[1]),
                (0...SyncedTable.all.count).contains(table)
            else { throw ExchangeError.malformed }
            self.init(table: table, version: version, key: String(parts[2]))
        }

        var description: String { "\(table)/\(version)/\(key)" }
    }
}

extension Database {
    fileprivate func entered(
        _ table: SyncedTable, of outlet: UnitCode, after position: BankStore.Position,
        _ secrets: Secrets
    ) throws -> TableRows {
        let owner = table.name == "claim" ? "author" : "outlet"
        let names = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        var rows = TableRows(
            table: table.name, columns: table.columns.map(\.name) + [SyncedTable.version])
        let found = try Row.fetchCursor(
            self,
            sql: """
                SELECT \(names), version FROM \(table.name)
                WHERE \(owner) = ? AND (version, id) > (?, ?)
                ORDER BY version, id
                LIMIT ?
                """,
            arguments: [outlet, position.version, position.key, RecoveryPage.mostRows])
        while let row = try found.next() {
            rows.append(
                try secrets.values(of: table, in: row, from: outlet)
                    + [.int(row[table.columns.count])])
        }
        return rows
    }
}
