package import GRDB
package import Schema

/// Opens a SQLite database the way the product needs it.
package enum DatabaseFile {
    /// Opens or makes the database and brings it to the given schema.
    ///
    /// The caller owns the directory (`DataDirectory`). One connection writes and checkpoints, the
    /// pool's others only read.
    package static func open(
        _ path: String, _ migrations: [Migration]
    ) throws -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction(makeDurable)
            try migrate(pool, migrations, path)
            return pool
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// One more connection to a database that is open, which only reads, for what must answer at once:
    /// it is asked without a transaction, so one statement at a time, and without the pool's turn.
    package static func openReader(_ path: String) throws -> DatabaseQueue {
        do {
            var configuration = configuration
            configuration.readonly = true
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// Closes a database so that all of it stands in its one file, which may then be renamed.
    ///
    /// NB: the pool's readers may be the last to close, and a reader leaves the log as it is.
    package static func closeWhole(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
    }

    /// A database in memory with the same schema, for tests.
    package static func inMemory(_ migrations: [Migration]) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: configuration)
        try migrate(queue, migrations, ":memory:")
        return queue
    }

    /// A database in memory with what another holds now.
    package static func copyInMemory(of source: any DatabaseReader) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: configuration)
        try source.backup(to: queue)
        return queue
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Sorting spills to memory, never to a file that holds customers' data in clear.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // A schema that somebody tampered with runs no function we did not mean.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            // 12 MiB: an outlet's hot pages, far below what an idle node may hold. Readers are up
            // to four, and what one reads through fills its own.
            let kibibytes = db.configuration.readonly ? 4000 : 12_000
            try db.execute(sql: "PRAGMA cache_size = -\(kibibytes)")
            // After a long transaction the log shrinks again.
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// GRDB opens WAL with synchronous=NORMAL, which a power loss may cost the last commits; what
    /// was shown as saved must survive it.
    private static func makeDurable(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        let foreignKeys = try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
        precondition(
            synchronous == 2 && journal == "wal" && foreignKeys == 1,
            "the database must be in WAL mode with synchronous=FULL and foreign keys on")
    }

    private static func migrate(
        _ writer: some DatabaseWriter, _ migrations: [Migration], _ path: String
    ) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { db in
                try db.execute(sql: migration.sql)
            }
        }
        let isNewer = try writer.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else { throw StoreError.newerSchema(path) }
        try migrator.migrate(writer)
    }

    /// Throws `damaged` where SQLite's own check of the pages and rows or the foreign keys find
    /// something.
    package static func check(_ db: Database, path: String) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        guard answer == "ok" else { throw StoreError.damaged(path) }
        let orphan = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check")
        guard orphan == nil else { throw StoreError.damaged(path) }
    }
}
