import Bank
import Store
import TestSupport
import Testing

/// Targets by hand (R6; M1 to M3 of `domain.md` 2.4).
struct AddTargetTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// On 1 March Wang has a demand account here, Zhang a time deposit, Zhou a demand account that
    /// another outlet opened.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "500")
                    .holding(.zhang, "500", subcategory: "time")
                    .customerRow(.zhou).accountRow("Z1", of: .zhou, openingOutlet: .xihu)
                    .balanceRow("Z1", "500")
            ], in: files)
    }

    private func close(
        _ date: String, _ change: (ExtractBuilder) -> ExtractBuilder = { $0 }
    ) throws {
        try store.takeAndClose([change(ExtractBuilder(day(date)))], in: files)
    }

    private func standing(_ customer: CustomerNumber = .wang) throws -> Standing {
        try store.customer(customer, by: "t").position.standing
    }

    private func owner(_ customer: CustomerNumber = .wang) throws -> Ownership.Owner? {
        try store.owner(of: customer, by: "t").ownership.owner
    }

    @Test(arguments: [.ada, .eve] as [StaffID])
    func `M1 the customer is the operator's at once and a target after the close`(
        staff: StaffID
    ) throws {
        let added = try store.addTarget(.wang, by: staff, code: .executive, because: "企业老总")

        #expect(added.date == day("2025-03-02"))
        #expect(added.state == .pending)
        #expect(
            try owner() == .init(manager: staff, outlet: .wulin, since: day("2025-03-02")))
        #expect(try standing().pool == .retained)

        try close("2025-03-02")

        let standing = try standing()
        #expect(standing.pool == .target)
        #expect(standing.origin == .manual)
        #expect(standing.poolSince == day("2025-03-02"))
        #expect(standing.belowSince == day("2025-03-02"))
        #expect(try store.pendingCustomers().isEmpty)
    }

    @Test func `with the assets to qualify on the same day it is both`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        try close("2025-03-02") { $0.balanceRow("A3300000001", "100000") }

        #expect(try standing().origin == .both)
    }

    @Test(arguments: [.zhang, .zhou] as [CustomerNumber])
    func `M2 without a demand account opened here it is refused`(customer: CustomerNumber) {
        #expect(throws: Refusal(.noDemandAccount, ["customer": customer.rawValue])) {
            try store.addTarget(customer, by: .ada, because: "企业老总")
        }
    }

    @Test(arguments: [("frozen", ""), ("normal", "2025-03-03")])
    func `M2 nor with one that is closed or not in order`(status: String, closed: String) throws {
        try close("2025-03-02") {
            $0.accountRow("A3300000001", of: .wang, closedOn: closed, status: status)
        }

        #expect(throws: Refusal(.noDemandAccount, ["customer": "3300000001"])) {
            try store.addTarget(.wang, by: .ada, because: "企业老总")
        }
    }

    @Test func `M3 a customer whom another outlet owns is refused with the owner`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-06", [.wulin: "500", .xihu: "200000"])
        try outlets.exchange()
        try outlets.claim(at: .xihu)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        #expect(
            throws: Refusal(
                .alreadyOwned, ["customer": "3300000001", "outlet": "330102", "manager": "cai"])
        ) {
            try outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        }
    }

    @Test(arguments: [.ada, .eve] as [StaffID])
    func `the first-tier branch settles an addition as it does an assignment`(
        staff: StaffID
    ) throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-06", [.wulin: "500"])
        _ = try outlets[.wulin].addTarget(.wang, by: staff, because: "企业老总")
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        let ownership = try outlets[.wulin].owner(of: .wang, by: "t").ownership
        #expect(ownership.state == .confirmed)
        #expect(ownership.owner?.manager == staff)
    }

    @Test func `every condition is shown, met or not`() throws {
        let lines = try store.checkAddition(of: .zhang, by: .tom)

        #expect(lines.map(\.condition) == ManualAddition.Condition.allCases)
        #expect(
            lines.compactMap(\.refusal) == [
                Refusal(.notAllowed, ["staff": "tom"]),
                Refusal(.noDemandAccount, ["customer": "3300000002"]),
            ])
        #expect(try store.checkAddition(of: .wang, by: .ada).allSatisfy { $0.refusal == nil })
    }

    @Test func `one addition at a time, and none of a target`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")
        #expect(throws: Refusal(.additionPending, ["customer": "3300000001"])) {
            try store.addTarget(.wang, by: .ben, because: "企业老总")
        }

        try close("2025-03-02")

        #expect(throws: Refusal(.alreadyTarget, ["customer": "3300000001"])) {
            try store.addTarget(.wang, by: .ben, because: "企业老总")
        }
    }

    @Test(arguments: [.tom, .cai] as [StaffID])
    func `who is no manager or supervisor of the outlet is refused`(staff: StaffID) {
        #expect(throws: Refusal(.notAllowed, ["staff": staff.rawValue])) {
            try store.addTarget(.wang, by: staff, because: "企业老总")
        }
    }

    @Test(arguments: [.ada, .eve] as [StaffID])
    func `before the close who added, or a supervisor, takes it back`(staff: StaffID) throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")
        #expect(throws: Refusal(.notAllowed, ["staff": "ben"])) {
            try store.cancelAddition(of: .wang, by: .ben)
        }

        try store.cancelAddition(of: .wang, by: staff)

        #expect(try owner() == nil)
        try close("2025-03-02")
        #expect(try standing().pool == .retained)
        #expect(throws: Refusal(.noAddition, ["customer": "3300000001"])) {
            try store.cancelAddition(of: .wang, by: .ada)
        }
    }

    @Test func `a release before the close cancels it, too`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        _ = try store.release(.wang, by: .eve, because: "误操作")
        #expect(throws: Refusal(.noAddition, ["customer": "3300000001"])) {
            try store.cancelAddition(of: .wang, by: .ada)
        }
        try close("2025-03-02")

        #expect(try standing().pool == .retained)
        #expect(try owner() == nil)
        #expect(try store.addTarget(.wang, by: .ben, because: "企业老总").state == .pending)
    }

    @Test func `after the close the target is handed over like any other`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")
        try close("2025-03-02")

        let results = try store.assign([.wang], to: .ben, by: .eve)

        #expect(results.map(\.refusal) == [nil])
        #expect(try standing().origin == .manual)
        #expect(try owner()?.manager == .ben)
    }

    @Test func `the demand account closed before the close: no target, no owner, a reminder`()
        throws
    {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        try close("2025-03-02") {
            $0.accountRow("A3300000001", of: .wang, closedOn: "2025-03-02", status: "closed")
        }

        #expect(try standing().pool == .retained)
        #expect(try owner() == nil)
        #expect(try store.reminders(of: .ada).map(\.kind) == [.additionFailed])
    }

    @Test func `the number merged into another before the close: no target, no owner, a reminder`()
        throws
    {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        try close("2025-03-02") { $0.customerRow(.wang, mergedInto: .zhang) }

        #expect(try standing(.zhang).pool == .retained)
        #expect(try owner() == nil)
        let failed = try store.reminders(of: .ada).filter { $0.kind == .additionFailed }
        #expect(failed.map(\.facts) == [["merged": "3300000001", "into": "3300000002"]])
    }

    @Test func `one that failed before its number was merged is told of its account`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        let closing = ExtractBuilder(day("2025-03-02"))
            .accountRow("A3300000001", of: .wang, closedOn: "2025-03-02", status: "closed")
        let merging = ExtractBuilder(day("2025-03-03")).customerRow(.wang, mergedInto: .zhang)
        try store.takeAndClose([closing, merging], in: files)

        let failed = try store.reminders(of: .ada).filter { $0.kind == .additionFailed }
        #expect(failed.map(\.facts) == [[:]])
    }

    @Test func `dates that are closed again know the addition`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")
        try close("2025-03-02")
        try close("2025-03-05")

        let corrected = ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
            .balanceRow("A3300000001", "700")
        let outcomes = try store.take([try corrected.write(to: files)], by: "t")

        #expect(outcomes.map(\.result) == [.reopened])
        let standing = try standing()
        #expect(standing.origin == .manual)
        #expect(standing.poolSince == day("2025-03-02"))
        #expect(standing.assets.financial == yuan("700").halves)
    }

    @Test func `manager and supervisor are warned 30 and 7 days before, and it is renewed`() throws
    {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")
        func warnings(_ staff: StaffID) throws -> Int {
            try store.reminders(of: staff).count { $0.kind == .targetLeaving }
        }

        // Below from 2 March on: leaves at the close of 2 September.
        try close("2025-08-02")
        #expect(try warnings(.ada) == 0)
        try close("2025-08-03")
        #expect(try warnings(.ada) == 1)
        #expect(try warnings(.eve) == 1)
        #expect(try warnings(.ben) == 0)
        try close("2025-08-25")
        #expect(try warnings(.ada) == 1)
        try close("2025-08-26")
        #expect(try warnings(.ada) == 2)
        #expect(throws: Refusal(.notAllowed, ["staff": "ada"])) {
            try store.renewTarget(.wang, by: .ada, because: "资金将到账")
        }

        #expect(
            try store.renewTarget(.wang, by: .eve, because: "资金将到账") == day("2025-08-27"))
        try close("2025-09-10")

        #expect(try standing().pool == .target)
        #expect(try standing().belowSince == day("2025-08-27"))
        #expect(try warnings(.ada) == 2)
    }

    @Test func `a target by rule is not renewed`() throws {
        try close("2025-03-02") { $0.balanceRow("A3300000001", "100000") }

        #expect(throws: Refusal(.notByHand, ["customer": "3300000001"])) {
            try store.renewTarget(.wang, by: .eve, because: "资金将到账")
        }
    }

    @Test func `without renewal it leaves after six months`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "企业老总")

        try close("2025-09-01")
        #expect(try standing().pool == .target)
        try close("2025-09-02")

        #expect(try standing().pool == .retained)
    }
}
