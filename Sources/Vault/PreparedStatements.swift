package import GRDB

// Statements that a connection prepares once and keeps: preparing costs several times what most
// statements of a store cost to run.
//
// NB: a kept statement must come to its end before it is run again, so a cursor, in whose loop
// anything may happen, prepares its own (`sql:`).

extension Database {
    package func execute(
        prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension Row {
    package static func fetchOne(
        _ db: Database, prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> Row? {
        try fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    package static func fetchAll(
        _ db: Database, prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> [Row] {
        try fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseValueConvertible {
    package static func fetchOne(
        _ db: Database, prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> Self? {
        try fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    package static func fetchAll(
        _ db: Database, prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> [Self] {
        try fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseValueConvertible where Self: Hashable {
    package static func fetchSet(
        _ db: Database, prepared sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> Set<Self> {
        try fetchSet(db.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseReader {
    /// Reads one state of the database.
    ///
    /// A queue has one connection, so nothing comes in between and it needs no transaction; and
    /// GRDB's own `read` on a queue, `PRAGMA query_only`, makes every kept statement be prepared
    /// anew. What must not write is held to it by SQLite in a pool, whose readers cannot, and by
    /// the count of changes here.
    package func readState<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard let queue = self as? DatabaseQueue else { return try read(body) }
        return try queue.unsafeRead { db in
            let changes = db.totalChangesCount
            defer { precondition(db.totalChangesCount == changes, "a read wrote") }
            return try body(db)
        }
    }
}
