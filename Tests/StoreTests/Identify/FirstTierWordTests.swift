import Bank
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// An outlet's own result makes room for what the first-tier branch decided from all its outlets.
struct FirstTierWordTests {
    private let files: TemporaryDirectory
    private let node: NodeDisk
    private let store: BranchStore

    /// Wang has 60,000 at Wulin, whose node has a head office.
    init() throws {
        files = try TemporaryDirectory()
        let world = TestWorld()
        node = try NodeDisk(
            .wulin, at: BankStore(inMemory: .ofTests, world: world.world), world: world)
        store = try node.start()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "60000")], in: files)
    }

    private func record(_ standing: Standing, outlets: Int = 2, said: Int64 = 1) -> PassedOn {
        TierStandingRecord(
            customer: .wang,
            word: FirstTierWord(
                standing: standing, activeCard: false, outlets: outlets,
                history: StandingHistory([standing]), said: said)
        ).record(of: .zhejiang)
    }

    private func say(
        _ standing: Standing, outlets: Int = 2, closedThrough: String? = nil,
        to store: BranchStore? = nil
    ) throws {
        let store = store ?? self.store
        let through = try store.lineState().watermark + 1
        try store.apply(
            Delta(
                through: through, hasMore: false,
                organisationVersion: try store.organisationVersion(), organisation: nil,
                claims: [], settled: [],
                records: [record(standing, outlets: outlets, said: through)],
                closedThrough: closedThrough.map { day($0) }))
    }

    @Test func `what was said before the word that is here does not take its place`() throws {
        for _ in 1...2 { try say(Self.target) }
        let earlier = Standing.ofFirstTier(
            "2025-03-01", .potential, assets: 80_000, largest: 60_000)
        func bring(_ said: Int64) throws {
            try store.apply(
                Delta(
                    through: 3, hasMore: false,
                    organisationVersion: try store.organisationVersion(), organisation: nil,
                    claims: [], settled: [], records: [record(earlier, said: said)]))
        }

        try bring(1)
        #expect(try position().standing.pool == .target)

        try bring(3)
        #expect(try position().standing.pool == .potential)
    }

    private func close(_ date: String, balance: String? = nil) throws -> [ClosedDay] {
        let extract = ExtractBuilder(day(date))
        return try store.takeAndClose(
            [balance.map { extract.balanceRow("A3300000001", $0) } ?? extract], in: files)
    }

    private func position(_ store: BranchStore? = nil) throws -> CustomerStanding {
        try (store ?? self.store).customer(.wang, by: "os:test").position
    }

    private static let target = Standing.ofFirstTier(
        "2025-03-01", .target, assets: 120_000, largest: 60_000)

    @Test func `60,000 here and 60,000 elsewhere are a target once the first-tier branch said so`()
        throws
    {
        let before = try position()
        #expect(before.standing.pool == .potential)
        #expect(before.decidedBy == .outlet && before.isProvisional)

        try say(Self.target, closedThrough: "2025-03-01")

        let after = try position()
        #expect(after.standing.pool == .target && after.standing.origin == .rule)
        #expect(after.standing.assets.financial == HalfFen(24_000_000))
        #expect(after.here == HalfFen(12_000_000))
        #expect(after.accumulated == HalfFen(24_000_000))
        #expect(after.decidedBy == .firstTier && !after.isProvisional)
        #expect(try store.pendingCustomers().map(\.financialAssets) == [HalfFen(12_000_000)])
    }

    @Test
    func `the day after, the outlet counts what was last known elsewhere, and is provisional`()
        throws
    {
        try say(Self.target, closedThrough: "2025-03-01")

        _ = try close("2025-03-02", balance: "50000")

        let position = try position()
        #expect(position.standing.pool == .target)
        #expect(position.standing.assets.financial == HalfFen(22_000_000))
        #expect(position.here == HalfFen(10_000_000))
        #expect(position.accumulated == HalfFen(46_000_000))
        #expect(position.decidedBy == .outlet && position.isProvisional)
        #expect(try store.provisionalDate() == day("2025-03-02"))
    }

    @Test func `a word on an earlier date decides the days after it again`() throws {
        _ = try close("2025-03-02")
        _ = try close("2025-03-03", balance: "20000")
        #expect(try position().standing.pool == .potential)

        try say(Self.target)

        let position = try position()
        #expect(position.standing.pool == .target)
        #expect(position.standing.poolSince == day("2025-03-01"))
        #expect(position.standing.belowSince == day("2025-03-03"))
        #expect(position.here == HalfFen(4_000_000))
        #expect(position.accumulated == HalfFen(2 * 24_000_000 + 16_000_000))
    }

    @Test func `what moves after a word on an earlier date adds to what is held here`() throws {
        _ = try close("2025-03-02")
        _ = try close("2025-03-03", balance: "20000")
        try say(Self.target)

        _ = try close("2025-03-04", balance: "30000")

        let position = try position()
        #expect(position.here == HalfFen(6_000_000))
        #expect(position.standing.assets.financial == HalfFen(18_000_000))
        #expect(position.standing.pool == .target)
        #expect(try store.totals().accounts == 1)
    }

    @Test func `a date between two rows gets a row of its own, and a month's end after it a tier`()
        throws
    {
        _ = try close("2025-03-31")
        #expect(try position().standing.tier == nil)

        try say(
            .ofFirstTier(
                "2025-03-30", .target, since: "2025-03-05", assets: 120_000, largest: 60_000,
                days: 89))

        let standing = try position().standing
        #expect(standing.poolSince == day("2025-03-05"))
        #expect(standing.tier == .gold)
        #expect(standing.tierSince == day("2025-04-01"))
        let rows = try node.disk.read {
            try Row.fetchAll($0, sql: "SELECT date, pool FROM standing ORDER BY date").map {
                "\(BusinessDay(daysSinceEpoch: $0[0])) \($0[1] as String)"
            }
        }
        #expect(rows == ["2025-03-01 potential", "2025-03-30 target", "2025-03-31 target"])
        // Whoever is searched for among all is found as the last row says.
        let latest = try node.disk.read {
            try String.fetchAll($0, sql: "SELECT pool || ' ' || origin FROM latestStanding")
        }
        #expect(latest == ["target rule"])
    }

    @Test func `a word ahead of the outlet's close is taken by it, after a restart too`() throws {
        try say(.ofFirstTier("2025-03-03", .target, assets: 120_000, largest: 60_000))
        #expect(try position().standing.pool == .potential)
        let restarted = try node.start()

        let closed = try restarted.takeAndClose(
            [ExtractBuilder(day("2025-03-04"))], in: files)

        #expect(closed.map(\.targetIn) == [0, 1, 0])
        let position = try position(restarted)
        #expect(position.standing.pool == .target)
        #expect(position.standing.poolSince == day("2025-03-03"))
        #expect(position.accumulated == HalfFen(2 * 24_000_000))
    }

    @Test func `a corrected extract takes the first-tier branch's word again`() throws {
        _ = try close("2025-03-02")
        try say(Self.target, closedThrough: "2025-03-02")

        let corrected = ExtractBuilder(day("2025-03-01")).holding(.wang, "61000").with {
            $0.sequence = 2
        }
        try store.takeAndClose([corrected], in: files)

        #expect(try position().standing.pool == .target)
        #expect(try position().here == HalfFen(12_200_000))
    }

    @Test func `nothing held elsewhere any more, the outlet counts its own alone`() throws {
        try say(Self.target)
        _ = try close("2025-03-02")

        try say(
            .ofFirstTier(
                "2025-03-02", .target, since: "2025-03-01", belowSince: "2025-03-02",
                assets: 60_000, largest: 60_000), outlets: 1, closedThrough: "2025-03-02")
        _ = try close("2025-03-03")

        let position = try position()
        #expect(position.standing.assets.financial == position.here)
        #expect(position.standing.belowSince == day("2025-03-02"))
    }

    @Test func `a word that says what the outlet found changes nothing`() throws {
        _ = try close("2025-03-02")
        let before = try store.lineState().pending

        try say(.ofFirstTier("2025-03-01", .potential, assets: 60_000, largest: 60_000))

        #expect(try store.lineState().pending == before)
        #expect(try position().standing.pool == .potential)
    }

    @Test func `a claim's evidence and a customer's history say whose figures they are`() throws {
        try say(Self.target)
        let result = try #require(try store.assign([.wang], to: .ada, by: .eve).first)

        let claim = try #require(
            try store.ownership(of: .wang, by: "t").claims?.first { $0.claim.id == result.claim })
        #expect(claim.claim.evidence.holdings == HalfFen(12_000_000))
        let view = try store.customer(.wang, by: "os:test")
        #expect(view.history.pools.map(\.pool) == [.target])
    }

    @Test func `an addition by hand that head office does not know stays`() throws {
        _ = try store.addTarget(.wang, by: .ada, because: "介绍")
        try say(.ofFirstTier("2025-03-02", .potential, assets: 70_000, largest: 60_000))

        _ = try close("2025-03-02")

        let position = try position()
        #expect(position.standing.pool == .target && position.standing.origin == .manual)
        #expect(position.standing.assets.financial == HalfFen(14_000_000))
    }

    @Test func `an addition by hand is found again when the days after a word are decided again`()
        throws
    {
        _ = try store.addTarget(.wang, by: .ada, because: "介绍")
        _ = try close("2025-03-02")
        #expect(try position().standing.origin == .manual)

        try say(.ofFirstTier("2025-03-01", .potential, assets: 70_000, largest: 60_000))

        let position = try position()
        #expect(position.standing.pool == .target && position.standing.origin == .manual)
        #expect(position.standing.poolSince == day("2025-03-02"))
    }

    @Test func `statement 14: what an earlier version kept unread is taken in, the newest of it`()
        throws
    {
        let secrets = Secrets(.ofTests)
        let kept = [
            record(.ofFirstTier("2025-03-01", .potential, assets: 70_000, largest: 60_000)),
            record(Self.target, said: 2),
        ]
        try node.disk.write { db in
            for record in kept {
                let key = record.key(in: nil)
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO unknownRecord (outlet, record, key, customer, content)
                        VALUES ('33', 'tierStanding', ?, '3300000001', ?)
                        """,
                    arguments: [
                        key,
                        secrets.seal(
                            JSONValue.object(record.row).description, "unknownRecord",
                            "33/tierStanding/\(key)", "content"),
                    ])
            }
        }

        let updated = try node.start()

        #expect(try position(updated).standing.pool == .target)
        let left = try node.disk.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM unknownRecord")
        }
        #expect(left == 0)
    }

    @Test func `a node without a head office decides for itself`() throws {
        let alone = try BranchStore.alone()
        try alone.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "60000")], in: files)

        let position = try position(alone)

        #expect(position.decidedBy == .outlet && !position.isProvisional)
        #expect(try alone.provisionalDate() == nil)
    }
}
