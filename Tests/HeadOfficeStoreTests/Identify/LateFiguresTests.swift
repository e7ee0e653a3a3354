import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Outlets that deliver late, or something else than before (`sync.md`, what has been sealed stays).
struct LateFiguresTests {
    /// Wang has 60,000 at Wulin and 10,000 at Xihu, closed through 2 March; on the 3rd Xihu's line
    /// is down, and Wang has 60,000 there too.
    private func branchWithLateXihu() throws -> TierBranch {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "10000"])
        try branch.outlets.close("2025-03-02", at: [.gulou])
        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets.close("2025-03-03", at: [.wulin, .gulou])
        try branch.outlets.close("2025-03-03", [.xihu: "60000"])
        try branch.outlets.exchange([.wulin, .gulou])
        return branch
    }

    private func late(_ branch: TierBranch) throws -> [UnitCode]? {
        try branch.bank.customersView(of: .zhejiang, by: "hal").first?.closed?.late
    }

    @Test func `an outlet that has not delivered is carried forward and named`() throws {
        let branch = try branchWithLateXihu()

        let closed = try #require(try branch.close().days.first)

        #expect(closed.date == day("2025-03-03"))
        #expect(closed.late == [.xihu])
        #expect(try branch.standings().last?.assets.financial == yuan("70000").halves)
        #expect(try branch.standings().last?.pool == .potential)
    }

    @Test func `figures that come late close their customers again, and the difference is kept`()
        throws
    {
        let branch = try branchWithLateXihu()
        try branch.close()
        try branch.outlets.exchange([.xihu])

        #expect(try branch.bank.firstTiersToClose() == [.zhejiang])
        let closes = try branch.close()

        #expect(closes.days == [])
        #expect(closes.reclosed == [.zhejiang: 1])
        #expect(closes.differences == 1)
        #expect(try branch.standings().last?.pool == .target)
        #expect(try branch.standings().last?.poolSince == day("2025-03-03"))
        #expect(try late(branch) == [])
        let difference = try #require(
            try branch.bank.differences(of: .zhejiang, by: "hal").first)
        #expect(difference.customer == .wang)
        #expect(difference.dates == day("2025-03-03")...day("2025-03-03"))
        #expect(difference.then.pool == .potential && difference.now?.pool == .target)
        #expect(difference.cause == .late && difference.outlets == [.xihu])
        #expect(try branch.due() == [])
    }

    @Test func `a corrected extract closes again and is told from a late one`() throws {
        let branch = try branchWithLateXihu()
        try branch.outlets.exchange([.xihu])
        try branch.close()
        try branch.outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu)
                    .balanceRow("A\(UnitCode.xihu)\(CustomerNumber.wang)", "20000")
                    .with { $0.sequence = 2 }
            ], in: branch.outlets.files)
        try branch.outlets.exchange([.xihu])

        try branch.close()

        #expect(try branch.standings().map(\.pool) == [.potential, .potential])
        let difference = try #require(
            try branch.bank.differences(of: .zhejiang, by: "hal").first)
        #expect(difference.then.pool == .target && difference.now?.pool == .potential)
        #expect(difference.cause == .corrected)
    }

    @Test(arguments: [("the pool alone", "60000", 0), ("the assets", "70000", 1)])
    func `of an outlet's figures only what it knows of accounts closes again`(
        what: String, assets: String, reclosed: Int
    ) throws {
        let branch = try branchWithLateXihu()
        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets.close("2025-03-04", [.wulin: "60001"])
        let head = try #require(try branch.outlets[.wulin].nextBatch(on: .records))
        let changes: [(String, JSONValue)] = [
            ("date", .int(Int64(day("2025-03-02").daysSinceEpoch))), ("pool", "target"),
            ("origin", "rule"), ("financialAssets", JSONValue(yuan(assets).halves)),
            ("largestAccount", JSONValue(yuan("60000"))),
        ]

        let batch = try TestBatch(head, of: branch.outlets[.wulin]).changing("standing") {
            changes.reduce($0) { $0.setting($1.0, to: $1.1) }
        }
        for part in try batch.parts() {
            _ = try branch.bank.receive(part, from: branch.outlets.talk(.wulin).node())
        }

        #expect(try branch.due().count == reclosed)
    }

    @Test func `history that an outlet delivers from before the first close is closed as well`()
        throws
    {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-03", [.wulin: "60000"])
        try branch.outlets.exchange([.wulin])
        try branch.close()
        try branch.outlets.close("2025-03-01", [.xihu: "60000"])
        try branch.outlets.close("2025-03-03", at: [.xihu])
        try branch.outlets.exchange([.xihu])

        try branch.close()

        let clean = try TierBranch()
        try clean.outlets.close("2025-03-01", [.xihu: "60000"])
        try clean.outlets.close("2025-03-03", at: [.xihu])
        try clean.outlets.close("2025-03-03", [.wulin: "60000"])
        try clean.outlets.exchange([.wulin, .xihu])
        try clean.close()
        #expect(try TableDump.differences(branch.result(), clean.result()) == [])
        #expect(try branch.standings().map(\.date) == [day("2025-03-01"), day("2025-03-03")])
    }

    @Test func `who is closed again alike is told to nobody again`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"), outlet: .xihu)
                    .holding(.wang, "60000", account: "A\(UnitCode.xihu)\(CustomerNumber.wang)")
                    .accountRow("B1", of: .wang).with { $0.sequence = 2 }
            ], in: branch.outlets.files)
        try branch.outlets.exchange([.xihu])
        let said = try branch.office.dump()["tierWord"]
        #expect(said.count == 2)

        #expect(try branch.close().reclosed == [.zhejiang: 1])
        #expect(try branch.office.dump()["tierWord"] == said)
    }

    /// The line is down from before the first tier gets a lower line until after its close.
    @Test func `an outlet that closed with older parameters is told once it has delivered`() throws
    {
        let branch = try TierBranch()
        let wulin = branch.outlets[.wulin]
        try branch.outlets.close("2025-03-03", [.wulin: "60000"])
        try branch.outlets.close("2025-03-03", at: [.xihu])
        try branch.outlets.exchange()
        let proposal = try branch.bank.propose(
            ParameterSetting(
                name: "tgt_min", scope: .bank, value: "50000", effectiveFrom: day("2025-03-04")),
            because: "竞争", by: .hal)
        _ = try branch.bank.approveParameter(proposal.number, by: .amy)
        try branch.outlets.close("2025-03-04", at: [.wulin, .xihu])
        try branch.outlets.exchange([.xihu])
        try branch.close()
        #expect(try branch.standings().map(\.pool) == [.potential, .target])
        try branch.outlets.exchange([.wulin])
        #expect(try wulin.customer(.wang, by: "t").position.standing.pool == .potential)

        try branch.close()
        try branch.outlets.exchange([.wulin])

        let position = try wulin.customer(.wang, by: "t").position
        #expect(position.standing.pool == .target && position.decidedBy == .firstTier)
    }

    @Test func `an outlet that comes in later is late with nothing that was closed before`() throws
    {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "1"])
        try branch.outlets.close("2025-03-02", at: [.xihu, .gulou])
        try branch.outlets.exchange()
        try branch.close()
        let closed = try branch.result()["tierClose"]
        #expect(closed?.contains { $0.contains(#"late="[]""#) } == true)
        let held = Organisation.ofTests
        _ = try branch.bank.load(
            Organisation(
                units: held.units + [
                    Unit(code: "330199", name: "滨江支行", level: .outlet, parent: "3301")
                ], staff: held.staff), as: .amy, reason: nil)
        _ = try BranchStore.enrolled(
            "330199", at: branch.bank, world: branch.outlets.world, name: "node-new")

        try branch.close()

        #expect(try branch.result()["tierClose"] == closed)
    }

    @Test func `one date of years ago has nothing closed before the others`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-02", [.wulin: "60000"])
        try branch.outlets.exchange()
        try branch.close()
        try branch.outlets.close("2019-01-01", [.xihu: "60000"])
        try branch.outlets.exchange()

        try branch.close()

        #expect(try branch.result()["tierClose"]?.count == 1)
        #expect(try branch.standings().map(\.pool) == [.target])
    }

    @Test func `a supervisor of the first tier marks differences as seen`() throws {
        let branch = try branchWithLateXihu()
        try branch.close()
        try branch.outlets.exchange([.xihu])
        try branch.close()
        let number = try #require(try branch.bank.differences(by: "hal").first?.number)

        #expect(throws: Refusal(.notAllowed, ["staff": "eve"])) {
            try branch.bank.markSeen([number], by: .eve)
        }
        #expect(throws: Refusal(.unknownDifference, ["number": "99"])) {
            try branch.bank.markSeen([number, 99], by: .fay)
        }
        #expect(try branch.bank.openDifferences(of: .zhejiang) == 1)
        let open = try branch.bank.differences(of: .zhejiang, open: 0..<50, seen: 50, by: "hal")
        #expect(open.open.map(\.number) == [number] && open.seen == [])
        #expect(
            try branch.bank.differences(of: .zhejiang, open: 1..<2, seen: 50, by: "hal").open == [])
        #expect(try branch.bank.markSeen([number], by: .fay).map(\.seenBy) == [.fay])
        #expect(try branch.bank.differences(by: "hal") == [])
        #expect(try branch.bank.differences(seen: true, by: "hal").map(\.number) == [number])
        let page = try branch.bank.differences(of: .zhejiang, open: 0..<50, seen: 50, by: "hal")
        #expect(page.open == [] && page.seen.map(\.number) == [number])
    }
}
