import Bank
import TestSupport
import Testing

/// Why the pool and the tier are what they are, with the numbers.
struct StandingReasonTests {
    private static func standing(
        _ pool: Pool, since: String = "2025-02-03", origin: Origin? = nil, tier: Tier? = nil,
        below: String? = nil, holding: [Holding] = [], last: String? = nil
    ) -> Standing {
        Standing(
            date: day("2025-04-10"), pool: pool, poolSince: day(since), origin: origin,
            tier: tier, tierSince: tier == nil ? nil : day("2025-04-01"),
            belowSince: below.map { day($0) }, assets: Assets(of: holding), accumulated: .zero,
            lastAtMinimum: last.map { day($0) })
    }

    private static func average(_ text: String) -> Average {
        Average(sum: yuan(text).halves * 100, days: 100)
    }

    private func codes(
        _ standing: Standing, on date: String = "2025-04-10", average: String = "0",
        graded: String? = nil, with change: (inout RuleParameters) -> Void = { _ in }
    ) -> [StandingReason] {
        var parameters = RuleParameters()
        change(&parameters)
        return standing.reasons(
            on: day(date), average: Self.average(average), graded: graded.map(Self.average),
            by: parameters)
    }

    @Test func `retained for want of an account at the line`() {
        #expect(
            codes(Self.standing(.retained, holding: [.deposit("9999.99")])) == [
                StandingReason(.retained, ["largest": "9,999.99", "line": "10,000.00"])
            ])
    }

    @Test func `potential by an account, by the average, or until the month is over`() {
        #expect(
            codes(Self.standing(.potential, holding: [.deposit("10000")])) == [
                StandingReason(.potentialByAccount, ["largest": "10,000.00", "line": "10,000.00"])
            ])
        #expect(
            codes(Self.standing(.potential), average: "10000") == [
                StandingReason(
                    .potentialByAverage,
                    ["average": "10,000.00", "largest": "0.00", "line": "10,000.00"])
            ])
        #expect(
            codes(Self.standing(.potential, last: "2025-03-31"), average: "9999.99") == [
                StandingReason(
                    .potentialForNow,
                    ["last": "2025-03-31", "line": "10,000.00", "until": "2025-04-30"])
            ])
    }

    @Test(arguments: [
        ("2025-04-10", "2025-04-01", "2025-05-31"), ("2025-04-30", "2025-04-01", "2025-05-31"),
        ("2025-04-30", "2025-04-30", "2025-05-31"), ("2025-12-31", "2025-12-15", "2026-01-31"),
    ])
    func `the calendar's month is the first whole one`(
        date: String, last: String, until: String
    ) {
        let reasons = codes(Self.standing(.potential, last: last), on: date)

        #expect(reasons.map { $0.facts["until"] } == [until])
    }

    @Test func `any month is over on the same day of the next`() {
        let reasons = codes(Self.standing(.potential, last: "2025-03-15")) {
            $0.potentialExitWindow = .rollingMonth
        }

        #expect(reasons.map { $0.facts["until"] } == ["2025-04-16"])
    }

    @Test func `a target by assets or average, with the tier of the last month's end`() {
        let rich = Self.standing(
            .target, origin: .rule, tier: .platinum, holding: [.deposit("120000")])

        #expect(
            codes(rich, average: "90000", graded: "600000") == [
                StandingReason(
                    .targetByAssets,
                    ["assets": "120,000.00", "average": "90,000.00", "line": "100,000.00"]),
                StandingReason(
                    .graded,
                    [
                        "average": "600,000.00", "date": "2025-03-31", "floor": "500,000.00",
                        "tier": "platinum",
                    ]),
            ])
        #expect(
            codes(Self.standing(.target, origin: .rule), average: "100000", graded: "99999.99")
                .map(\.code) == [.targetByAverage, .belowTiers])
        #expect(
            codes(
                Self.standing(
                    .target, since: "2025-04-02", origin: .rule, holding: [.deposit("100000")]),
                graded: "1"
            ).last
                == StandingReason(.notGradedYet, ["date": "2025-04-30"]))
    }

    @Test func `a tier that outlives its floor is kept by grace`() {
        let rich = Self.standing(
            .target, origin: .rule, tier: .platinum, holding: [.deposit("120000")])

        let kept = codes(rich, average: "480000", graded: "480000") { $0.downgradeGraceMonths = 2 }
        let graded = codes(rich, average: "500000", graded: "500000") {
            $0.downgradeGraceMonths = 2
        }

        #expect(
            kept.last
                == StandingReason(
                    .keptByGrace,
                    [
                        "average": "480,000.00", "date": "2025-03-31", "floor": "500,000.00",
                        "months": "2", "tier": "platinum",
                    ]))
        #expect(graded.last?.code == .graded)
    }

    @Test func `a target below the line, with the day it leaves`() {
        let below = Self.standing(.target, origin: .manual, below: "2025-03-31")

        #expect(
            codes(below).prefix(2) == [
                StandingReason(.targetByHand, ["date": "2025-02-03"]),
                StandingReason(
                    .targetBelow,
                    [
                        "assets": "0.00", "average": "0.00", "line": "100,000.00",
                        "since": "2025-03-31", "until": "2025-09-30",
                    ]),
            ])
        #expect(
            codes(below) { $0.manualExempt = true }.map(\.code).prefix(2) == [
                .targetByHand, .targetExempt,
            ])
        #expect(
            codes(below) { $0.targetExitMode = .monthPoints }.map(\.code).prefix(2) == [
                .targetByHand, .targetBelowAtMonthsEnds,
            ])
    }
}
