package import GRDB

/// Every row of every table of a database, for comparison.
package struct TableDump: Equatable, Sendable, CustomStringConvertible {
    package private(set) var tables: [String: [String]] = [:]

    /// Reads beside the store that owns the file; it only reads.
    package init(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        try self.init(of: try DatabaseQueue(path: path, configuration: configuration))
    }

    package init(of reader: some DatabaseReader) throws {
        tables = try reader.read { db in
            let names = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_schema
                    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
                    """)
            var tables: [String: [String]] = [:]
            for name in names {
                tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(name)\"")
                    .map { row in
                        row.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
                    }.sorted()
            }
            return tables
        }
    }

    package subscript(table: String) -> [String] { tables[table] ?? [] }

    /// The rows of some tables without columns that say when or in which order, not what.
    package func comparing(_ names: [String], without columns: Set<String>) -> [String: [String]] {
        var chosen: [String: [String]] = [:]
        for name in names {
            chosen[name] = self[name].map { row in
                row.split(separator: " ").filter { field in
                    !columns.contains(String(field.prefix { $0 != "=" }))
                }.joined(separator: " ")
            }.sorted()
        }
        return chosen
    }

    /// The rows that only one of two selections has, each with a sign.
    package static func differences(
        _ left: [String: [String]], _ right: [String: [String]]
    ) -> [String] {
        Set(left.keys).union(right.keys).sorted().flatMap { name in
            let (mine, theirs) = (Set(left[name] ?? []), Set(right[name] ?? []))
            return mine.subtracting(theirs).sorted().map { "+ \(name): \($0)" }
                + theirs.subtracting(mine).sorted().map { "- \(name): \($0)" }
        }
    }

    package var description: String {
        tables.keys.sorted().map { "\($0):\n" + self[$0].joined(separator: "\n") }
            .joined(separator: "\n")
    }
}
