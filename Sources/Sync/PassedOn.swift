package import Bank
import Sealing

/// A record of one outlet that head office passes on to others, as a row of its table.
///
/// Head office need not know the table, nor all of the columns: it keeps what it does not know and
/// passes it on, and so does a node, until a later version takes it in (`sync.md`, statement 14).
package struct PassedOn: Hashable, Sendable {
    /// The outlet that wrote it.
    package let outlet: UnitCode
    package let table: String
    package let row: [String: JSONValue]

    package init(outlet: UnitCode, table: String, row: [String: JSONValue]) {
        self.outlet = outlet
        self.table = table
        self.row = row
    }

    package var json: JSONValue {
        ["outlet": JSONValue(outlet), "row": .object(row), "table": .string(table)]
    }

    package init?(json: JSONValue) {
        guard let outlet = json["outlet"]?.string, let table = json["table"]?.string,
            let row = json["row"]?.object, !table.isEmpty, table.utf8.count <= 80
        else { return nil }
        self.init(outlet: UnitCode(outlet), table: table, row: row)
    }

    /// The row's cells in the order of a table's columns; nil where one is not what its column
    /// admits.
    package func values(of table: SyncedTable) -> [JSONValue]? {
        let values = table.columns.map { row[$0.name] ?? .null }
        return zip(table.columns, values).allSatisfy { $0.admits($1) } ? values : nil
    }

    /// Whether its table is known here and all that the table asks for is there.
    package var isWhole: Bool { SyncedTable.named(table).map { values(of: $0) != nil } ?? false }

    /// The columns that a table of that name lacks here.
    package func unknownColumns(of table: SyncedTable) -> [String: JSONValue] {
        row.filter { name, _ in !table.columns.contains { $0.name == name } }
    }

    /// The number of the customer that it is about; a claim's and a step's is in what was named.
    package var customer: String? {
        let number = row["customer"]?.string ?? row["content"]?["customer"]?.string
        return number?.isEmpty == true ? nil : number
    }

    /// The name under which what is unknown of it is kept.
    package func key(in table: SyncedTable?) -> String {
        guard let table else {
            // A claim and a step have theirs, whatever becomes of them.
            if row["content"]?.object != nil, let id = row["id"]?.string { return id }
            return Digest.sha256(JSONValue.object(row).canonicalBytes).hex
        }
        return table.key.map { row[$0]?.asKey ?? "" }.joined(separator: "/")
    }
}

extension JSONValue {
    /// A key's value as text.
    package var asKey: String { string ?? int.map(String.init) ?? "" }
}
