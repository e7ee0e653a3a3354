package import GRDB
package import Sealing
package import Sync

extension Database {
    /// Hands on the key and the digest of each row of a synced table that a statement selects, whose
    /// columns are the table's. What is sealed counts as what it says, since each side has sealed it
    /// by itself.
    ///
    /// - Parameter place: the row's name for sealed fields, from the value of its first column.
    package func digests(
        of table: SyncedTable, _ statement: Statement, openedBy secrets: Secrets,
        place: (String) -> String, _ take: (_ key: String, Digest) throws -> Void
    ) throws {
        let keys = table.key.compactMap { name in
            table.columns.firstIndex { $0.name == name }
        }
        var reading = try RowQuery(statement, self)
        var wire = WireWriter()
        while try reading.next() {
            wire.removeAll()
            let first = reading.cell(0).text
            for (index, column) in table.columns.enumerated() {
                switch reading.cell(Int32(index)) {
                case .empty: wire.append(byte: 0)
                case .integer(let number):
                    wire.append(byte: 1)
                    wire.append(signed: number)
                case .bytes(let bytes):
                    wire.append(byte: 2)
                    let plain =
                        column.kind == .sealed
                        ? try secrets.openBytes(
                            Blob(Array(bytes)), table.name, place(first), column.name)
                        : Array(bytes)
                    wire.append(number: UInt64(plain.count))
                    wire.append(plain)
                }
            }
            let key = keys.map { reading.cell(Int32($0)).text }.joined(separator: "/")
            try take(key, Digest.sha256(wire.bytes))
        }
    }
}

extension Cell {
    /// As part of a key.
    package var text: String {
        switch self {
        case .empty: ""
        case .integer(let number): String(number)
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
