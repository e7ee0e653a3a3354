import Bank
import TestSupport

/// One customer's days, made from a seed: few accounts, few changes, balances at the lines.
struct History {
    struct Step {
        let day: BusinessDay
        let holdings: [Holding]
        let hasChanged: Bool
        let byHand: Bool
        let isRenewed: Bool
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
        var parameters = RuleParameters(settings, on: first.previous, firstTier: .zhejiang)
        for index in 0..<length {
            let day = first + index
            var hasChanged = index == 0
            if chance.oneIn(calm) {
                let account = Int.random(in: 0..<holdings.count, using: &chance)
                holdings[account] = Holding(
                    category: holdings[account].category, balance: chance.one(of: Self.balances))
                hasChanged = true
            }
            let earlier = parameters
            if settings.contains(where: { $0.effectiveFrom == day }) {
                parameters = RuleParameters(settings, on: day, firstTier: .zhejiang)
            }
            steps.append(
                Step(
                    day: day, holdings: holdings, hasChanged: hasChanged,
                    byHand: chance.oneIn(hasChanged ? 40 : 600), isRenewed: chance.oneIn(400),
                    parameters: parameters, earlier: earlier))
        }
        self.steps = steps
    }

    static let values = [
        ("pot_min", ["5000", "10000", "20000"]), ("pot_inclusive", ["true", "false"]),
        ("pot_exit_window", ["calendar_month", "rolling_month"]),
        ("tgt_min", ["50000", "100000", "200000"]), ("tgt_exit_months", ["1", "3", "6", "9"]),
        ("tgt_exit_mode", ["daily_run", "month_points"]), ("manual_exempt", ["false", "true"]),
        ("aad_method", ["ytd", "rolling_365", "since_open"]),
        ("january_policy", ["reset", "carry_until_month 1", "carry_until_month 4"]),
        ("downgrade_grace_months", ["0", "1", "3"]),
        ("tier_gold", ["50000", "100000", "120000"]), ("tier_platinum", ["300000", "500000"]),
        ("weight_loan", ["0", "1", "2"]), ("weight_other", ["0", "1"]),
        ("weight_wealth", ["1", "2"]),
    ]

    /// Some are set before the first day, some on a day between.
    private static func settings(
        from first: BusinessDay, length: Int, _ chance: inout SeededGenerator
    ) -> [ParameterSetting] {
        (0..<chance.one(of: [0, 1, 2, 4, 8])).map { _ in
            let (name, texts) = chance.one(of: values)
            return ParameterSetting(
                name: name, scope: chance.oneIn(2) ? .bank : .firstTier(.zhejiang),
                value: chance.one(of: texts),
                effectiveFrom: chance.oneIn(2)
                    ? first : first + Int.random(in: -30..<length, using: &chance))
        }
    }
}
