import Bank
import GRDB
import Store
import TestSupport
import Testing
import Vault

/// Whatever was changed behind the program's back is found and named.
struct VerifyTests {
    private static func node() throws -> NodeOnDisk {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        let store = try node.open()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")
                    .movementRow("M1", account: "A3300000001", "10", memo: "工资")
                    .cardRow("C1", of: .wang)
            ], in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        return node
    }

    @Test func `data that nobody touched is whole`() throws {
        let verification = try Self.node().open().verify(by: "os:test")

        #expect(verification.isWhole, "\(verification.checks)")
        for name in ["audit", "claims", "customer sealed fields", "card sealed fields"] {
            let check = verification.checks.first { $0.name == name }
            #expect((check?.examined ?? 0) > 0, "\(name)")
        }
    }

    private static let damages: [(String, String, String)] = [
        (
            "DROP TRIGGER auditStays; UPDATE audit SET actor = 'os:nobody' WHERE id = 3",
            "audit", "audit 3"
        ),
        ("DROP TRIGGER auditIsKept; DELETE FROM audit WHERE id = 2", "audit", "audit 2"),
        (
            """
            DROP TRIGGER auditStays;
            UPDATE audit SET id = 100 WHERE id = 2;
            UPDATE audit SET id = 2 WHERE id = 3;
            UPDATE audit SET id = 3 WHERE id = 100;
            """, "audit", "audit 2"
        ),
        (
            "UPDATE customer SET name = idNumber", "customer sealed fields",
            "customer.name, row 1"
        ),
        (
            "UPDATE customer SET mobileIndex = x'00112233445566778899aabbccddeeff'",
            "blind indexes", "customer.mobileIndex, row 1"
        ),
        (
            "UPDATE movement SET memo = zeroblob(50)", "movement sealed fields",
            "movement.memo, row 1"
        ),
        (
            "UPDATE latestStanding SET pool = 'retained', origin = NULL", "latest standings",
            "latest standing of 2025-03-01"
        ),
        (
            "DELETE FROM latestStanding", "latest standings", "latest standing of 2025-03-01"
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM customer", "data.sqlite foreign keys",
            "account row 1"
        ),
    ]

    @Test(arguments: damages.indices)
    func `a change behind the program's back is named`(index: Int) throws {
        let (sql, check, fault) = Self.damages[index]
        let node = try Self.node()
        try DatabaseQueue(path: node.path + "/data.sqlite").writeWithoutTransaction {
            try $0.execute(sql: sql)
        }

        let verification = try node.open().verify(by: "os:test")

        #expect(!verification.isWhole)
        let found = verification.checks.first { $0.name == check }?.faults ?? []
        #expect(found.contains(fault), "\(verification.checks.filter { !$0.faults.isEmpty })")
    }

    @Test func `a claim that was rewritten is named`() throws {
        let node = try Self.node()
        let id = try DatabaseQueue(path: node.path + "/data.sqlite").write { db in
            try db.execute(sql: "UPDATE claim SET content = replace(content, 'ada', 'ben')")
            return try String.fetchOne(db, sql: "SELECT id FROM claim")
        }

        let claims = try node.open().verify(by: "os:test").checks.first { $0.name == "claims" }

        #expect(claims?.faults == ["claim \(try #require(id))"])
    }
}
