package import GRDB

/// That a database came out of a backup: the other side may hold more than it.
package struct RestoreMark: Hashable, Sendable {
    /// Random, made by the restore: a second restore of the same backup is another.
    package let id: String
    /// Milliseconds since 1970-01-01 UTC.
    package let restoredAt: Int64
    /// When the backup was made.
    package let backupAt: Int64

    package init(id: String, restoredAt: Int64, backupAt: Int64) {
        self.id = id
        self.restoredAt = restoredAt
        self.backupAt = backupAt
    }
}

extension Database {
    package func restoreMark() throws -> RestoreMark? {
        try Row.fetchOne(self, prepared: "SELECT restoreID, restoredAt, backupAt FROM restoreMark")
            .map {
                RestoreMark(
                    id: try $0.value("restoreID"), restoredAt: try $0.value("restoredAt"),
                    backupAt: try $0.value("backupAt"))
            }
    }

    package func setRestoreMark(_ mark: RestoreMark) throws {
        try execute(
            prepared: """
                INSERT OR REPLACE INTO restoreMark (id, restoreID, restoredAt, backupAt)
                VALUES (1, ?, ?, ?)
                """,
            arguments: [mark.id, mark.restoredAt, mark.backupAt])
    }

    /// Takes the mark away where it is still this one: a restore that came since stays marked.
    package func clearRestoreMark(_ mark: RestoreMark) throws {
        try execute(prepared: "DELETE FROM restoreMark WHERE restoreID = ?", arguments: [mark.id])
    }
}
