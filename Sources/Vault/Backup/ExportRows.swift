import Bank
package import GRDB
package import Sealing
package import Sync

extension Database {
    /// One outlet's rows of a synced table as lines of the canonical export.
    ///
    /// - Parameters:
    ///   - source: SQL of the table, its columns named as they travel, restricted to the outlet.
    ///   - home: the table in which sealed fields were sealed, where it is another.
    ///   - place: what a row's sealed fields are bound to.
    package func exportLines(
        of table: SyncedTable, from source: String, _ arguments: StatementArguments,
        sealedIn home: String? = nil, sealedAs place: (Row) throws -> String, _ sealing: Secrets,
        indexedBy index: Secrets,
        _ emit: (String) throws -> Void
    ) throws {
        let columns = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT \(columns) FROM (\(source))
                ORDER BY \(table.key.map { "\"\($0)\"" }.joined(separator: ", "))
                """,
            arguments: arguments)
        while let values = try rows.next() {
            var line: [String: JSONValue] = [:]
            for (position, column) in table.columns.enumerated() {
                switch column.kind {
                case .integer, .day:
                    line[column.name] = JSONValue(try values.value(position) as Int64?)
                case .text: line[column.name] = JSONValue(try values.value(position) as String?)
                case .bytes:
                    let blob = try values.value(position) as Blob?
                    line[column.name] = JSONValue(blob.map { hexadecimal($0.bytes) })
                case .sealed:
                    let text = try sealing.open(
                        try values.value(position), home ?? table.name, try place(values),
                        column.name)
                    let blob = index.index("export.\(table.name).\(column.name)", text)
                    line[column.name] = JSONValue(blob.map { hexadecimal($0.bytes) })
                }
            }
            try emit(CanonicalExport.line(table.name, line))
        }
    }
}

extension Secrets {
    /// The same blind indexes under another key, such as a first-tier branch's at head office.
    package func indexing(under key: SecretKey) -> Secrets {
        Secrets(cipher: cipher, blind: BlindIndex(key: key), backupKey: backupKey)
    }

    private init(cipher: FieldCipher, blind: BlindIndex, backupKey: SecretKey) {
        self.cipher = cipher
        self.blind = blind
        self.backupKey = backupKey
    }

    package func exportIndex(_ kind: String, _ text: String) -> String {
        hexadecimal(blind.index("export.\(kind)", text))
    }
}
