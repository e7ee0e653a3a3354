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
                            key: rows.values[0][last].shown)
                        return RecoveryPage(rows: rows, next: next.description)
                    }
                    position = Position(table: position.table + 1, version: -1, key: "")
                }
                return RecoveryPage(rows: nil, next: nil)
            }
        }
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
            var values: [JSONValue] = []
            for (index, column) in table.columns.enumerated() {
                switch column.kind {
                case .integer, .day: values.append(JSONValue(row[index] as Int64?))
                case .text: values.append(JSONValue(row[index] as String?))
                case .bytes:
                    let blob = row[index] as Blob?
                    values.append(JSONValue(blob.map { hexadecimal($0.bytes) }))
                case .sealed:
                    values.append(
                        JSONValue(
                            try secrets.open(
                                row[index], table.name, "\(outlet)/\(row[0] as String)",
                                column.name)))
                }
            }
            rows.append(values + [.int(row[table.columns.count])])
        }
        return rows
    }
}
