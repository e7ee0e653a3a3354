package import Bank

/// The columns that two sides compare, table by table. Each of them compares all that it knows; where
/// one is of another version, what both know (`sync.md`, statements 14 and 15).
package struct ComparisonScope: Sendable {
    /// With the columns that are compared; what a row adds up to follows their order.
    package let tables: [SyncedTable]

    private init(_ tables: [SyncedTable]) { self.tables = tables }

    /// All that this version knows. A reopening is carried out, not kept.
    package static let own = ComparisonScope(SyncedTable.all.filter { $0.name != "reopening" })

    /// What this version knows of what another one names; nil where it names nothing.
    package init?(json: JSONValue) {
        guard let named = json.object, named.values.allSatisfy({ $0.array != nil }) else {
            return nil
        }
        tables = Self.own.tables.compactMap { table in
            named[table.name]?.array.flatMap {
                table.restricted(to: Set($0.compactMap(\.string)))
            }
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// As it names itself to the other side.
    package var json: JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    (table.name, .array(table.columns.map(\.name).sorted().map(JSONValue.string)))
                }))
    }
}
