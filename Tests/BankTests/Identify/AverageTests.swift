import Bank
import TestSupport
import Testing

struct AverageTests {
    private static let history = AssetHistory([
        AssetHistory.Step(from: day("2024-12-30"), assets: HalfFen(10)),
        AssetHistory.Step(from: day("2025-01-03"), assets: HalfFen(7)),
        AssetHistory.Step(from: day("2025-01-05"), assets: HalfFen(0)),
    ])

    @Test(arguments: [
        ("2024-12-01", "2024-12-29", 0), ("2024-12-30", "2024-12-30", 10),
        ("2024-12-01", "2025-01-02", 40), ("2025-01-01", "2025-01-03", 27),
        ("2025-01-04", "2025-01-04", 7), ("2025-01-03", "2025-01-04", 14),
        ("2024-12-01", "2025-12-31", 54), ("2025-01-05", "2025-12-31", 0),
    ])
    func `assets are summed over the days of a time`(first: String, last: String, sum: Int128) {
        #expect(Self.history.sum(from: day(first), through: day(last)) == sum)
    }

    @Test(arguments: [
        (AveragingMethod.yearToDate, "2025-01-02", 20, 2), (.yearToDate, "2024-12-31", 20, 366),
        (.rolling365, "2025-01-02", 40, 365), (.rolling365, "2025-12-31", 34, 365),
        (.sinceOpen, "2025-01-02", 40, 4), (.sinceOpen, "2024-12-30", 10, 1),
    ])
    func `each method has its days`(
        method: AveragingMethod, date: String, sum: Int128, days: Int
    ) {
        var parameters = RuleParameters()
        parameters.averaging = method

        #expect(
            Self.history.average(on: day(date), by: parameters) == Average(sum: sum, days: days))
    }

    @Test(arguments: [(3, 2, "0.01"), (1, 1, "0.01"), (1, 2, "0.00"), (5, 3, "0.01")])
    func `an average is shown half up to the fen`(sum: Int128, days: Int, shown: String) {
        #expect(Average(sum: sum, days: days).rounded == yuan(shown))
    }

    @Test func `a century of the most that anybody has is no overflow`() {
        let history = AssetHistory([
            AssetHistory.Step(
                from: day("1930-01-01"),
                assets: Assets(
                    of: Array(
                        repeating: Holding(category: .deposit, balance: yuan("99999999999")),
                        count: 2000)
                ).financial)
        ])
        var parameters = RuleParameters()
        parameters.averaging = .sinceOpen

        let average = history.average(on: day("2030-01-01"), by: parameters)

        #expect(average.reaches(yuan("99999999999")))
        #expect(average.total == HalfFen(.max))
    }
}
