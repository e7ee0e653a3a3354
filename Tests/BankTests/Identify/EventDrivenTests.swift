import Bank
import TestSupport
import Testing

/// The close looks at a customer when a balance changes, a parameter changes, or `reviewOn` says
/// so; the naive model looks at everyone on every day. Both must be equal, bit for bit.
struct EventDrivenTests {
    @Test(arguments: Array(stride(from: 1, through: 4000, by: 100)))
    func `looking only when something may happen finds what looking every day finds`(
        from first: Int
    ) throws {
        for seed in first..<first + 100 {
            let history = History(seed: UInt64(seed))
            var model = NaiveModel()
            var row: Standing?
            var rowDay = 0
            var assets: [AssetHistory.Step] = []
            var renewedOn: BusinessDay?
            for (index, step) in history.steps.enumerated() {
                let expected = model.close(
                    step.day, step.holdings, step.parameters, byHand: step.byHand,
                    renewed: step.isRenewed)
                var steps: [String] = []
                let isDue = row.map { $0.reviewOn.map { $0 <= step.day } ?? false } ?? true
                if step.isRenewed { renewedOn = step.day }
                if step.hasChanged || step.byHand || step.isRenewed
                    || step.parameters != step.earlier || isDue
                {
                    let (standing, transitions) = DailyClose(
                        day: step.day, parameters: step.parameters, earlier: step.earlier
                    ).standing(
                        after: row,
                        assets: Assets(of: step.holdings, weights: step.parameters.weights),
                        entries: DailyClose.Entries(
                            addedByHand: step.byHand, renewedOn: renewedOn)
                    ) {
                        AssetHistory(assets)
                    }
                    steps = transitions.map { "\($0.from)>\($0.to)" }
                    if var kept = row, kept.stillSays(standing) {
                        kept.reviewOn = standing.reviewOn
                        row = kept
                    } else {
                        row = standing
                        rowDay = index
                        assets.append(
                            AssetHistory.Step(
                                from: standing.date, assets: standing.assets.financial))
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
        for seed in 1...1200 {
            var model = NaiveModel()
            var last: Tier?
            for step in History(seed: UInt64(seed)).steps {
                let state = model.close(
                    step.day, step.holdings, step.parameters, byHand: step.byHand,
                    renewed: step.isRenewed)
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

    @Test(arguments: History.values.flatMap { name, texts in texts.map { (name, $0) } })
    func `the histories feel every value of every parameter`(name: String, value: String) throws {
        guard try #require(Parameter.all[name]).defaultValue != value else { return }

        func states(_ seed: Int, _ values: [String: String]) -> [NaiveModel.Day] {
            let parameters = RuleParameters(values)
            var model = NaiveModel()
            return History(seed: UInt64(seed)).steps.map {
                model.close(
                    $0.day, $0.holdings, parameters, byHand: $0.byHand, renewed: $0.isRenewed)
            }
        }
        let felt = (1...100).count { states($0, [:]) != states($0, [name: value]) }

        #expect(felt >= 2)
    }
}
