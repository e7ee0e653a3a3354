package import GRDB
import GRDBSQLite
import Glibc
package import Sync

/// Finds the kept versions of rows that are likely to come in the order of their keys, as a batch
/// does that comes again: where the wanted row is the next one or soon after, it steps there, and
/// only otherwise it searches.
package struct RowSearch: ~Copyable {
    /// A search costs about as much as so many steps.
    private static let mostSteps = 3
    private static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Kept, since it owns the handle.
    private let statement: Statement
    /// Whether the statement goes on after the wanted row, in the order of a key of one column.
    private let goesOn: Bool
    private var isOnRow = false

    /// - Parameter statement: gives `version`, and where `goesOn` the key of one column, and binds
    ///   the outlet and the key's columns.
    package init(_ statement: Statement, goesOn: Bool, outlet: String, _ db: Database) throws {
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no connection")
        }
        handle = statement.sqliteStatement
        self.connection = connection
        self.statement = statement
        self.goesOn = goesOn
        sqlite3_bind_text(handle, 1, outlet, -1, Self.copying)
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// The version that is kept under a key; nil where there is none. The cells of the key stand in
    /// the row at the given places.
    package mutating func version(of row: [Cell], key: [(place: Int, isText: Bool)]) throws
        -> Int64?
    {
        if goesOn, isOnRow, let only = key.first {
            for _ in 0..<Self.mostSteps {
                let order = compare(row[only.place])
                if order == 0 { return sqlite3_column_int64(handle, 0) }
                guard order < 0, try step() else { break }
            }
        }
        sqlite3_reset(handle)
        for (index, column) in key.enumerated() {
            bind(row[column.place], asText: column.isText, at: Int32(index + 2))
        }
        guard try step() else { return nil }
        guard !goesOn || key.first.map({ compare(row[$0.place]) == 0 }) ?? false else { return nil }
        return sqlite3_column_int64(handle, 0)
    }

    /// Before the table is written.
    package mutating func leave() {
        guard isOnRow else { return }
        sqlite3_reset(handle)
        isOnRow = false
    }

    private mutating func step() throws -> Bool {
        let code = sqlite3_step(handle)
        isOnRow = code == SQLITE_ROW
        guard code == SQLITE_ROW || code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
        return isOnRow
    }

    /// The key of the row that it is on against the wanted one, as SQLite orders them.
    private func compare(_ wanted: Cell) -> Int {
        switch wanted {
        case .empty: return 1
        case .integer(let number):
            let here = sqlite3_column_int64(handle, 1)
            return here < number ? -1 : here > number ? 1 : 0
        case .bytes(let bytes):
            let here = sqlite3_column_blob(handle, 1)
            let count = Int(sqlite3_column_bytes(handle, 1))
            if let here, let there = bytes.baseAddress {
                let order = memcmp(here, there, min(count, bytes.count))
                if order != 0 { return Int(order) }
            }
            return count - bytes.count
        }
    }

    private func bind(_ cell: Cell, asText isText: Bool, at position: Int32) {
        switch cell {
        case .empty: sqlite3_bind_null(handle, position)
        case .integer(let number): sqlite3_bind_int64(handle, position, number)
        case .bytes(let bytes):
            // NB: not where they lie: the statement outlives the block's row.
            let count = Int32(bytes.count)
            if isText {
                sqlite3_bind_text(
                    handle, position, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), count,
                    Self.copying)
            } else {
                sqlite3_bind_blob(handle, position, bytes.baseAddress, count, Self.copying)
            }
        }
    }
}
