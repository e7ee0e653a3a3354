import Bank
import TestSupport
import Testing

/// The close looks at a customer when a balance changes, a parameter changes, or `reviewOn` says
/// so; the naive model looks at everyone on every day. Both must be equal, bit for bit.
struct EventDrivenTests {
    @Test(arguments: Array(stride(from: 1, through: 2400, by: 100)))
    func `looking only when something may happen finds what looking every day finds`(
        from first: Int
    ) throws {
        for seed in first..<first + 100 {
            let history = History(seed: UInt64(seed))
            var model = NaiveModel()
            var row: Standing?
            var rowDay = 0
            for (index, step) in history.steps.enumerated() {
                let expected = model.close(
                    step.day, step.holdings, step.parameters, byHand: step.byHand)
                var steps: [String] = []
                let isDue = row.map { $0.reviewOn.map { $0 <= step.day } ?? false } ?? true
                if step.hasChanged || step.byHand || step.parameters != step.earlier || isDue {
                    let (standing, transitions) = DailyClose(
                        day: step.day, parameters: step.parameters, earlier: step.earlier
                    ).standing(
                        after: row, assets: Assets(of: step.holdings), addedByHand: step.byHand)
                    steps = transitions.map { "\($0.from)>\($0.to)" }
                    if var kept = row, kept.stillSays(standing) {
                        kept.reviewOn = standing.reviewOn
                        row = kept
                    } else {
                        row = standing
                        rowDay = index
                    }
                }
                let now = try #require(row)
                let found = NaiveModel.Day(
                    pool: now.pool, poolSince: now.poolSince, origin: now.origin, tier: now.tier,
                    tierSince: now.tierSince, belowSince: now.belowSince,
                    accumulated: now.accumulated(through: step.day).rawValue, steps: steps)
                try #require(
                    found == expected,
                    "seed \(seed), \(step.day), row of \(history.steps[rowDay].day)")
            }
        }
    }

    @Test func `the histories reach every pool, tier, origin and step`() {
        var steps: [String: Int] = [:]
        var tiers: [Tier?: Int] = [:]
        var origins: [Origin?: Int] = [:]
        for seed in 1...600 {
            var model = NaiveModel()
            var last: Tier?
            for step in History(seed: UInt64(seed)).steps {
                let state = model.close(
                    step.day, step.holdings, step.parameters, byHand: step.byHand)
                for step in state.steps { steps[step, default: 0] += 1 }
                if state.tier != last { tiers[state.tier, default: 0] += 1 }
                last = state.tier
                if state.steps.last?.hasSuffix("target") == true {
                    origins[state.origin, default: 0] += 1
                }
            }
        }

        #expect(
            Set(steps.filter { $0.value >= 20 }.keys) == [
                "retained>potential", "potential>retained", "potential>target",
                "target>potential", "target>retained", "retained>target",
            ])
        #expect(Set(tiers.filter { $0.value >= 20 }.keys) == [nil, .gold, .platinum, .diamond])
        #expect(Set(origins.filter { $0.value >= 10 }.keys) == [.rule, .manual, .both])
    }
}

/// One customer's days, made from a seed: few accounts, few changes, balances at the lines.
private struct History {
    struct Step {
        let day: BusinessDay
        let holdings: [Holding]
        let hasChanged: Bool
        let byHand: Bool
        let parameters: RuleParameters
        let earlier: RuleParameters
    }

    private static let balances = [
        "0", "0.01", "4999.99", "5000", "9999.99", "10000", "10000.01", "12345.67", "15000",
        "20000", "50000", "99999.99", "100000", "100000.01", "120000", "199999.99", "200000",
        "300000", "499999.99", "500000", "600000", "1000000", "2500000", "-100",
    ].map(yuan)

    let steps: [Step]

    init(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        let first = day("2023-01-01") + Int.random(in: 0..<800, using: &chance)
        let length = Int.random(in: 400...800, using: &chance)
        let settings = Self.settings(from: first, length: length, &chance)
        // From a change every few days to one a quarter.
        let calm = chance.one(of: [4, 15, 40, 90])
        var holdings = (0..<Int.random(in: 1...3, using: &chance)).map { _ in
            Holding(
                category: chance.one(of: [.deposit, .deposit, .deposit, .loan, .wealth, .other]),
                balance: chance.one(of: Self.balances))
        }
        var steps: [Step] = []
        for index in 0..<length {
            let day = first + index
            var hasChanged = index == 0
            if chance.oneIn(calm) {
                let account = Int.random(in: 0..<holdings.count, using: &chance)
                holdings[account] = Holding(
                    category: holdings[account].category, balance: chance.one(of: Self.balances))
                hasChanged = true
            }
            let parameters = RuleParameters(settings, on: day, firstTier: .zhejiang)
            steps.append(
                Step(
                    day: day, holdings: holdings, hasChanged: hasChanged,
                    byHand: chance.oneIn(hasChanged ? 40 : 600), parameters: parameters,
                    earlier: RuleParameters(settings, on: day.previous, firstTier: .zhejiang)))
        }
        self.steps = steps
    }

    private static func settings(
        from first: BusinessDay, length: Int, _ chance: inout SeededGenerator
    ) -> [ParameterSetting] {
        let values = [
            ("pot_min", ["5000", "10000", "20000"]), ("pot_inclusive", ["true", "false"]),
            ("tgt_min", ["50000", "100000", "200000"]), ("tgt_exit_months", ["1", "3", "6", "9"]),
            ("tier_gold", ["50000", "100000", "120000"]), ("tier_platinum", ["300000", "500000"]),
        ]
        return (0..<chance.one(of: [0, 0, 1, 2, 4])).map { _ in
            let (name, texts) = chance.one(of: values)
            return ParameterSetting(
                name: name, scope: chance.oneIn(2) ? .bank : .firstTier(.zhejiang),
                value: chance.one(of: texts),
                effectiveFrom: first + Int.random(in: -30..<length, using: &chance))
        }
    }
}
