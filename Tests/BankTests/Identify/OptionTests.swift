import Bank
import TestSupport
import Testing

/// What the bank may set otherwise than the deck has it, a row each (`domain.md` 2.2, 2.3).
struct OptionTests {
    @Test(arguments: averaging)
    func `the average is over the days that the bank chose`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: monthPoints + manual)
    func `targets leave as the bank chose`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: rolling)
    func `potential customers leave as the bank chose`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: grace)
    func `a tier outlives as many months' ends as the bank chose`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: weights)
    func `a category counts by the weight that the bank chose`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    /// Potential, and nothing held on the day.
    private static func potential(
        _ name: String, on day: String, average: String = "1",
        held: KeyValuePairs<String, String>,
        with change: (inout RuleParameters) -> Void, _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, [],
            after: .made(
                .potential, before: day, average: half(average), holding: [],
                lastAtMinimum: String(day.prefix(8)) + "01"),
            held: held, with: change, expected)
    }

    private static let averaging: [RuleRow] = [
        potential(
            "365 days from the first of them", on: "2025-11-30",
            held: ["2024-12-01": "365000", "2025-03-11": "0"],
            with: { $0.averaging = .rolling365 },
            .moved(.target, on: "2025-11-30", origin: .rule).then(.graded(.gold, "2025-12-01"))),
        potential(
            "a day later one is out", on: "2025-12-01",
            held: ["2024-12-01": "365000", "2025-03-11": "0"],
            with: { $0.averaging = .rolling365 }, .unmoved),
        potential(
            "the year's days are fewer", on: "2025-11-30", average: "75000",
            held: ["2024-12-01": "365000", "2025-03-11": "0"], with: { _ in }, .unmoved),
        potential(
            "365 days of a leap year, the first of them", on: "2024-12-30",
            held: ["2024-01-01": "36500000", "2024-01-02": "0"],
            with: { $0.averaging = .rolling365 },
            .moved(.target, on: "2024-12-30", origin: .rule)),
        potential(
            "365 days of a leap year begin on 2 January", on: "2024-12-31",
            held: ["2024-01-01": "36500000", "2024-01-02": "0"],
            with: { $0.averaging = .rolling365 }, .unmoved),
        potential(
            "days before the first count as nothing among the 365", on: "2025-03-05",
            held: ["2025-02-01": "36499999.995", "2025-02-02": "0"],
            with: { $0.averaging = .rolling365 }, .unmoved),
        potential(
            "since the first day, 20 days", on: "2024-12-20",
            held: ["2024-12-01": "200000", "2024-12-11": "0"],
            with: { $0.averaging = .sinceOpen },
            .moved(.target, on: "2024-12-20", origin: .rule)),
        potential(
            "since the first day, 21 days", on: "2024-12-21",
            held: ["2024-12-01": "200000", "2024-12-11": "0"],
            with: { $0.averaging = .sinceOpen }, .unmoved),
        potential(
            "since the first day, over the year's end", on: "2025-01-09",
            held: ["2024-12-23": "200000", "2025-01-01": "0"],
            with: { $0.averaging = .sinceOpen },
            .moved(.target, on: "2025-01-09", origin: .rule)),
        potential(
            "last year's average in January", on: "2025-01-30",
            held: ["2024-01-01": "36600000", "2024-01-02": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 1) },
            .moved(.target, on: "2025-01-30", origin: .rule)),
        potential(
            "last year's average on the month's last day, which it grades", on: "2025-01-31",
            held: ["2024-01-01": "36600000", "2024-01-02": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 1) },
            .moved(.target, on: "2025-01-31", origin: .rule).then(.graded(.gold, "2025-02-01"))),
        potential(
            "not after the month", on: "2025-02-01",
            held: ["2024-01-01": "36600000", "2024-01-02": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 1) }, .unmoved),
        potential(
            "last year's average a half-fen of the sum below", on: "2025-01-30",
            held: ["2024-01-01": "36599999.995", "2024-01-02": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 1) }, .unmoved),
        potential(
            "the new average where it is the better one", on: "2025-01-30",
            held: ["2024-12-31": "1", "2025-01-01": "3000000", "2025-01-02": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 1) },
            .moved(.target, on: "2025-01-30", origin: .rule)),
        potential(
            "the year before last never counts", on: "2025-01-30",
            held: ["2023-12-31": "99999999", "2024-01-01": "0"],
            with: { $0.januaryPolicy = .carry(throughMonth: 12) }, .unmoved),
    ]

    /// A target of 120,000 from 1 March (T8), holding something else on the day.
    private static func dip(
        _ name: String, on day: String, since: String = "2025-03-01", holding: String = "99999.99",
        renewedOn: String? = nil, held: KeyValuePairs<String, String> = ["2025-03-01": "120000"],
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, [.deposit(holding)],
            after: .made(
                .target, before: day, since: since, average: half("1"),
                holding: [.deposit(holding)], origin: renewedOn == nil ? .rule : .manual),
            renewedOn: renewedOn, held: held, with: { $0.targetExitMode = .monthPoints }, expected)
    }

    private static let monthPoints: [RuleRow] = [
        dip(
            "one day's dip in month 7 after six months' ends below", on: "2025-09-05",
            .moved(.potential, on: "2025-09-05")),
        dip(
            "after five months' ends", on: "2025-08-30", .below(since: "2025-08-30")),
        dip(
            "on the sixth month's end itself", on: "2025-08-31",
            .moved(.potential, on: "2025-08-31")),
        dip("assets at the line", on: "2025-09-05", holding: "100000", .unmoved),
        dip(
            "months' ends before the customer was a target", on: "2025-09-05", since: "2025-04-01",
            .below(since: "2025-09-05")),
        dip(
            "the month's end on which they became one counts", on: "2025-09-05",
            since: "2025-03-31", .moved(.potential, on: "2025-09-05")),
        dip(
            "months' ends before a renewal", on: "2025-09-05", renewedOn: "2025-04-01",
            .below(since: "2025-09-05")),
        dip(
            "nothing held: to retained", on: "2025-09-05", holding: "0",
            held: ["2025-03-01": "1"], .moved(.retained, on: "2025-09-05")),
        dip(
            "one of the six at the line", on: "2025-12-05", holding: "1",
            held: ["2025-01-01": "400000", "2025-03-01": "0"], .below(since: "2025-12-05")),
        dip(
            "over the year's end", on: "2026-01-05", since: "2025-07-31", holding: "1",
            held: ["2025-07-31": "120000", "2026-01-01": "1"],
            .moved(.retained, on: "2026-01-05")),
    ]

    private static func below(
        _ name: String, on day: String, since: String? = "2025-03-01", origin: Origin,
        holding: [Holding] = [], isExempt: Bool = false, renewedOn: String? = nil,
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, holding,
            after: .made(
                .target, before: day, average: half("1"), holding: holding, origin: origin,
                belowSince: since),
            renewedOn: renewedOn, with: { $0.manualExempt = isExempt }, expected)
    }

    private static let manual: [RuleRow] = [
        below(
            "the deck makes no exception", on: "2025-09-01", origin: .manual,
            .moved(.retained, on: "2025-09-01")),
        below("exempt", on: "2025-09-01", origin: .manual, isExempt: true, .unmoved),
        below("exempt, by rule as well", on: "2025-09-01", origin: .both, isExempt: true, .unmoved),
        below(
            "by rule alone", on: "2025-09-01", origin: .rule, isExempt: true,
            .moved(.retained, on: "2025-09-01")),
        below(
            "an exempt target's run goes on", on: "2026-02-28", since: nil, origin: .manual,
            isExempt: true, .below(since: "2026-02-28")),
        below(
            "renewed on the last day", on: "2025-09-01", origin: .manual, renewedOn: "2025-09-01",
            .below(since: "2025-09-01")),
        below(
            "a target by rule is renewed by nobody", on: "2025-09-01", origin: .rule,
            renewedOn: "2025-09-01", .moved(.retained, on: "2025-09-01")),
        below(
            "renewed before", on: "2025-08-20", origin: .manual, renewedOn: "2025-08-20",
            .below(since: "2025-08-20")),
        below(
            "renewed the day before, so it is the run that says so", on: "2025-09-02",
            since: "2025-09-01", origin: .manual, renewedOn: "2025-09-01", .unmoved),
        below(
            "renewed above the line: no run begins", on: "2025-09-01", since: nil, origin: .manual,
            holding: [.deposit("100000")], renewedOn: "2025-09-01", .unmoved),
    ]

    private static func left(
        _ name: String, on day: String, last: String?, average: String = "9999.99",
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, [.deposit("9999.99")],
            after: .made(
                .potential, before: day, average: half(average), holding: [.deposit("9999.99")],
                lastAtMinimum: last, was: [.deposit("9999.99")]),
            with: { $0.potentialExitWindow = .rollingMonth }, expected)
    }

    private static let rolling: [RuleRow] = [
        left("a month less a day", on: "2025-04-15", last: "2025-03-15", .unmoved),
        left(
            "a month", on: "2025-04-16", last: "2025-03-15", .moved(.retained, on: "2025-04-16")),
        left("the month's end is no other day", on: "2025-04-30", last: "2025-04-01", .unmoved),
        left(
            "from 31 January to 28 February", on: "2025-02-28", last: "2025-01-30",
            .moved(.retained, on: "2025-02-28")),
        left(
            "from 31 January to 29 February", on: "2024-02-29", last: "2024-01-30",
            .moved(.retained, on: "2024-02-29")),
        left("not on 28 February of a leap year", on: "2024-02-28", last: "2024-01-30", .unmoved),
        left(
            "over the year's end", on: "2026-01-16", last: "2025-12-15", average: "9999.99",
            .moved(.retained, on: "2026-01-16")),
        left(
            "the average at the line", on: "2025-04-16", last: "2025-03-15", average: "10000",
            .unmoved),
        left(
            "never at the line", on: "2025-04-16", last: nil, .moved(.retained, on: "2025-04-16")),
    ]

    private static func platinum(
        _ name: String, on day: String, since: String? = "2025-06-01", tier: Tier? = .platinum,
        holding: String = "0", held: KeyValuePairs<String, String>, grace: Int, _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, [.deposit(holding)],
            after: .made(
                .target, before: day, average: half("100000"), holding: [.deposit(holding)],
                tier: tier, tierSince: since),
            held: held, with: { $0.downgradeGraceMonths = grace }, expected)
    }

    private static let grace: [RuleRow] = [
        platinum(
            "one month's end is outlived", on: "2025-12-31",
            held: ["2025-01-01": "510000", "2025-12-01": "0"], grace: 1, .unmoved),
        platinum(
            "the second is not", on: "2025-12-31", holding: "480000",
            held: ["2025-01-01": "480000"], grace: 1, .graded(.gold, "2026-01-01")),
        platinum(
            "the month's end that gave the tier is not one below", on: "2025-12-31",
            since: "2025-12-01", holding: "480000", held: ["2025-01-01": "480000"], grace: 1,
            .unmoved),
        platinum(
            "three are outlived", on: "2025-11-30",
            held: ["2025-01-01": "510000", "2025-09-16": "0"], grace: 3, .unmoved),
        platinum(
            "the fourth is not", on: "2025-12-31",
            held: ["2025-01-01": "510000", "2025-09-16": "0"], grace: 3,
            .graded(.gold, "2026-01-01")),
        platinum(
            "one at the floor between begins anew", on: "2025-12-31", holding: "0",
            held: [
                "2025-01-01": "499999", "2025-11-01": "600000", "2025-12-01": "0",
            ], grace: 1, .unmoved),
        platinum(
            "up at once", on: "2025-12-31", tier: .gold, holding: "1200000",
            held: ["2025-01-01": "1200000"], grace: 12, .graded(.diamond, "2026-01-01")),
        platinum(
            "none at last", on: "2025-12-31", tier: .gold, holding: "99999.99",
            held: ["2025-01-01": "99999.99"], grace: 1,
            .graded(nil, nil).then(.below(since: "2025-12-31"))),
        platinum(
            "no grace", on: "2025-12-31", holding: "480000", held: ["2025-01-01": "480000"],
            grace: 0, .graded(.gold, "2026-01-01")),
    ]

    private static let weights: [RuleRow] = [
        RuleRow(
            "a loan that counts whole", on: "2025-03-05", [.loan("100000")],
            with: { $0.weights[.loan] = 2 },
            .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
        RuleRow(
            "a fen below", on: "2025-03-05", [.loan("99999.99")],
            with: { $0.weights[.loan] = 2 }, .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "a loan that does not count still makes potential", on: "2025-03-05",
            [.loan("1000000")], with: { $0.weights[.loan] = 0 },
            .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "others by half", on: "2025-03-05", [.other("200000")],
            with: { $0.weights[.other] = 1 },
            .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
        RuleRow(
            "others by half, a half-fen below", on: "2025-03-05", [.other("199999.99")],
            with: { $0.weights[.other] = 1 }, .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "wealth products double", on: "2025-03-05",
            [Holding(category: .wealth, balance: yuan("50000"))],
            with: { $0.weights[.wealth] = 4 },
            .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
    ]
}

extension Change {
    fileprivate static func graded(_ tier: Tier?, _ since: String?) -> Change {
        graded(tier, since: since)
    }
}
