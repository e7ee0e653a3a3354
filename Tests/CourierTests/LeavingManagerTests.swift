import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// A manager leaves, and nobody's customers are left behind.
struct LeavingManagerTests {
    private let withoutAda = Organisation(
        units: Organisation.ofTests.units,
        staff: Organisation.ofTests.staff.filter { $0.id != .ada })

    private func handOver(_ outlets: ThreeOutlets, on date: BusinessDay) throws -> BookReceipt {
        try outlets[.wulin].moveBook(
            BookOrder(
                manager: .ada, kind: .handOver, receivers: [.ben], effectiveOn: date,
                reason: "离职"), by: .eve)
    }

    @Test func `nobody leaves before their book is handed over and that is settled`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let refused = OrganisationRefused([.ownsCustomers(staff: .ada, outlet: .wulin, count: 1)])
        #expect(throws: Refusal(.bookNotEmpty, ["staff": "ada", "count": "1"])) {
            try outlets[.wulin].requireEmptyBook(of: .ada, by: "t")
        }

        _ = try handOver(outlets, on: outlets[.wulin].workingDate())
        try outlets.exchange()
        #expect(throws: Refusal(.bookUnsettled, ["staff": "ada", "count": "1"])) {
            try outlets[.wulin].requireEmptyBook(of: .ada, by: "t")
        }
        #expect(throws: refused) {
            try outlets.bank.load(withoutAda, as: .amy, reason: nil)
        }

        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()
        #expect(try outlets[.wulin].requireEmptyBook(of: .ada, by: "t").settled == 0)
        #expect(try outlets.bank.load(withoutAda, as: .amy, reason: nil).isChanged)
        #expect(try outlets.owner(at: .wulin) == .ben)
    }

    /// Wulin has assigned Wang to Ada offline, who was no longer active at head office.
    private func assignedTooLate() throws -> ThreeOutlets {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "50"])
        try outlets.exchange()
        try outlets.claim(at: .wulin)
        _ = try outlets.bank.load(withoutAda, as: .amy, reason: nil)
        try outlets.exchange()
        return outlets
    }

    @Test func `whom an outlet assigned to a manager who had left is in its pool again`() throws {
        let outlets = try assignedTooLate()

        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()

        #expect(try outlets[.wulin].ownership(of: .wang).owner == nil)
        #expect(try outlets[.wulin].pendingCustomers().map(\.number) == [.wang])
        let told = try outlets[.wulin].reminders(of: .eve).filter { $0.kind == .claimRefused }
        #expect(told.map(\.customer) == [.wang])
    }

    @Test func `a book without an active manager shows, and is handed over`() throws {
        let outlets = try assignedTooLate()
        let store = outlets[.wulin]
        let left = try #require(try store.bookOwners().first)
        #expect(left.staff == .ada && left.customers == 1 && !left.isInOffice)

        let receipt = try handOver(outlets, on: store.workingDate())

        #expect(receipt.progress.done == 1)
        #expect(try store.bookOwners().allSatisfy { $0.isInOffice })
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()
        #expect(try outlets.owner(at: .wulin) == .ben)
        #expect(try store.ownership(of: .wang).state == .confirmed)
    }

    @Test func `a receiver who left before the date gets nobody, and each customer says why`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        let store = outlets[.wulin]
        _ = try handOver(outlets, on: store.workingDate().next)
        _ = try outlets.bank.load(
            Organisation(
                units: Organisation.ofTests.units,
                staff: Organisation.ofTests.staff.filter { $0.id != .ben }), as: .amy, reason: nil)
        try outlets.exchange()

        try outlets.close(store.workingDate().description)

        let receipt = try store.bookReceipt(1, by: "t")
        #expect(receipt.move.state == .done)
        #expect(receipt.rows.map(\.refusal) == [Refusal(.inactiveStaff, ["staff": "ben"])])
        #expect(try outlets.owner(at: .wulin) == .ada)
    }

    @Test func `a hand-over that head office refuses brings the open follow-up back`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let store = outlets[.wulin]
        _ = try store.addContact(
            with: .wang, by: .ada, way: .call, note: "再谈", followUpOn: store.workingDate())
        _ = try handOver(outlets, on: store.workingDate())
        #expect(try !store.reminders(of: .ada).map(\.kind).contains(.followUp))
        _ = try outlets.bank.load(
            Organisation(
                units: Organisation.ofTests.units,
                staff: Organisation.ofTests.staff.filter { $0.id != .ben }), as: .amy, reason: nil)

        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()

        #expect(try outlets.owner(at: .wulin) == .ada)
        #expect(try store.reminders(of: .ada).map(\.kind).contains(.followUp))
    }

    @Test func `a ruling for another manager of the outlet takes the open follow-up along`() throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        let store = outlets[.wulin]
        _ = try store.addContact(
            with: .wang, by: .ada, way: .call, note: "再谈", followUpOn: store.workingDate())
        try outlets.exchange()

        _ = try outlets.bank.adjudicate(.wang, to: .wulin, manager: .ben, by: .fay, opinion: "x")
        try outlets.exchange()
        try outlets.exchange()

        #expect(try store.reminders(of: .ben).map(\.kind).contains(.followUp))
        #expect(try !store.reminders(of: .ada).map(\.kind).contains(.followUp))
    }
}
