import Bank
import GRDB
import Schema
import TestSupport
import Testing

/// What all customers are searched for, of a node of a version before that had it in the standings.
struct LatestStandingTests {
    private static func nodeOfTheVersionBefore() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            for migration in Migrations.branch.prefix(while: { $0.name != "b0052_close" }) {
                try db.execute(sql: migration.sql)
            }
            for (id, number) in [(1, "3300000001"), (2, "3300000002")] {
                try db.execute(
                    sql: """
                        INSERT INTO customer (
                            id, number, name, nameIndex, idType, knownFrom, factsFrom, sequence)
                        VALUES (?, ?, x'00', x'00', 'id_card', 1, 1, 1)
                        """,
                    arguments: [id, number])
            }
            try db.execute(
                sql: """
                    INSERT INTO standing (
                        customer, date, pool, poolSince, origin, tier, tierSince, accounts, balance,
                        financialAssets, largestAccount, accumulated, activeCard, reviewOn,
                        isLatest, sequence, elsewhereAssets, elsewhereLargest)
                    VALUES
                        (1, 10, 'potential', 10, NULL, NULL, NULL, 1, 5, 10, 5, 10, 0, NULL, 0, 3, 0, 0),
                        (1, 12, 'target', 12, 'manual', 'gold', 13, 2, 7, 14, 6, 30, 1, 40, 1, 4, 8, 2),
                        (2, 10, 'retained', 10, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, NULL, 1, 3, 0, 0)
                    """)
        }
        return queue
    }

    @Test func `the update keeps every standing, and of the latest what they are searched for`()
        throws
    {
        let queue = try Self.nodeOfTheVersionBefore()
        let columns = """
            customer, date, pool, poolSince, origin, tier, tierSince, accounts, balance,
            financialAssets, largestAccount, accumulated, activeCard, sequence, elsewhereAssets,
            elsewhereLargest
            """
        func standings(_ db: Database) throws -> [Row] {
            try Row.fetchAll(db, sql: "SELECT \(columns) FROM standing ORDER BY customer, date")
        }
        let before = try queue.read(standings)

        try queue.write { db in
            for migration in Migrations.branch.drop(while: { $0.name != "b0052_close" }) {
                try db.execute(sql: migration.sql)
            }
        }

        #expect(try queue.read(standings) == before)
        #expect(before.count == 3)
        let latest = try queue.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT concat FROM (
                        SELECT customer || ' ' || pool || ' ' || coalesce(origin, '–') || ' '
                            || coalesce(reviewOn, '–') AS concat
                        FROM latestStanding ORDER BY customer)
                    """)
        }
        #expect(latest == ["1 target manual 40", "2 retained – –"])
    }

    @Test func `a standing that another program changes is numbered, one without a number refused`()
        throws
    {
        let queue = try Self.nodeOfTheVersionBefore()
        try queue.write { db in
            for migration in Migrations.branch.drop(while: { $0.name != "b0052_close" }) {
                try db.execute(sql: migration.sql)
            }
            let counter = try Int.fetchOne(db, sql: "SELECT value FROM changeCounter") ?? 0
            try db.execute(sql: "UPDATE standing SET balance = 8 WHERE customer = 1 AND date = 12")
            let number = try Int.fetchOne(
                db, sql: "SELECT sequence FROM standing WHERE customer = 1 AND date = 12")
            #expect(number == counter + 1)
            let error = #expect(throws: DatabaseError.self) {
                try db.execute(
                    sql: """
                        INSERT INTO standing (
                            customer, date, pool, poolSince, accounts, balance, financialAssets,
                            largestAccount, accumulated, activeCard)
                        VALUES (2, 11, 'potential', 11, 1, 5, 10, 5, 10, 0)
                        """)
            }
            #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_NOTNULL)
        }
    }
}
