package import Bank
package import GRDB
import GRDBSQLite

/// A prepared statement that reads rows column by column, or writes one, without a value
/// of GRDB's for each cell: for statements that run once for every account or customer of a node,
/// where those values cost more than SQLite does.
///
/// What is bound stays bound until it is bound anew. Positions count from 1, columns from 0, as
/// SQLite's do.
package struct RowQuery: ~Copyable {
    let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Kept, since it owns the handle.
    private let statement: Statement

    /// NB: the connection keeps the statement, so there must not be two of it at a time.
    package init(_ db: Database, prepared sql: String) throws {
        try self.init(db.cachedStatement(sql: sql), db)
    }

    /// The statement may have its arguments.
    package init(_ statement: Statement, _ db: Database) throws {
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no connection")
        }
        self.statement = statement
        self.connection = connection
        handle = statement.sqliteStatement
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: What is asked for

    package mutating func bind(_ number: Int64?, at position: Int32) {
        if let number {
            sqlite3_bind_int64(handle, position, number)
        } else {
            sqlite3_bind_null(handle, position)
        }
    }

    package mutating func bind(_ day: BusinessDay?, at position: Int32) {
        bind(day.map { Int64($0.daysSinceEpoch) }, at: position)
    }

    package mutating func bind(_ text: String?, at position: Int32) {
        guard var text else {
            sqlite3_bind_null(handle, position)
            return
        }
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, position, $0.baseAddress, Int32($0.count), Self.copying)
            }
        }
    }

    /// The bytes have to stay where they are until the statement has run.
    package mutating func bind(blob bytes: UnsafeRawBufferPointer, at position: Int32) {
        sqlite3_bind_blob(handle, position, bytes.baseAddress, Int32(bytes.count), nil)
    }

    /// Begins anew with what is bound.
    package mutating func restart() { sqlite3_reset(handle) }

    /// Whether there is another row.
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

    /// Runs a statement that writes, and says whether it changed a row.
    @discardableResult
    package mutating func execute() throws -> Bool {
        defer { sqlite3_reset(handle) }
        sqlite3_reset(handle)
        while try next() {}
        return sqlite3_changes(connection) > 0
    }

    // MARK: What a row says

    /// A value of another kind was damaged on the disk.
    package func integer(_ column: Int32) throws(StoreError) -> Int64 {
        guard let number = try optionalInteger(column) else { throw damaged(column) }
        return number
    }

    package func optionalInteger(_ column: Int32) throws(StoreError) -> Int64? {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return sqlite3_column_int64(handle, column)
        case SQLITE_NULL: return nil
        default: throw damaged(column)
        }
    }

    package func day(_ column: Int32) throws(StoreError) -> BusinessDay {
        guard let day = try optionalDay(column) else { throw damaged(column) }
        return day
    }

    package func optionalDay(_ column: Int32) throws(StoreError) -> BusinessDay? {
        guard let number = try optionalInteger(column) else { return nil }
        guard let days = Int32(exactly: number) else { throw damaged(column) }
        return BusinessDay(daysSinceEpoch: days)
    }

    package func flag(_ column: Int32) throws(StoreError) -> Bool { try integer(column) != 0 }

    package func text(_ column: Int32) throws(StoreError) -> String {
        guard let text = try optionalText(column) else { throw damaged(column) }
        return text
    }

    package func optionalText(_ column: Int32) throws(StoreError) -> String? {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(handle, column),
                count: Int(sqlite3_column_bytes(handle, column)))
            let text = String(decoding: bytes, as: UTF8.self)
            // NB: damaged bytes were replaced. `String(validating:as:)` costs ten times as much.
            guard text.utf8.elementsEqual(bytes) else { throw damaged(column) }
            return text
        case SQLITE_NULL: return nil
        default: throw damaged(column)
        }
    }

    /// What is thrown where a column has what nobody wrote.
    package func damaged(_ column: Int32) -> StoreError {
        .damaged(sqlite3_column_name(handle, column).map { String(cString: $0) } ?? "column")
    }

    static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
