import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// The first-tier branch's close from its outlets' figures (`domain.md` 0.1, 2.3).
struct CloseDaysTests {
    @Test func `a customer with 60,000 at each of two outlets is a target`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.exchange()

        let closes = try branch.close()

        let closed = try #require(closes.days.first)
        #expect(closes.days.count == 1)
        #expect(closed.date == day("2025-03-02"))
        #expect(closed.customers == 1)
        #expect([closed.potentialIn, closed.potentialOut] == [1, 1])
        #expect([closed.targetIn, closed.targetOut] == [1, 0])
        #expect(closed.tiers == nil)
        let standing = try #require(try branch.standings().last)
        #expect(standing.pool == .target && standing.origin == .rule)
        #expect(standing.assets.financial == yuan("120000").halves)
        #expect(standing.assets.largestAccount == yuan("60000"))
        let word = try branch.bank.owners(of: .wang, by: "t").first?.standing
        #expect(word?.standing == standing && word?.through == day("2025-03-02"))
        let atWulin = try branch.outlets[.wulin].customer(.wang, by: "t").position.standing
        #expect(atWulin.pool == .potential)
    }

    @Test func `small accounts of several outlets make nobody potential together`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "9999.99", .xihu: "9999.99"])
        try branch.outlets.exchange()
        try branch.close()

        #expect(try branch.standings().map(\.pool) == [.retained])
    }

    @Test func `dates are closed in order from the first delivered, each once`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "1"])
        try branch.outlets.close("2025-03-04", at: [.wulin])
        try branch.outlets.exchange()

        let dates = try branch.close().days.map(\.date)

        #expect(dates == [day("2025-03-02"), day("2025-03-03"), day("2025-03-04")])
        #expect(try branch.close().days == [])
    }

    @Test func `nothing is closed that no outlet has delivered`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "1"])
        try branch.outlets.exchange()

        #expect(
            throws: Refusal(
                .dateBeyondDelivered, ["date": "2025-03-03", "latest": "2025-03-02"])
        ) {
            try branch.close(through: "2025-03-03")
        }
        #expect(try branch.close(through: "2025-03-02").days.count == 1)
    }

    @Test func `a first-tier branch of which nothing came has nothing to close`() throws {
        let branch = try TierBranch()

        #expect(try branch.close().days == [])
        #expect(try branch.bank.firstTiersToClose() == [])
    }

    @Test func `what is to be closed is known before`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "1"])
        try branch.outlets.exchange()

        #expect(try branch.bank.firstTiersToClose() == [.zhejiang])
        try branch.close()
        #expect(try branch.bank.firstTiersToClose() == [])
    }

    @Test func `outlets that delivered the last closed date are awaited, silent ones are not`()
        throws
    {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "1"])
        try branch.outlets.close("2025-03-02", at: [.xihu])
        try branch.outlets.exchange()
        #expect(try branch.bank.firstTiersAwaited() == [])
        try branch.close()

        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.outlets.exchange()
        #expect(try branch.bank.firstTiersAwaited() == [.zhejiang])

        try branch.close()
        try branch.outlets.close("2025-03-04", at: [.wulin])
        try branch.outlets.exchange()
        #expect(try branch.bank.firstTiersAwaited() == [])
    }

    @Test func `tiers come at a month's end from the average of all outlets`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-01-01", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.close("2025-01-31", at: [.wulin, .xihu])
        try branch.outlets.exchange()

        let days = try branch.close().days

        #expect(days.last?.tiers == [.gold: 1, .platinum: 0, .diamond: 0])
        #expect(days.dropLast().allSatisfy { $0.tiers == nil })
        #expect(try branch.standings().last?.tierSince == day("2025-02-01"))
        let view = try #require(try branch.bank.customersView(of: .zhejiang, by: "hal").first)
        #expect(view.persons.tiers == [.gold: 1])
        #expect(view.sum.pools == [.potential: 2])
        #expect(view.closed == TierCloseMark(through: day("2025-01-31"), late: [.gulou]))
    }

    @Test func `who takes their money to another outlet stays a target`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "120000"])
        try branch.outlets.close("2025-03-02", at: [.xihu])
        try branch.outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .wulin).accountRow(
                    "A\(UnitCode.wulin)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: branch.outlets.files)
        try branch.outlets.close("2025-03-03", [.xihu: "120000"])
        try branch.outlets.exchange()

        let closes = try branch.close()

        #expect(closes.days.map(\.targetIn) == [1, 0])
        #expect(closes.days.map(\.targetOut) == [0, 0])
        let standing = try #require(try branch.standings().last)
        #expect(standing.poolSince == day("2025-03-02"))
        #expect(standing.belowSince == nil)
    }

    @Test func `money that moves between outlets is told to both though the sum stays`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "80000", .xihu: "40000"])
        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets.exchange()
        try branch.outlets.close("2025-03-03", [.wulin: "40000", .xihu: "80000"])
        let wulin = branch.outlets[.wulin]
        #expect(
            try wulin.customer(.wang, by: "t").position.standing.belowSince == day("2025-03-03"))

        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets.exchange()

        #expect(try branch.standings().map(\.date) == [day("2025-03-02"), day("2025-03-03")])
        #expect(try wulin.customer(.wang, by: "t").position.standing.belowSince == nil)
        #expect(try wulin.customer(.wang, by: "t").position.decidedBy == .firstTier)
    }

    /// Xihu is closed, or under the other first-tier branch.
    @Test(arguments: [false, true])
    func `what an outlet said that is closed or moved counts no longer`(isMoved: Bool) throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.exchange()
        try branch.close()
        let held = Organisation.ofTests
        let there = Unit(code: .xihu, name: "西湖支行", level: .outlet, parent: .jiangsu)
        try branch.bank.revoke(.xihu, by: "t")
        _ = try branch.bank.load(
            Organisation(
                units: held.units.filter { $0.code != .xihu } + (isMoved ? [there] : []),
                staff: held.staff.filter { isMoved || $0.unit != .xihu }),
            as: .amy, reason: nil)
        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.outlets.exchange([.wulin])

        let closed = try #require(try branch.close().days.first)

        #expect(closed.late == [.gulou])
        let standings = try branch.standings()
        #expect(
            standings.map(\.assets.financial) == [yuan("120000").halves, yuan("60000").halves])
        #expect(standings.last?.belowSince == day("2025-03-03"))
        #expect(standings.map(\.pool) == [.target, .target])
    }

    @Test func `another value of a parameter is looked at for every customer`() throws {
        let branch = try TierBranch(
            organisation: .made(parameters: [
                ParameterSetting(
                    name: "tgt_min", scope: .firstTier(.zhejiang), value: "50000",
                    effectiveFrom: day("2025-03-04"))
            ]))
        try branch.outlets.close("2025-03-02", [.wulin: "30000", .xihu: "30000"])
        try branch.outlets.close("2025-03-05", at: [.wulin, .xihu])
        try branch.outlets.exchange()

        let days = try branch.close().days

        #expect(days.map(\.targetIn) == [0, 0, 1, 0])
        #expect(try branch.standings().last?.poolSince == day("2025-03-04"))
    }

    @Test(arguments: [("rolling_365", 2), ("ytd", 1)])
    func `by averages that need the past, each month's end says where a shared customer stands`(
        method: String, rows: Int
    ) throws {
        let branch = try TierBranch(
            organisation: .made(parameters: [
                ParameterSetting(
                    name: "aad_method", scope: .bank, value: method,
                    effectiveFrom: day("2025-01-01"))
            ]))
        try branch.outlets.close("2025-03-02", [.wulin: "50000", .xihu: "40000"])
        try branch.outlets.close("2025-03-31", at: [.wulin, .xihu])
        try branch.outlets.exchange()

        try branch.close()

        #expect(try branch.standings().map(\.pool) == Array(repeating: .potential, count: rows))
        #expect(try rows == 1 || branch.standings().last?.date == day("2025-03-31"))
    }

    @Test func `a close is looked through and found whole`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.close("2025-03-04", [.wulin: "1"])
        try branch.outlets.exchange()
        try branch.close()

        let checks = try branch.bank.verify(by: "t").checks

        // Each first-tier branch is looked through by itself.
        func examined(_ name: String) -> Int {
            checks.filter { $0.name == name }.map(\.examined).reduce(0, +)
        }
        #expect(examined("closed dates") == 3)
        #expect(examined("standings") == 2)
        #expect(checks.flatMap(\.faults) == [])
    }

    /// A claim made at an outlet of a customer who is a target there by the old line, and by the
    /// first tier's parameters is none.
    @Test func `whether a claimed customer is a target the first tier's close says`() throws {
        let branch = try TierBranch(
            organisation: .made(parameters: [
                ParameterSetting(
                    name: "tgt_min", scope: .firstTier(.zhejiang), value: "500000",
                    effectiveFrom: day("2025-01-01"))
            ]))
        try branch.outlets.close("2025-03-02", [.wulin: "300000"])
        try branch.outlets.claim(at: .wulin)
        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.outlets.exchange()

        let closes = try branch.close()

        #expect(closes.settled.map(\.claim) == [nil])
        let entry = try branch.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first
        #expect(entry?.claims.map(\.outcome) == [.refused])
    }
}
