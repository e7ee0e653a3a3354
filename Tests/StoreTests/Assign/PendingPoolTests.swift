import Bank
import GRDB
import Store
import TestSupport
import Testing

/// The pool awaiting assignment.
struct PendingPoolTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang and Zhang are targets; Ada has had Zhang, until the release of 4 March.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "100000").holding(.zhang, "200000")
            ], in: files)
        _ = try store.assign([.zhang], to: .ada, by: .eve)
        try store.takeAndClose([ExtractBuilder(day("2025-03-03"))], in: files)
        _ = try store.release(.zhang, by: .eve, because: "迁居")
        try store.takeAndClose([ExtractBuilder(day("2025-03-05"))], in: files)
    }

    @Test func `it says how long each waits and who is suggested, with the reason`() throws {
        let pool = try store.pendingPool(by: .eve)

        #expect(pool.customers.map(\.number) == [.wang, .zhang])
        #expect(pool.customers.map(\.targetSince) == [day("2025-03-01"), day("2025-03-01")])
        #expect(pool.customers.map(\.waitingSince) == [day("2025-03-01"), day("2025-03-04")])
        #expect(pool.customers.map(\.daysWaiting) == [4, 1])
        #expect(
            pool.customers.map(\.former) == [
                nil, ManagerBefore(manager: .ada, endedOn: day("2025-03-04")),
            ])
        #expect(pool.customers.map(\.suggestion?.manager) == [.ada, .ada])
        #expect(pool.customers.map(\.suggestion?.reason) == [.lightestBook, .lastOwner])
        #expect(pool.businessDate == day("2025-03-05"))
        #expect(pool.elsewhere == 0)
        #expect(try store.pendingCount() == 2)
    }

    @Test func `a suggestion sets nobody, and the next one knows the books by then`() throws {
        _ = try store.assign([.zhang], to: .ada, by: .eve)

        let pool = try store.pendingPool(by: .eve)

        #expect(pool.customers.map(\.number) == [.wang])
        #expect(pool.customers.map(\.suggestion?.manager) == [.ben])
        #expect(try store.ownership(of: .wang).owner == nil)
    }

    @Test func `what a customer holds at other outlets counts in the first-tier branch's column`()
        throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.disk(.wulin).disk.write {
            try $0.execute(sql: "UPDATE standing SET elsewhereAssets = 500")
        }

        let customer = try #require(try outlets[.wulin].pendingPool(by: .eve).customers.first)

        #expect(customer.financialAssets == HalfFen(60_000_000))
        #expect(customer.firstTierAssets == HalfFen(60_000_500))
    }

    @Test func `who is owned elsewhere stands apart, with owner and state`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "300000"])
        try outlets.exchange()
        try outlets.claim(at: .xihu)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        let pool = try outlets[.wulin].pendingPool(by: .eve)
        let elsewhere = try outlets[.wulin].ownedElsewhere(by: .eve)

        #expect(pool.customers.isEmpty)
        #expect(pool.elsewhere == 1)
        #expect(elsewhere.map(\.number) == [.wang])
        #expect(elsewhere.map(\.owner.manager) == [.cai])
        #expect(elsewhere.map(\.outletName) == ["杭州西湖支行"])
        #expect(elsewhere.map(\.state) == [.confirmed])
        #expect(try outlets[.xihu].ownedElsewhere(by: .sun).isEmpty)
    }
}
