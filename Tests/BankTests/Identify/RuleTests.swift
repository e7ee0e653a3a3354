import Bank
import TestSupport
import Testing

/// R1 to R6, a row each: the vectors of `domain.md` 2.4 and the edges beside them.
struct RuleTests {
    @Test(arguments: entry + exit)
    func `the potential pool is entered and left by R1 and R2`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: targetEntry + targetExit)
    func `the target pool is entered and left by R3 and R4`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: levels)
    func `targets are graded at a month's end by R5`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    @Test(arguments: byHand)
    func `a customer is added by hand by R6`(row: RuleRow) {
        #expect(row.outcome == row.expected)
    }

    private static let entry: [RuleRow] = [
        RuleRow(
            "P1 at the line", on: "2025-03-05", [.deposit("10000.00")],
            .moved(.potential, on: "2025-03-05")),
        RuleRow("P1 a fen below", on: "2025-03-05", [.deposit("9999.99")], .unmoved),
        RuleRow(
            "P1 at the line, exclusive", on: "2025-03-05", [.deposit("10000.00")],
            with: { $0.potentialInclusive = false }, .unmoved),
        RuleRow(
            "P1 a fen above, exclusive", on: "2025-03-05", [.deposit("10000.01")],
            with: { $0.potentialInclusive = false }, .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "P2 small accounts are not added together", on: "2025-03-05",
            [.deposit("9999.99"), .deposit("9999.99")], .unmoved),
        RuleRow(
            "P7 a loan counts whole", on: "2025-03-05", [.loan("10000.00")],
            .moved(.potential, on: "2025-03-05")),
        RuleRow("P7 a loan a fen below", on: "2025-03-05", [.loan("9999.99")], .unmoved),
        RuleRow(
            "other accounts make nobody potential", on: "2025-03-05", [.other("500000")], .unmoved),
        RuleRow(
            "an overdrawn deposit counts as nothing", on: "2025-03-05", [.deposit("-50000")],
            .unmoved),
        RuleRow(
            "an overdrawn deposit takes nothing from the others", on: "2025-03-05",
            [.deposit("-50000"), .deposit("10000")], .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "on a leap day", on: "2024-02-29", [.deposit("10000")],
            .moved(.potential, on: "2024-02-29")),
        RuleRow(
            "on the year's last day", on: "2025-12-31", [.deposit("10000")],
            .moved(.potential, on: "2025-12-31")),
        RuleRow(
            "at a lower line that the bank set", on: "2025-03-05", [.deposit("5000")],
            with: { $0.potentialMinimum = yuan("5000") }, .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "twice potential changes nothing", on: "2025-03-06", [.deposit("20000")],
            after: .made(
                .potential, before: "2025-03-06", average: half("15000"),
                holding: [.deposit("20000")]), .unmoved),
    ]

    /// Potential, 31 March the last day at the line, all April below.
    private static func april(
        _ name: String, on day: String, average: String, less: Int64 = 0,
        lastAtMinimum: String? = "2025-03-31", holding: [Holding] = [.deposit("9999.99")],
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, holding,
            after: .made(
                .potential, before: day, average: half(average), less: less, holding: holding,
                lastAtMinimum: lastAtMinimum, was: [.deposit("9999.99")]),
            expected)
    }

    private static let exit: [RuleRow] = [
        april(
            "P3 at the month's end", on: "2025-04-30", average: "9999.99",
            .moved(.retained, on: "2025-04-30")),
        april("P3 not the day before", on: "2025-04-29", average: "9999.99", .unmoved),
        april("P4 the average at the line", on: "2025-04-30", average: "10000", .unmoved),
        april(
            "P4 a half-fen of the sum below", on: "2025-04-30", average: "10000", less: 1,
            .moved(.retained, on: "2025-04-30")),
        april(
            "P5 touched on 15 April", on: "2025-04-30", average: "9999.99",
            lastAtMinimum: "2025-04-15", .unmoved),
        april(
            "P5 leaves on 31 May", on: "2025-05-31", average: "9999.99",
            lastAtMinimum: "2025-04-15", .moved(.retained, on: "2025-05-31")),
        april(
            "touched on 1 April", on: "2025-04-30", average: "1", lastAtMinimum: "2025-04-01",
            .unmoved),
        april(
            "touched on the last day alone", on: "2025-04-30", average: "1",
            holding: [.deposit("10000")], .unmoved),
        april(
            "never touched", on: "2025-04-30", average: "1", lastAtMinimum: nil,
            .moved(.retained, on: "2025-04-30")),
        april(
            "28 February", on: "2025-02-28", average: "1", lastAtMinimum: "2025-01-31",
            .moved(.retained, on: "2025-02-28")),
        april(
            "28 February of a leap year is not the end", on: "2024-02-28", average: "1",
            lastAtMinimum: "2024-01-31", .unmoved),
        april(
            "29 February", on: "2024-02-29", average: "1", lastAtMinimum: "2024-01-31",
            .moved(.retained, on: "2024-02-29")),
        april(
            "31 December, the year before touched", on: "2025-12-31", average: "9999.99",
            lastAtMinimum: "2024-12-31", .moved(.retained, on: "2025-12-31")),
        RuleRow(
            "31 January: the new year's average alone counts", on: "2025-01-31", [],
            after: Standing(
                date: day("2024-12-31"), pool: .potential, poolSince: day("2024-02-01"),
                assets: Assets(of: [.deposit("9999.99")]), accumulated: half("50000") * 366,
                lastAtMinimum: day("2024-12-15")),
            .moved(.retained, on: "2025-01-31")),
    ]

    private static func potential(
        _ name: String, on day: String = "2025-03-05", _ holdings: [Holding],
        average: String = "1", less: Int64 = 0, addedByHand: Bool = false,
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, holdings,
            after: .made(
                .potential, before: day, average: half(average), less: less, holding: holdings),
            addedByHand: addedByHand, expected)
    }

    private static let targetEntry: [RuleRow] = [
        RuleRow(
            "H1 a loan of 200,000", on: "2025-03-05", [.loan("200000.00")],
            .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
        RuleRow(
            "H2 a loan of 199,999.99 shows 100,000.00 and is not there", on: "2025-03-05",
            [.loan("199999.99")], .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "H2 with one more fen on deposit", on: "2025-03-05",
            [.loan("199999.99"), .deposit("0.01")],
            .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
        potential(
            "T1 one day's assets", [.deposit("100000.00")],
            .moved(.target, on: "2025-03-05", origin: .rule)),
        potential("T1 a fen below", [.deposit("99999.99")], .unmoved),
        RuleRow(
            "T2 twelve small accounts", on: "2025-03-05",
            Array(repeating: .deposit("9000"), count: 12), .unmoved),
        potential(
            "T3 nothing today, average at the line", [], average: "100000",
            .moved(.target, on: "2025-03-05", origin: .rule)),
        potential("T3 a half-fen of the sum below", [], average: "100000", less: 1, .unmoved),
        RuleRow(
            "T3 retained is not potential", on: "2025-03-05", [],
            after: .made(.retained, before: "2025-03-05", average: half("100000"), holding: []),
            .unmoved),
        RuleRow(
            "from nothing to target in one close", on: "2024-02-29", [.deposit("100000")],
            .moved(.potential, .target, on: "2024-02-29", origin: .rule)),
        potential(
            "1 January: assets are the average", on: "2025-01-01", [.deposit("99999.99")],
            average: "100000", .unmoved),
        RuleRow(
            "last year's sum does not count on 1 January", on: "2025-01-01", [],
            after: Standing(
                date: day("2024-12-31"), pool: .potential, poolSince: day("2024-05-01"),
                assets: .none, accumulated: half("99999.99") * 366), .unmoved),
        RuleRow(
            "other assets do not count", on: "2025-03-05", [.deposit("10000"), .other("900000")],
            .moved(.potential, on: "2025-03-05")),
        RuleRow(
            "funds, bonds and wealth products count whole", on: "2025-03-05",
            [
                Holding(category: .fund, balance: yuan("40000")),
                Holding(category: .bond, balance: yuan("40000")),
                Holding(category: .wealth, balance: yuan("20000")),
            ], .moved(.potential, .target, on: "2025-03-05", origin: .rule)),
    ]

    /// A target below the line since a day, who holds nothing and has no average.
    private static func below(
        _ name: String, since: String?, on day: String, holding: [Holding] = [],
        average: String = "1", less: Int64 = 0,
        with change: (inout RuleParameters) -> Void = { _ in },
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, holding,
            after: .made(
                .target, before: day, average: half(average), less: less, holding: holding,
                belowSince: since), with: change, expected)
    }

    private static let targetExit: [RuleRow] = [
        below("T4 still in on 31 August", since: "2025-03-01", on: "2025-08-31", .unmoved),
        below(
            "T4 leaves on 1 September", since: "2025-03-01", on: "2025-09-01",
            .moved(.retained, on: "2025-09-01")),
        below("T5 still in on 27 February", since: "2025-08-31", on: "2026-02-27", .unmoved),
        below(
            "T5 leaves on 28 February", since: "2025-08-31", on: "2026-02-28",
            .moved(.retained, on: "2026-02-28")),
        below(
            "T5 not on 28 February of a leap year", since: "2023-08-31", on: "2024-02-28", .unmoved),
        below(
            "T5 leaves on 29 February", since: "2023-08-31", on: "2024-02-29",
            .moved(.retained, on: "2024-02-29")),
        below(
            "30 August and 31 August leave on one day", since: "2025-08-30", on: "2026-02-28",
            .moved(.retained, on: "2026-02-28")),
        below(
            "a missed day is made up for", since: "2025-03-01", on: "2025-09-02",
            .moved(.retained, on: "2025-09-02")),
        below(
            "the first day below", since: nil, on: "2025-03-05", holding: [.deposit("99999.99")],
            average: "99999.99", .below(since: "2025-03-05")),
        below(
            "assets at the line end the run", since: "2025-03-01", on: "2025-09-01",
            holding: [.deposit("100000")], .below(since: nil)),
        below(
            "an average at the line ends the run", since: "2025-03-01", on: "2025-09-01",
            average: "100000", .below(since: nil)),
        below(
            "an average a half-fen of the sum below does not", since: "2025-03-01",
            on: "2025-09-01", average: "100000", less: 1, .moved(.potential, on: "2025-09-01")),
        below(
            "an account at the potential line keeps potential", since: "2025-03-01",
            on: "2025-09-01", holding: [.deposit("10000")], .moved(.potential, on: "2025-09-01")),
        below(
            "a fen below it does not", since: "2025-03-01", on: "2025-09-01",
            holding: [.deposit("9999.99")], .moved(.retained, on: "2025-09-01")),
        below(
            "an average at the potential line keeps potential, also at a month's end",
            since: "2025-02-28", on: "2025-08-31", average: "10000",
            with: { $0.targetExitMonths = 6 }, .moved(.potential, on: "2025-08-31")),
        below(
            "one month, as the bank set it", since: "2025-01-31", on: "2025-02-28",
            with: { $0.targetExitMonths = 1 }, .moved(.retained, on: "2025-02-28")),
        below(
            "a run over the year's end", since: "2025-10-15", on: "2026-04-15",
            .moved(.retained, on: "2026-04-15")),
        below(
            "T8 assets at the line although the average is not", since: nil, on: "2025-08-31",
            holding: [.deposit("120000")], average: "90864",
            .unmoved),
    ]

    private static func target(
        _ name: String, on day: String, average: String, less: Int64 = 0, tier: Tier? = nil,
        tierSince: String? = nil, with change: (inout RuleParameters) -> Void = { _ in },
        _ expected: Change
    ) -> RuleRow {
        RuleRow(
            name, on: day, [.deposit("100000")],
            after: .made(
                .target, before: day, average: half(average), less: less,
                holding: [.deposit("100000")], tier: tier, tierSince: tierSince),
            with: change, expected)
    }

    private static let levels: [RuleRow] = [
        target(
            "L1 platinum at its floor", on: "2025-04-30", average: "500000",
            .graded(.platinum, since: "2025-05-01")),
        target(
            "L1 gold half a fen below", on: "2025-04-30", average: "499999.995",
            .graded(.gold, since: "2025-05-01")),
        target(
            "L1 gold a half-fen of the sum below", on: "2025-04-30", average: "500000", less: 1,
            .graded(.gold, since: "2025-05-01")),
        target(
            "L2 by one day's balance, average 13,187", on: "2025-04-30", average: "13187", .unmoved),
        target("L3 not before the month's end", on: "2025-05-10", average: "600000", .unmoved),
        target("L3 not the day before", on: "2025-05-30", average: "600000", .unmoved),
        target(
            "L3 at the month's end, in force the day after", on: "2025-05-31", average: "600000",
            .graded(.platinum, since: "2025-06-01")),
        target(
            "L4 down at once", on: "2025-12-31", average: "480000", tier: .platinum,
            tierSince: "2025-06-01", .graded(.gold, since: "2026-01-01")),
        target(
            "the same tier keeps its date", on: "2025-12-31", average: "510000", tier: .platinum,
            tierSince: "2025-06-01", .unmoved),
        target(
            "up two at once", on: "2024-02-29", average: "1000000", tier: .gold,
            tierSince: "2024-02-01", .graded(.diamond, since: "2024-03-01")),
        target(
            "diamond a half-fen of the sum below", on: "2024-02-29", average: "1000000", less: 1,
            .graded(.platinum, since: "2024-03-01")),
        target(
            "28 February of a leap year is no month's end", on: "2024-02-28", average: "1000000",
            .unmoved),
        target(
            "below gold there is none", on: "2025-12-31", average: "99999.995", tier: .gold,
            tierSince: "2025-02-01", .graded(nil, since: nil)),
        target(
            "gold at its floor", on: "2025-12-31", average: "100000",
            .graded(.gold, since: "2026-01-01")),
        target(
            "31 January: the new year's average", on: "2025-01-31", average: "500000",
            .graded(.platinum, since: "2025-02-01")),
        target(
            "at a floor that the bank set", on: "2025-04-30", average: "300000",
            with: { $0.tierFloors[.platinum] = yuan("300000") },
            .graded(.platinum, since: "2025-05-01")),
        RuleRow(
            "a potential customer is not graded", on: "2025-04-30", [.deposit("99999.99")],
            after: .made(
                .potential, before: "2025-04-30", average: half("99999.99"),
                holding: [.deposit("99999.99")]),
            with: { $0.tierFloors[.gold] = yuan("10000") }, .unmoved),
        RuleRow(
            "target and graded in one close", on: "2025-01-31", [.deposit("3100000.00")],
            .moved(.potential, .target, on: "2025-01-31", origin: .rule)
                .then(.graded(.gold, since: "2025-02-01"))),
        RuleRow(
            "who leaves at a month's end is not graded", on: "2025-08-31", [],
            after: .made(
                .target, before: "2025-08-31", average: half("99999.99"), holding: [], tier: .gold,
                tierSince: "2025-02-01", belowSince: "2025-02-28"),
            with: { $0.tierFloors[.gold] = yuan("90000") }, .moved(.potential, on: "2025-08-31")),
    ]

    private static let byHand: [RuleRow] = [
        RuleRow(
            "from retained", on: "2025-03-05", [.deposit("1")], addedByHand: true,
            .moved(.target, on: "2025-03-05", origin: .manual)
                .then(.below(since: "2025-03-05"))),
        potential(
            "from potential", [.deposit("20000")], addedByHand: true,
            .moved(.target, on: "2025-03-05", origin: .manual)
                .then(.below(since: "2025-03-05"))),
        potential(
            "with R3 in the same close", [.deposit("100000")], addedByHand: true,
            .moved(.target, on: "2025-03-05", origin: .both)),
        RuleRow(
            "from nothing, with R1 and R3 in the same close", on: "2025-03-05",
            [.deposit("100000")], addedByHand: true,
            .moved(.potential, .target, on: "2025-03-05", origin: .both)),
        RuleRow(
            "a target stays as it is", on: "2025-03-05", [.deposit("100000")],
            after: .made(
                .target, before: "2025-03-05", average: half("100000"),
                holding: [.deposit("100000")]),
            addedByHand: true, .unmoved),
        RuleRow(
            "leaves six months after the day it was added", on: "2025-09-05", [],
            after: .made(
                .target, before: "2025-09-05", average: half("1"), holding: [], origin: .manual,
                belowSince: "2025-03-05"),
            .moved(.retained, on: "2025-09-05")),
        RuleRow(
            "on a month's end it is graded", on: "2025-03-31", [.deposit("1")],
            after: .made(
                .potential, before: "2025-03-31", average: half("99999.99"),
                holding: [.deposit("1")]),
            addedByHand: true, with: { $0.tierFloors[.gold] = yuan("50000") },
            .moved(.target, on: "2025-03-31", origin: .manual)
                .then(.below(since: "2025-03-31"))
                .then(.graded(.gold, since: "2025-04-01"))),
    ]
}
