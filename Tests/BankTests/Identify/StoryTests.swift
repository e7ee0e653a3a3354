import Bank
import TestSupport
import Testing

/// Vectors of `domain.md` 2.4 that run over months, closed day by day.
struct StoryTests {
    /// The standing after each day's close, for assets on deposit that change on some days.
    private static func run(
        _ days: ClosedRange<BusinessDay>, _ deposits: KeyValuePairs<String, String>,
        byHand: String? = nil
    ) -> [BusinessDay: Standing] {
        var standings: [BusinessDay: Standing] = [:]
        var last: Standing?
        var holdings: [Holding] = []
        for day in days.days {
            if let change = deposits.first(where: { TestSupport.day($0.key) == day }) {
                holdings = [.deposit(change.value)]
            }
            let standing = DailyClose(day: day, parameters: RuleParameters()).standing(
                after: last, assets: Assets(of: holdings),
                entries: DailyClose.Entries(
                    addedByHand: byHand.map { TestSupport.day($0) == day } ?? false)
            ).standing
            standings[day] = standing
            last = standing
        }
        return standings
    }

    @Test func `T8 120,000 from 1 March is a target throughout though the average is below`() {
        let year = Self.run(day("2025-01-01")...day("2025-12-31"), ["2025-03-01": "120000"])

        let averages = ["2025-03-31", "2025-08-31"].compactMap { text in
            year[day(text)].map {
                Average(sum: $0.accumulated, days: $0.date.dayOfYear).rounded.rawValue / 100
            }
        }
        #expect(averages == [41_333, 90_864])
        #expect(
            (day("2025-03-01")...day("2025-12-31")).days.allSatisfy {
                year[$0]?.pool == .target && year[$0]?.belowSince == nil
            })
    }

    @Test func `P3 a month below the line ends on its last day`() {
        let year = Self.run(
            day("2025-03-01")...day("2025-06-30"),
            ["2025-03-01": "10000", "2025-04-01": "9999.99"])

        #expect(year[day("2025-04-29")]?.pool == .potential)
        #expect(year[day("2025-04-30")]?.pool == .retained)
        #expect(year[day("2025-04-30")]?.poolSince == day("2025-04-30"))
    }

    @Test func `P5 one day at the line in April holds until 31 May`() {
        let year = Self.run(
            day("2025-03-01")...day("2025-06-30"),
            [
                "2025-03-01": "10000", "2025-04-01": "9999.99", "2025-04-15": "10000",
                "2025-04-16": "9999.99",
            ])

        #expect(year[day("2025-05-30")]?.pool == .potential)
        #expect(year[day("2025-05-31")]?.pool == .retained)
    }

    @Test func `T4 six months below the line end on the same day of the month`() {
        let year = Self.run(
            day("2025-02-01")...day("2025-09-30"),
            ["2025-02-01": "100000", "2025-03-01": "50000"])

        #expect(year[day("2025-03-01")]?.belowSince == day("2025-03-01"))
        #expect(year[day("2025-08-31")]?.pool == .target)
        #expect(year[day("2025-09-01")]?.pool == .potential)
    }

    @Test func `a target by hand leaves six months after the close that made it one`() {
        let year = Self.run(
            day("2025-08-01")...day("2026-03-31"), ["2025-08-01": "1"], byHand: "2025-08-31")

        #expect(year[day("2025-08-30")]?.pool == .retained)
        #expect(year[day("2025-08-31")]?.origin == .manual)
        #expect(year[day("2026-02-27")]?.pool == .target)
        #expect(year[day("2026-02-28")]?.pool == .retained)
    }

    @Test func `the average begins anew on 1 January`() {
        let years = Self.run(
            day("2024-12-01")...day("2025-01-31"),
            ["2024-12-01": "3660000", "2024-12-11": "0"])

        // 36,600,000 over 366 days is the line: on 31 December still, on 1 January no longer.
        #expect(years[day("2024-12-31")]?.belowSince == nil)
        #expect(years[day("2024-12-31")]?.tier == .gold)
        #expect(years[day("2025-01-01")]?.belowSince == day("2025-01-01"))
        #expect(years[day("2025-01-31")]?.tier == nil)
    }
}
