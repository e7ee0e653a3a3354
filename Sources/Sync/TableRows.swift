package import Bank

/// Rows of one table as they travel: column by column, so that like stands beside like.
package struct TableRows: Hashable, Sendable {
    package let table: String
    package let columns: [String]
    /// One array per column, all of one length.
    package private(set) var values: [[JSONValue]]

    package init(table: String, columns: [String]) {
        self.table = table
        self.columns = columns
        values = Array(repeating: [], count: columns.count)
    }

    package var count: Int { values.first?.count ?? 0 }

    package mutating func append(_ row: [JSONValue]) {
        precondition(row.count == columns.count, "a row has a value for each column")
        for (index, value) in row.enumerated() { values[index].append(value) }
    }

    package var json: JSONValue {
        [
            "columns": .array(columns.map(JSONValue.string)), "table": .string(table),
            "values": .array(values.map(JSONValue.array)),
        ]
    }

    package init?(json: JSONValue) {
        guard let table = json["table"]?.string,
            let columns = json["columns"]?.array?.compactMap(\.string),
            let values = json["values"]?.array?.compactMap(\.array),
            columns.count == values.count, Set(columns).count == columns.count,
            Set(values.map(\.count)).count <= 1
        else { return nil }
        self.table = table
        self.columns = columns
        self.values = values
    }
}
