import Bank
package import GRDB
package import Sealing

/// Takes backups of a data directory's open databases and puts them back.
package enum Backup {
    /// What a copy is called in the data directory while it is sealed or put back.
    private static let copying = ".backing-up"
    private static let restored = ".restored"

    /// Throws where a backup would overwrite something, perhaps the last good one.
    package static func checkFree(_ path: String) throws(StoreError) {
        guard !DataDirectory.exists(path) else { throw .fileExists(path) }
    }

    /// Backs up open databases while they are in use; in memory it needs no more than a piece.
    ///
    /// Each is copied by SQLite's backup interface in one reading transaction, so that the copy is
    /// one state of it. The copy lies in the data directory, beside what it is a copy of, until it
    /// is sealed. A copy in which SQLite's full check finds something is no backup: `damaged`.
    ///
    /// - Parameter databases: in the order in which they are copied, under their names in the
    ///   directory.
    package static func write(
        _ kind: BackupHeader.Kind, of owner: String, _ databases: [(String, any DatabaseReader)],
        sealedBy key: SecretKey, at now: Int64, in directory: String, to path: String,
        progress: (Int64) -> Void = { _ in }
    ) throws -> BackupFile {
        let copies = databases.map { directory + "/" + $0.0 + copying }
        defer { copies.forEach(DataDirectory.remove) }
        var files: [BackupHeader.File] = []
        for (database, copy) in zip(databases, copies) {
            DataDirectory.remove(copy)
            let migrations = try self.copy(
                database.1, to: copy, named: directory + "/" + database.0)
            files.append(BackupHeader.File(name: database.0, migrations: migrations))
        }
        return try BackupFile.write(
            BackupHeader(
                kind: kind, owner: owner, createdAt: now, keyName: key.name, files: files),
            of: copies, sealedBy: key, to: path, progress)
    }

    /// The migrations that the copy has been through.
    private static func copy(
        _ source: any DatabaseReader, to path: String, named name: String
    ) throws -> [String] {
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                // The copy is read once and removed: it survives no power loss, and need not.
                try db.execute(sql: "PRAGMA synchronous = OFF")
            }
            let copy = try DatabaseQueue(path: path, configuration: configuration)
            try source.backup(to: copy)
            let migrations = try copy.read { db in
                try DatabaseFile.checkWhole(db, path: name)
                return try String.fetchAll(
                    db, prepared: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
            }
            try copy.close()
            return migrations
        } catch let error as DatabaseError {
            throw StoreError(error, path: name)
        }
    }

    /// Puts a backup in the place of a directory's databases.
    ///
    /// Everything is checked before anything changes: the file, whose it is, its key, its schema,
    /// and each database in it. What stood in the directory before is kept under another name.
    ///
    /// - Parameters:
    ///   - owner: whose backup it has to be; nil where the directory no longer says.
    ///   - migrations: of each database that this program knows, by its name.
    ///   - mark: what is written into the restored databases, the first of the header's first.
    package static func restore(
        _ backup: BackupFile, is kind: BackupHeader.Kind, of owner: String?,
        openedBy key: SecretKey, in directory: DataDirectory, keptAs name: String,
        at now: Int64, progress: (Int64) -> Void = { _ in },
        open: (String, String) throws -> DatabasePool, known: Set<String>,
        mark: (String, Database) throws -> Void
    ) throws {
        try backup.check(is: kind, of: owner, knowing: known)
        let names = backup.header.files.map(\.name)
        let files = names.map { directory.path + "/" + $0 + restored }
        defer { files.forEach(DataDirectory.remove) }
        files.forEach(DataDirectory.remove)
        try backup.unpack(openedBy: key, to: files, progress)
        for (name, file) in zip(names, files) {
            do {
                let pool = try open(name, file)
                try pool.write { db in
                    try DatabaseFile.checkWhole(db, path: backup.path)
                    try mark(name, db)
                }
                try DatabaseFile.closeWhole(pool)
            } catch StoreError.damaged {
                throw BackupError.damaged(backup.path)
            } catch StoreError.newerSchema {
                throw BackupError.newerSchema(backup.path)
            }
        }
        try directory.replace(names, by: files, keptAs: name, at: now)
    }
}

extension DatabaseFile {
    /// Throws `damaged` where SQLite's full check or the foreign keys find something.
    static func checkWhole(_ db: Database, path: String) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
        guard answer == "ok" else { throw StoreError.damaged(path) }
        let orphan = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check")
        guard orphan == nil else { throw StoreError.damaged(path) }
    }
}
