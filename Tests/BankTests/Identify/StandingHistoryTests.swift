import Bank
import TestSupport
import Testing

/// Pools and tiers as periods, from the standings of a customer.
struct StandingHistoryTests {
    private static func standing(
        _ date: String, _ pool: Pool, since: String, origin: Origin? = nil, tier: Tier? = nil,
        tierSince: String? = nil
    ) -> Standing {
        Standing(
            date: day(date), pool: pool, poolSince: day(since), origin: origin, tier: tier,
            tierSince: tierSince.map { day($0) }, assets: .none, accumulated: .zero)
    }

    private static func pool(
        _ pool: Pool, _ from: String, _ to: String?, _ cause: StandingHistory.Cause
    ) -> StandingHistory.PoolPeriod {
        StandingHistory.PoolPeriod(
            pool: pool, from: day(from), to: to.map { day($0) }, cause: cause)
    }

    private static func tier(
        _ tier: Tier, _ from: String, _ to: String?
    ) -> StandingHistory.TierPeriod {
        StandingHistory.TierPeriod(tier: tier, from: day(from), to: to.map { day($0) })
    }

    @Test func `a way through every pool and tier is so many periods, each with its rule`() {
        let history = StandingHistory([
            Self.standing("2025-01-02", .retained, since: "2025-01-02"),
            Self.standing("2025-01-09", .retained, since: "2025-01-02"),
            Self.standing("2025-02-03", .potential, since: "2025-02-03"),
            Self.standing("2025-03-31", .retained, since: "2025-03-31"),
            Self.standing("2025-04-10", .potential, since: "2025-04-10"),
            Self.standing("2025-04-11", .target, since: "2025-04-11", origin: .rule),
            Self.standing(
                "2025-04-30", .target, since: "2025-04-11", origin: .rule, tier: .platinum,
                tierSince: "2025-05-01"),
            Self.standing(
                "2025-05-12", .target, since: "2025-04-11", origin: .rule, tier: .platinum,
                tierSince: "2025-05-01"),
            Self.standing(
                "2025-06-30", .target, since: "2025-04-11", origin: .rule, tier: .gold,
                tierSince: "2025-07-01"),
            Self.standing("2025-12-20", .potential, since: "2025-12-20"),
            Self.standing("2025-12-31", .retained, since: "2025-12-31"),
            Self.standing("2026-01-05", .target, since: "2026-01-05", origin: .manual),
        ])

        #expect(
            history.pools == [
                Self.pool(.retained, "2025-01-02", "2025-02-03", .known),
                Self.pool(.potential, "2025-02-03", "2025-03-31", .potentialEntry),
                Self.pool(.retained, "2025-03-31", "2025-04-10", .potentialExit),
                Self.pool(.potential, "2025-04-10", "2025-04-11", .potentialEntry),
                Self.pool(.target, "2025-04-11", "2025-12-20", .targetEntry),
                Self.pool(.potential, "2025-12-20", "2025-12-31", .targetExit),
                Self.pool(.retained, "2025-12-31", "2026-01-05", .potentialExit),
                Self.pool(.target, "2026-01-05", nil, .byHand),
            ])
        #expect(
            history.tiers == [
                Self.tier(.platinum, "2025-05-01", "2025-06-30"),
                Self.tier(.gold, "2025-07-01", "2025-12-20"),
            ])
    }

    @Test(arguments: [
        (Origin.rule, StandingHistory.Cause.targetEntry, false), (.manual, .byHand, true),
        (.both, .both, true),
    ])
    func `a target of the first close has its origin for a cause`(
        origin: Origin, cause: StandingHistory.Cause, isManual: Bool
    ) {
        let history = StandingHistory([
            Self.standing("2025-01-31", .target, since: "2025-01-31", origin: origin)
        ])

        #expect(history.pools == [Self.pool(.target, "2025-01-31", nil, cause)])
        #expect(cause.isManual == isManual)
    }

    @Test func `a tier that is lost within the pool ends, and comes again as another period`() {
        let history = StandingHistory([
            Self.standing("2025-01-31", .target, since: "2025-01-31", origin: .rule),
            Self.standing(
                "2025-02-28", .target, since: "2025-01-31", origin: .rule, tier: .gold,
                tierSince: "2025-03-01"),
            Self.standing("2025-03-31", .target, since: "2025-01-31", origin: .rule),
            Self.standing(
                "2025-04-30", .target, since: "2025-01-31", origin: .rule, tier: .gold,
                tierSince: "2025-05-01"),
        ])

        #expect(
            history.tiers == [
                Self.tier(.gold, "2025-03-01", "2025-03-31"), Self.tier(.gold, "2025-05-01", nil),
            ])
        #expect(history.pools.count == 1)
    }

    @Test func `straight from target to retained and back is told apart from staying`() {
        let history = StandingHistory([
            Self.standing("2025-01-01", .target, since: "2025-01-01", origin: .rule),
            Self.standing("2025-08-01", .retained, since: "2025-08-01"),
            Self.standing("2025-08-02", .target, since: "2025-08-02", origin: .rule),
        ])

        #expect(history.pools.map(\.cause) == [.targetEntry, .targetExit, .targetEntry])
        #expect(history.pools.map(\.to) == [day("2025-08-01"), day("2025-08-02"), nil])
    }

    @Test func `the periods of a close day by day are those the model saw`() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var model = NaiveModel()
            var expected: [String] = []
            var standings: [Standing] = []
            var assets: [AssetHistory.Step] = []
            var renewedOn: BusinessDay?
            for step in History(seed: seed).steps {
                let now = model.close(
                    step.day, step.holdings, step.parameters, byHand: step.byHand,
                    renewed: step.isRenewed)
                if !now.steps.isEmpty || standings.isEmpty {
                    expected.append("\(now.poolSince) \(now.pool)")
                }
                if step.isRenewed { renewedOn = step.day }
                let standing = DailyClose(
                    day: step.day, parameters: step.parameters, earlier: step.earlier
                ).standing(
                    after: standings.last,
                    assets: Assets(of: step.holdings, weights: step.parameters.weights),
                    entries: DailyClose.Entries(addedByHand: step.byHand, renewedOn: renewedOn)
                ) {
                    AssetHistory(assets)
                }.standing
                standings.append(standing)
                assets.append(
                    AssetHistory.Step(from: standing.date, assets: standing.assets.financial))
            }

            #expect(
                StandingHistory(standings).pools.map { "\($0.from) \($0.pool)" } == expected)
        }
    }
}
