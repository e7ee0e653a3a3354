/// A date on which the bank keeps its books; a calendar date, never a moment of a clock.
///
/// Written `2025-03-31`. Stored as days since 1970-01-01 in the proleptic Gregorian calendar, so
/// that the day after, the distance of two days and their order are integer arithmetic.
package struct BusinessDay: Hashable, Comparable, Sendable {
    package let daysSinceEpoch: Int32

    package init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Nil where no such date exists (2025-02-29) or the year is not 1600 … 2999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1600...2999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    private init(unchecked year: Int, _ month: Int, _ day: Int) {
        // Counting years from March puts the leap day last: howardhinnant's days_from_civil.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    package var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    package var year: Int { components.year }
    package var next: BusinessDay { self + 1 }
    package var previous: BusinessDay { self + -1 }

    /// 1 on 1 January: the divisor of the year-to-date average (`domain.md` 2.2).
    package var dayOfYear: Int { Int(daysSinceEpoch - firstOfYear.daysSinceEpoch) + 1 }
    package var firstOfYear: BusinessDay { BusinessDay(unchecked: components.year, 1, 1) }

    package var firstOfMonth: BusinessDay {
        let (year, month, _) = components
        return BusinessDay(unchecked: year, month, 1)
    }

    package var endOfMonth: BusinessDay {
        let (year, month, _) = components
        return BusinessDay(unchecked: year, month, Self.length(ofMonth: month, year: year))
    }

    package var isEndOfMonth: Bool { self == endOfMonth }

    /// The same day of a later month, clamped to that month's end: 31 August plus six months is
    /// 28 or 29 February (`domain.md` R4).
    package func adding(months: Int) -> BusinessDay {
        let (year, month, day) = components
        let monthsFromZero = year * 12 + month - 1 + months
        let (toYear, toMonth) = (monthsFromZero / 12, monthsFromZero % 12 + 1)
        return BusinessDay(
            unchecked: toYear, toMonth, min(day, Self.length(ofMonth: toMonth, year: toYear)))
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    package static func + (day: Self, days: Int) -> BusinessDay {
        BusinessDay(daysSinceEpoch: day.daysSinceEpoch + Int32(days))
    }

    package static func - (later: Self, earlier: Self) -> Int {
        Int(later.daysSinceEpoch - earlier.daysSinceEpoch)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension BusinessDay: LosslessStringConvertible {
    /// Nil unless the text is a date of the form `2025-03-31`.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].reduce(Optional(0)) { sum, byte in
                guard let sum, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                else { return nil }
                return sum * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var description: String {
        let (year, month, day) = components
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension BusinessDay: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = BusinessDay(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a date of the form 2025-03-31")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
