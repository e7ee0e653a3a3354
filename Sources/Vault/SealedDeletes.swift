package import GRDB

extension Database {
    /// Deletes what is sealed: its bytes need no overwriting, which would write all of them once
    /// more while everybody waits.
    package func withoutOverwriting(_ delete: () throws -> Void) throws {
        let overwrites = try Int.fetchOne(self, sql: "PRAGMA secure_delete") == 1
        if overwrites { try execute(sql: "PRAGMA secure_delete = FAST") }
        defer { if overwrites { try? execute(sql: "PRAGMA secure_delete = ON") } }
        try delete()
    }
}
