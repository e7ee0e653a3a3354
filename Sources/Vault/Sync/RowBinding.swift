package import GRDB
import GRDBSQLite
package import Sync

/// A prepared statement whose arguments are bound straight from a block's cells, without a value of
/// ours in between: the path of every row that is applied.
///
/// NB: bytes are bound where they lie, so a row is executed before its block is gone.
package struct RowBinding: ~Copyable {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Kept, since it owns the handle.
    private let statement: Statement

    package init(_ statement: Statement, _ db: Database) throws {
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no connection")
        }
        handle = statement.sqliteStatement
        self.connection = connection
        self.statement = statement
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Positions count from 1, as SQLite's do.
    package mutating func bind(_ cell: Cell, asText isText: Bool, at position: Int32) {
        switch cell {
        case .empty: sqlite3_bind_null(handle, position)
        case .integer(let number): sqlite3_bind_int64(handle, position, number)
        case .bytes(let bytes):
            if isText {
                // A null pointer would bind NULL, not an empty text.
                sqlite3_bind_text(
                    handle, position,
                    (bytes.baseAddress ?? Self.nothing).assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count), nil)
            } else if bytes.isEmpty {
                sqlite3_bind_zeroblob(handle, position, 0)
            } else {
                sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), nil)
            }
        }
    }

    package mutating func bind(_ number: Int64, at position: Int32) {
        sqlite3_bind_int64(handle, position, number)
    }

    package mutating func bind(blob bytes: UnsafeRawBufferPointer, at position: Int32) {
        sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), nil)
    }

    /// Copied, unlike a cell.
    package mutating func bind(copying text: String, at position: Int32) {
        sqlite3_bind_text(handle, position, text, -1, Self.transient)
    }

    /// Runs the statement with what is bound, and says whether it changed a row; an argument that
    /// is not bound anew stays.
    @discardableResult
    package mutating func execute() throws -> Bool {
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure }
        return sqlite3_changes(connection) > 0
    }

    private var failure: DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }

    private nonisolated(unsafe) static let nothing = UnsafeRawPointer(
        UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Reads a statement's rows column by column into a block, likewise without a value in between.
package struct RowReading: ~Copyable {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let statement: Statement

    /// The statement's arguments have been set.
    package init(_ statement: Statement, _ db: Database) throws {
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no connection")
        }
        handle = statement.sqliteStatement
        self.connection = connection
        self.statement = statement
    }

    deinit { sqlite3_reset(handle) }

    package mutating func next() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    /// Columns count from 0. The bytes live until the next row.
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
}
