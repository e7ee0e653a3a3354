import GRDB
import Schema
import TestSupport
import Testing
import Vault

/// A first-tier branch's database of before marketing records lay by arrival.
struct ContactsByArrivalTests {
    @Test func `marketing records that were there stay as they were`() throws {
        let files = try TemporaryDirectory()
        let path = files.path + "/first-tier-33.sqlite"
        let before = Migrations.firstTier.prefix { $0.name != "f0050_contact_by_arrival" }
        let old = try DatabaseFile.open(path, Array(before))
        try old.write { db in
            try db.execute(
                sql: """
                    INSERT INTO contact (
                        outlet, id, customer, staff, way, date, note, followUpOn, amends, at,
                        version)
                    VALUES ('330102', 'b', 'C1', 'M', 'call', 20089, x'01', NULL, 'a', 7, 9),
                        ('330101', 'b', 'C2', 'T', 'visit', 20090, x'02', 20099, NULL, 8, 5)
                    """)
        }
        let records = try old.read(Self.records)
        try DatabaseFile.closeWhole(old)

        let new = try DatabaseFile.open(path, Migrations.firstTier)

        #expect(records.count == 2)
        #expect(try new.read(Self.records) == records)
    }

    private static func records(_ db: Database) throws -> [Row] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT outlet, id, customer, staff, way, date, note, followUpOn, amends, at, version
                FROM contact ORDER BY outlet
                """)
    }
}
