import Bank
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What becomes of the ownership of customers whom the first tier's close takes out of the target
/// pool (`domain.md` 2.3).
struct ExitTests {
    private static let organisation = Organisation.made(parameters: [
        ParameterSetting(
            name: "tgt_exit_months", scope: .bank, value: "1", effectiveFrom: day("2025-01-01"))
    ])

    /// Wang is Ada's at Wulin by settlement, holds little from 3 March on, and a card of Xihu's
    /// where it is so said. Nobody's close has come beyond the 2nd.
    private func branch(card: String? = nil) throws -> TierBranch {
        let branch = try TierBranch(organisation: Self.organisation)
        let outlets = branch.outlets
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        try outlets.close("2025-03-02", [.gulou: "1"], of: .zhang)
        try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        for outlet in [UnitCode.wulin, .xihu] {
            var extract = ExtractBuilder(day("2025-03-03"), outlet: outlet)
                .balanceRow("A\(outlet)\(CustomerNumber.wang)", "50")
            if let card, outlet == .xihu {
                extract = extract.cardRow("C1", of: .wang, status: card)
            }
            try outlets[outlet].takeAndClose([extract], in: outlets.files)
        }
        return branch
    }

    private func closeThrough(_ date: String, _ branch: TierBranch) throws -> TierCloses {
        try branch.outlets.close(date, at: [.wulin, .xihu, .gulou])
        try branch.outlets.exchange()
        return try branch.close()
    }

    private func owner(_ branch: TierBranch) throws -> StaffID? {
        try branch.bank.owners(of: .wang, by: "t").first?.ownership.owner?.manager
    }

    @Test func `who leaves the target pool is nobody's after the close of that date`() throws {
        let branch = try branch()

        #expect(try closeThrough("2025-04-02", branch).exits == [])
        #expect(try owner(branch) == .ada)

        let closes = try closeThrough("2025-04-03", branch)

        #expect(closes.exits.map(\.customer) == [.wang])
        #expect(closes.days.last?.targetOut == 1)
        #expect(try owner(branch) == nil)
        let entry = try branch.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first
        #expect(entry?.claims.count { $0.claim.kind == .exit } == 1)
        #expect(try closeThrough("2025-04-04", branch).exits == [])
    }

    /// Xihu's line is down from 4 March on, until it is back or the waiting time is over.
    @Test(arguments: [true, false])
    func `nobody loses a customer by figures that were carried forward`(isBack: Bool) throws {
        let branch = try branch()
        try branch.outlets.exchange()
        try branch.outlets.close("2025-04-03", at: [.wulin, .gulou])
        try branch.outlets.exchange([.wulin, .gulou])

        let closes = try branch.close()
        #expect(closes.days.last?.targetOut == 1 && closes.days.last?.late == [.xihu])
        #expect(closes.exits == [])
        #expect(try owner(branch) == .ada)
        #expect(try branch.bank.firstTiersToClose() == [])

        if isBack {
            try branch.outlets.close("2025-04-03", [.xihu: "200000"])
            try branch.outlets.exchange([.xihu])
            #expect(try branch.close().exits == [])
            #expect(try branch.standings().last?.pool == .target)
        } else {
            try branch.outlets.close("2025-04-30", at: [.wulin, .gulou])
            try branch.outlets.exchange([.wulin, .gulou])
            #expect(try branch.close().exits.map(\.customer) == [.wang])
        }
        #expect(try owner(branch) == (isBack ? .ada : nil))
    }

    @Test(arguments: [("active", 0), ("lost", 1)])
    func `an active card of any outlet keeps the owner`(card: String, exits: Int) throws {
        let branch = try branch(card: card)

        #expect(try closeThrough("2025-04-03", branch).exits.count == exits)
        #expect(try owner(branch) == (exits == 0 ? .ada : nil))
    }

    @Test func `an owner goes when the card does`() throws {
        let branch = try branch(card: "active")
        _ = try closeThrough("2025-04-03", branch)
        try branch.outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-04-04"), outlet: .xihu)
                    .cardRow("C1", of: .wang, status: "lost")
            ], in: branch.outlets.files)
        try branch.outlets.exchange()

        #expect(try branch.close().exits.map(\.customer) == [.wang])
    }

    @Test func `whom a ruling gave although no target is owned`() throws {
        let branch = try branch()
        _ = try closeThrough("2025-04-03", branch)
        _ = try branch.bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "裁定")

        #expect(try closeThrough("2025-05-31", branch).exits == [])
        #expect(try owner(branch) == .cai)
    }

    /// Every point at which the process may end, until the close needs no more commits.
    @Test func `a close that ends at any commit goes on, and releases each customer once`() throws {
        let branch = try branch()
        try branch.outlets.close("2025-04-03", at: [.wulin, .xihu, .gulou])
        try branch.outlets.exchange()
        try branch.close(through: "2025-04-01")
        var moments = 0
        while true {
            let stops = StoppingWorld()
            let bank = try branch.bank.copiedInMemory(world: stops.world)
            stops.stop(after: moments)

            do {
                _ = try bank.closeDays(firstTier: .zhejiang, by: "t")
            } catch is StoppingWorld.Stopped {
                // The next run does the rest.
            }
            let isThrough = stops.goOn()
            // Whoever closes what is to be closed finds that there is something left.
            if try bank.owners(of: .wang, by: "t").first?.ownership.owner != nil {
                #expect(try bank.firstTiersToClose() == [.zhejiang], "after \(moments)")
            }
            _ = try bank.closeDays(firstTier: .zhejiang, by: "t")

            let view = try #require(try bank.customersView(of: .zhejiang, by: "hal").first)
            #expect(view.persons.pools == [.retained: 2], "after \(moments)")
            #expect(view.closed?.through == day("2025-04-03"), "after \(moments)")
            let claims =
                try bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first?.claims ?? []
            #expect(claims.count { $0.claim.kind == .exit } == 1, "after \(moments)")
            if isThrough { break }
            moments += 1
        }
        #expect(moments > 10)
    }

    @Test func `an addition by hand takes effect at the close of its date`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.outlets.exchange()

        try branch.close(through: "2025-03-02")
        #expect(try branch.standings().map(\.pool) == [.retained])
        let closes = try branch.close()

        #expect(closes.days.map(\.targetIn) == [1])
        let standing = try #require(try branch.standings().last)
        #expect(standing.pool == .target && standing.origin == .manual)
        #expect(standing.poolSince == day("2025-03-03"))
        #expect(closes.exits == [])
        #expect(try owner(branch) == .ada)
    }

    @Test(arguments: [(true, 0), (false, 1)])
    func `a target by hand who was renewed stays a target of the first tier`(
        isRenewed: Bool, exits: Int
    ) throws {
        let branch = try TierBranch(organisation: Self.organisation)
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets.close("2025-03-31", at: [.wulin])
        if isRenewed {
            let date = try branch.outlets[.wulin].renewTarget(.wang, by: .eve, because: "将到账")
            #expect(date == day("2025-04-01"))
        }
        try branch.outlets.close("2025-04-30", at: [.wulin])
        try branch.outlets.exchange()

        #expect(try branch.close().exits.count == exits)
        let standing = try #require(try branch.standings().last)
        #expect(standing.pool == (isRenewed ? .target : .retained))
        #expect(standing.belowSince == (isRenewed ? day("2025-04-01") : nil))
        let received = try branch.bank.received(from: .wulin, by: "t")
        #expect(received["targetRenewal"]?.count == (isRenewed ? 1 : 0))
    }

    @Test func `an outlet without an account of the customer renews nobody`() throws {
        let branch = try TierBranch(organisation: Self.organisation)
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets.close("2025-04-30", at: [.wulin])
        try branch.outlets.exchange()
        let file = try DatabaseQueue(
            path: branch.office.directory.path + "/office/first-tier-33.sqlite")
        try file.write {
            try $0.execute(
                sql: """
                    INSERT INTO targetRenewal (outlet, id, customer, date, staff, reason, at)
                    VALUES ('330102', '3300000001/2025-04-01', '3300000001', ?, 'sun', x'00', 0)
                    """,
                arguments: [day("2025-04-01").daysSinceEpoch])
        }

        try branch.close()

        #expect(try branch.standings().last?.pool == .retained)
    }

    @Test func `a renewal that comes after the close of its date counts from that date`() throws {
        let branch = try TierBranch(organisation: Self.organisation)
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets.close("2025-03-31", at: [.wulin])
        try branch.outlets.close("2025-04-01", at: [.gulou])
        try branch.outlets.exchange()
        try branch.close()
        _ = try branch.outlets[.wulin].renewTarget(.wang, by: .eve, because: "将到账")
        try branch.outlets.exchange([.wulin])

        #expect(try branch.due() == [.wang])
        try branch.close()
        #expect(try branch.standings().last?.belowSince == day("2025-04-01"))
    }

    @Test func `an addition that was taken back before the close makes no target`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets[.wulin].cancelAddition(of: .wang, by: .ada)
        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.outlets.exchange()
        try branch.close()

        #expect(try branch.standings().map(\.pool) == [.retained])
    }

    @Test(arguments: [("2025-03-03", "closed"), ("", "frozen")])
    func `an addition whose demand account closes or freezes the same day makes no target`(
        closedOn: String, status: String
    ) throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .wulin).accountRow(
                    "A\(UnitCode.wulin)\(CustomerNumber.wang)", of: .wang, closedOn: closedOn,
                    status: status)
            ], in: branch.outlets.files)
        try branch.outlets.exchange()
        try branch.close()

        #expect(try Set(branch.standings().map(\.pool)) == [.retained])
    }

    @Test func `an addition that comes after the close of its date counts from that date`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "500"])
        try branch.outlets.close("2025-03-03", at: [.gulou])
        try branch.outlets.exchange()
        _ = try branch.outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try branch.outlets.close("2025-03-03", at: [.wulin])
        try branch.close()
        try branch.outlets.exchange([.wulin])

        let closes = try branch.close()

        #expect(closes.reclosed == [.zhejiang: 1] && closes.differences == 1)
        #expect(try branch.standings().last?.poolSince == day("2025-03-03"))
        #expect(try branch.standings().last?.origin == .manual)
        #expect(try branch.bank.differences(by: "hal").map(\.cause) == [.late])
    }
}
