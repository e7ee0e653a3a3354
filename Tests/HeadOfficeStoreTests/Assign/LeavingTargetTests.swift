import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// What an outlet knows and says when the first-tier branch's close takes its customer out of the
/// target pool.
struct LeavingTargetTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close")
        try outlets.exchange()
        try outlets.exchange()
    }

    @Test func `the manager and the supervisor are told once, and the book has one less`() throws {
        let wulin = outlets[.wulin]

        for staff in [StaffID.ada, .eve] {
            let told = try wulin.reminders(of: staff).filter { $0.kind == .leftTarget }
            #expect(told.count == 1)
            #expect(told.allSatisfy { $0.customer == .wang && $0.facts["days"] == "90" })
            #expect(try !wulin.reminders(of: staff).contains { $0.kind == .ownershipLost })
        }
        #expect(try wulin.customers(of: .ada, by: "t").isEmpty)
    }

    @Test func `the former owner and the end are known where the customer is served`() throws {
        for outlet in [UnitCode.wulin, .xihu] {
            let former = try #require(try outlets[outlet].formerOwner(of: .wang))

            #expect(former.manager == .ada)
            #expect(former.outlet == .wulin)
            #expect(former.since == day("2025-03-03"))
            #expect(former.ending == .exit)
            let until = try #require(former.until)
            #expect(former.isSuggested(on: until + 90))
            #expect(!former.isSuggested(on: until + 91))
        }
    }

    @Test func `whoever is assigned again has an owner and both times`() throws {
        try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        let history = try #require(try outlets[.wulin].ownership(of: .wang, by: "t").history)
        #expect(history.periods.map(\.manager) == [.ada, .ada])
        #expect(history.periods.map(\.ending) == [.exit, nil])
        #expect(try outlets[.wulin].formerOwner(of: .wang) == nil)
    }

    @Test func `whom nobody owns any more is found by no key where they are not served`() throws {
        let gulou = outlets[.gulou]

        // Zhang, whom Gulou serves, has the same number in these extracts.
        #expect(
            try gulou.owners(by: "11010519491231002X", actor: "t").found.map(\.owner.customer)
                == [.zhang])
        #expect(try gulou.owners(by: "A3301013300000001", as: .account, actor: "t").found.isEmpty)
    }
}
