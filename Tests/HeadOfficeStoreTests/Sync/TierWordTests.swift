import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Which outlets are told what the first-tier branch's close decided.
struct TierWordTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets

    /// Wang has accounts at Wulin and Xihu, Zhang at Gulou alone; all have sent their close.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "60000", .xihu: "60000"])
        try outlets.close("2025-03-01", [.gulou: "20000"], of: .zhang)
        try outlets.exchange()
    }

    private static let wang = Standing.ofFirstTier(
        "2025-03-01", .target, assets: 120_000, largest: 60_000)
    private static let zhang = Standing.ofFirstTier(
        "2025-03-01", .potential, assets: 20_000, largest: 20_000)

    private func words(_ delta: Delta) -> [TierStandingRecord] {
        delta.records.compactMap(TierStandingRecord.init)
    }

    private func words(for outlet: UnitCode) throws -> [TierStandingRecord] {
        words(
            try outlets.bank.delta(
                for: outlets.talk(outlet).node(),
                PullRequest(after: 0, organisationVersion: 1)))
    }

    @Test func `outlets that share a customer are told, and nobody of one whom an outlet finds`()
        throws
    {
        try office.closeFirstTier("2025-03-01", [(.wang, Self.wang, 2), (.zhang, Self.zhang, 1)])

        #expect(try words(for: .wulin).map(\.customer) == [.wang])
        #expect(try words(for: .xihu).map(\.word.standing.pool) == [.target])
        #expect(try words(for: .gulou) == [])
        let word = try #require(try words(for: .wulin).first).word
        #expect(word.standing.assets.financial == HalfFen(24_000_000))
        #expect(word.history.pools.map(\.pool) == [.target])
    }

    @Test func `an outlet whose own result is another one is told`() throws {
        var otherwise = Self.zhang
        otherwise.poolSince = day("2025-02-01")

        try office.closeFirstTier("2025-03-01", [(.zhang, otherwise, 1)])

        #expect(try words(for: .gulou).map(\.customer) == [.zhang])
        #expect(try words(for: .wulin) == [])
    }

    @Test func `an outlet is not told of a date that it has yet to send`() throws {
        try office.closeFirstTier(
            "2025-03-31", late: [.gulou],
            [(.zhang, .ofFirstTier("2025-03-31", .retained, assets: 20_000, largest: 20_000), 1)])

        #expect(try words(for: .gulou) == [])
    }

    @Test func `who was told once is told of the change after which the outlet would find it`()
        throws
    {
        try office.closeFirstTier("2025-03-01", [(.wang, Self.wang, 2)])
        let first = try #require(try words(for: .wulin).first)

        try outlets.close("2025-03-02", at: [.wulin])
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-02")
            ], in: outlets.files)
        for outlet in [UnitCode.wulin, .xihu] { try outlets.talk(outlet).push() }
        try office.closeFirstTier(
            "2025-03-02",
            [
                (
                    .wang,
                    .ofFirstTier(
                        "2025-03-02", .target, since: "2025-03-01", belowSince: "2025-03-02",
                        assets: 60_000, largest: 60_000), 1
                )
            ])

        let now = try words(for: .wulin)
        #expect(now.map(\.word.outlets) == [1])
        #expect(now.allSatisfy { $0.word.said > first.word.said })
        // Xihu does not serve the customer any more.
        #expect(try words(for: .xihu) == [])
    }

    @Test func `each customer's word can end a delta`() throws {
        try outlets.close("2025-03-02", [.wulin: "20000"], of: .zhang)
        try outlets.exchange()
        let after = try outlets[.wulin].lineState().watermark
        try office.closeFirstTier("2025-03-02", [(.wang, Self.wang, 2), (.zhang, Self.zhang, 2)])

        let node = try outlets.talk(.wulin).node()
        let first = try outlets.bank.delta(
            for: node, PullRequest(after: after, organisationVersion: 1), upTo: 1)
        #expect(first.hasMore)
        let second = try outlets.bank.delta(
            for: node, PullRequest(after: first.through, organisationVersion: 1), upTo: 1)
        let third = try outlets.bank.delta(
            for: node, PullRequest(after: second.through, organisationVersion: 1), upTo: 1)

        #expect(
            [first, second, third].flatMap { words($0) }.map(\.customer).sorted()
                == [.wang, .zhang])
        #expect([first, second, third].allSatisfy { words($0).count <= 1 })
    }

    @Test func `a delta says through which date the branch has closed with the outlet's figures`()
        throws
    {
        func closedThrough(_ outlet: UnitCode) throws -> BusinessDay? {
            try outlets.bank.delta(
                for: outlets.talk(outlet).node(), PullRequest(after: 0, organisationVersion: 1)
            ).closedThrough
        }
        #expect(try closedThrough(.wulin) == nil)

        try office.closeFirstTier("2025-03-01")
        try office.closeFirstTier("2025-03-02", late: [.gulou])
        try office.closeFirstTier("2025-03-03")

        #expect(try closedThrough(.wulin) == day("2025-03-03"))
        #expect(try closedThrough(.gulou) == day("2025-03-01"))
        // The late figures came, and the date was closed again.
        try office.closeFirstTier("2025-03-02")
        #expect(try closedThrough(.gulou) == day("2025-03-03"))
    }

    @Test func `a node of a version before compares what it knows`() throws {
        try outlets.exchange()
        try office.closeFirstTier("2025-03-01", [(.wang, Self.wang, 2)])
        try outlets.exchange()
        let wulin = outlets[.wulin]
        let position = ReceivedPosition(
            after: try wulin.lineState().watermark,
            organisationVersion: try wulin.organisationVersion())
        let digest = try wulin.receivedDigest()
        func ask(_ question: ReceivedQuestion) throws -> JSONValue {
            try outlets.bank.answer(
                question.json.canonicalBytes, at: Message.digestPath,
                from: outlets.talk(.wulin).node())
        }

        #expect(digest.root != digest.root(with: []))
        #expect(try ask(.root(digest.root, at: position))["equal"] == true)
        #expect(try ask(.root(digest.root(with: []), at: position, with: []))["equal"] == true)
    }
}
