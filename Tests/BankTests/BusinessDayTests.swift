import Bank
import TestSupport
import Testing

struct BusinessDayTests {
    @Test func `every day from 1900 to 2100 is the one after the day before it`() throws {
        var expected = (year: 1900, month: 1, day: 1)
        var current = day("1900-01-01")
        var count = 0
        while expected.year <= 2100 {
            #expect(current.components == expected)
            #expect(
                BusinessDay(year: expected.year, month: expected.month, day: expected.day)
                    == current)
            #expect(BusinessDay(current.description) == current)
            current = current.next
            expected = Self.following(expected)
            count += 1
        }
        #expect(count == 73_414)
    }

    /// The calendar as a schoolbook has it, a day at a time.
    private static func following(
        _ date: (year: Int, month: Int, day: Int)
    ) -> (year: Int, month: Int, day: Int) {
        let isLeap = date.year % 400 == 0 || date.year % 100 != 0 && date.year % 4 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
        return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2025-03-31", 20_178),
    ])
    func `days count from 1970`(text: String, days: Int) {
        #expect(day(text).daysSinceEpoch == Int32(days))
    }

    @Test(arguments: [
        "2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
        "2025-01-00", "2025-01-32", "1599-12-31", "3000-01-01", "2025-1-1", "2025/01/01",
        "20250101", "2025-01-01 ", " 2025-01-01", "", "-025-01-01", "２０２５-01-01", "2025-01-1x",
    ])
    func `a text that is no date is none`(text: String) {
        #expect(BusinessDay(text) == nil)
    }

    @Test(arguments: [
        ("2025-02-10", "2025-02-01", "2025-02-28"), ("2024-02-29", "2024-02-01", "2024-02-29"),
        ("2000-02-01", "2000-02-01", "2000-02-29"), ("2100-02-28", "2100-02-01", "2100-02-28"),
        ("2025-12-31", "2025-12-01", "2025-12-31"), ("2025-04-30", "2025-04-01", "2025-04-30"),
    ])
    func `a month begins on its first day and ends on its last`(
        text: String, first: String, end: String
    ) {
        #expect(day(text).firstOfMonth == day(first))
        #expect(day(text).endOfMonth == day(end))
        #expect(day(text).isEndOfMonth == (text == end))
    }

    @Test(arguments: [
        ("2025-08-31", 6, "2026-02-28"), ("2023-08-31", 6, "2024-02-29"),
        ("2025-03-01", 6, "2025-09-01"), ("2025-08-30", 6, "2026-02-28"),
        ("2025-08-28", 6, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-31", 1, "2026-01-31"), ("2025-10-31", 1, "2025-11-30"),
        ("2025-06-15", 7, "2026-01-15"), ("2025-01-31", 36, "2028-01-31"),
    ])
    func `months are added with the day held to the month's end`(
        text: String, months: Int, expected: String
    ) {
        #expect(day(text).adding(months: months) == day(expected))
    }

    @Test(arguments: [
        ("2025-01-01", 1), ("2025-12-31", 365), ("2024-12-31", 366), ("2024-03-01", 61),
        ("2025-03-01", 60),
    ])
    func `the day of the year is what the average divides by`(text: String, number: Int) {
        #expect(day(text).dayOfYear == number)
        #expect(day(text).firstOfYear == day(String(text.prefix(4)) + "-01-01"))
    }
}
