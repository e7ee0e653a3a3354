import Bank
import GRDB
import Store
import TestSupport
import Testing
import Vault

/// A value that the disk changed is an error that names its column, never the end of the process.
struct DamagedRowTests {
    private func row(_ sql: String) throws -> Row {
        try #require(try DatabaseQueue().read { try Row.fetchOne($0, sql: sql) })
    }

    @Test func `a value of another kind than its column's is damaged`() throws {
        let row = try row("SELECT 'yesterday' AS date, 'none' AS pool, NULL AS outlet")

        #expect(throws: StoreError.self) { try row.value("date") as BusinessDay }
        #expect(throws: StoreError.self) { try row.value(0) as BusinessDay? }
        #expect(throws: StoreError.self) { try row.value("pool") as Pool }
        let error = #expect(throws: StoreError.self) { try row.value("outlet") as UnitCode }
        #expect(error?.code == "damaged")
        #expect(error?.facts["path"] == "outlet")
        #expect(try row.value("outlet") as UnitCode? == nil)
    }

    @Test func `a key that a table holds twice is damaged`() throws {
        #expect(try Dictionary(once: [("a", 1), ("b", 2)], in: "holiday") == ["a": 1, "b": 2])
        let error = #expect(throws: StoreError.self) {
            try Dictionary(once: [("a", 1), ("a", 2)], in: "holiday")
        }
        #expect(error?.facts["path"] == "holiday")
    }

    @Test func `a node with a damaged date says so where the date is read`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        do {
            let store = try node.open()
            try store.takeAndClose(
                [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")], in: files)
            #expect(try store.pendingCustomers().count == 1)
        }
        try DatabaseQueue(path: node.path + "/data.sqlite").writeWithoutTransaction {
            // More than a date has room for, as a flipped bit makes it.
            try $0.execute(sql: "UPDATE standing SET poolSince = 1 << 40")
        }

        let store = try node.open()
        let error = #expect(throws: StoreError.self) { try store.pendingCustomers() }

        #expect(error?.code == "damaged")
    }

    /// A node with a cell that holds text where a number was, as a flipped bit of the row's header
    /// makes it. The table's own check of kinds is taken away first.
    private func damaged(
        _ table: String, _ column: String, after work: (BranchStore) throws -> Void = { _ in }
    ) throws -> NodeOnDisk {
        let node = try NodeOnDisk()
        do { try work(try node.open()) }
        let path = node.path + "/data.sqlite"
        try DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA writable_schema = ON")
            try $0.execute(
                sql: """
                    UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT,', ')'),
                        ') STRICT', ')')
                    WHERE type = 'table' AND name = ?
                    """,
                arguments: [table])
        }
        try DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(sql: "DROP TRIGGER IF EXISTS auditStays")
            try $0.execute(sql: "UPDATE \(table) SET \(column) = 'damaged'")
        }
        return node
    }

    @Test func `a check of the whole database names an entry of the audit that cannot be read`()
        throws
    {
        let node = try damaged("audit", "at")

        let audit = try node.open().verify(by: "t").checks.first { $0.name == "audit" }

        #expect(audit?.faults == ["audit 1"])
    }

    @Test func `a damaged session lets nobody in and stops nobody else`() throws {
        var token = ""
        let node = try damaged("session", "usedAt") { store in
            try store.logIns.setPassword("A damaged row is 1", of: .tom, by: "os:test")
            if case .admitted(let admitted) = try store.logIns.logIn(
                .tom, password: "A damaged row is 1", source: "s")
            {
                token = admitted
            }
        }

        let store = try node.open()
        let error = #expect(throws: StoreError.self) { try store.logIns.session(token) }

        #expect(error?.code == "damaged")
    }
}
