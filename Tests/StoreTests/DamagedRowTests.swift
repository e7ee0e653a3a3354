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
}
