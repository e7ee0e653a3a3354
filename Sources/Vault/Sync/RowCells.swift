import GRDBSQLite
package import Sync

/// Cells of blocks, without a value of ours in between: the path of every row that travels.
extension RowQuery {
    /// NB: bytes are bound where they lie, so the statement runs before its block is gone.
    package mutating func bind(_ cell: Cell, asText isText: Bool, at position: Int32) {
        bind(cell, asText: isText, at: position, nil)
    }

    /// For a statement that outlives the block's row.
    mutating func bind(copying cell: Cell, asText isText: Bool, at position: Int32) {
        bind(cell, asText: isText, at: position, Self.copying)
    }

    private func bind(
        _ cell: Cell, asText isText: Bool, at position: Int32,
        _ keeping: sqlite3_destructor_type?
    ) {
        switch cell {
        case .empty: sqlite3_bind_null(handle, position)
        case .integer(let number): sqlite3_bind_int64(handle, position, number)
        case .bytes(let bytes):
            if isText {
                // A null pointer would bind NULL, not an empty text.
                sqlite3_bind_text(
                    handle, position,
                    (bytes.baseAddress ?? Self.nothing).assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count), keeping)
            } else if bytes.isEmpty {
                sqlite3_bind_zeroblob(handle, position, 0)
            } else {
                sqlite3_bind_blob(
                    handle, position, bytes.baseAddress, Int32(bytes.count), keeping)
            }
        }
    }

    /// The bytes live until the next row.
    package func cell(_ column: Int32) -> Cell {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL: return .empty
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(handle, column)
            return .bytes(
                UnsafeRawBufferPointer(
                    start: text, count: Int(sqlite3_column_bytes(handle, column))))
        default:
            let blob = sqlite3_column_blob(handle, column)
            return .bytes(
                UnsafeRawBufferPointer(
                    start: blob, count: Int(sqlite3_column_bytes(handle, column))))
        }
    }

    private nonisolated(unsafe) static let nothing = UnsafeRawPointer(
        UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
}
