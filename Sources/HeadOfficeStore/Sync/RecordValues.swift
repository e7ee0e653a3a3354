import Bank
import GRDB
import Sealing
import Sync
import Vault

extension Secrets {
    /// A row of a synced table as it travels: in the order of the table's columns, what is sealed
    /// in clear.
    func values(
        of table: SyncedTable, in row: Row, from outlet: UnitCode
    ) throws -> [JSONValue] {
        let place = "\(outlet)/\((row[table.columns[0].name] as DatabaseValue).asKey)"
        return try table.columns.map { column in
            switch column.kind {
            case .integer, .day: JSONValue(try row.value(column.name) as Int64?)
            case .text: JSONValue(try row.value(column.name) as String?)
            case .bytes:
                JSONValue((try row.value(column.name) as Blob?).map { hexadecimal($0.bytes) })
            case .sealed:
                JSONValue(try open(try row.value(column.name), table.name, place, column.name))
            }
        }
    }
}

extension DatabaseValue {
    fileprivate var asKey: String {
        String.fromDatabaseValue(self) ?? Int64.fromDatabaseValue(self).map(String.init) ?? ""
    }
}
