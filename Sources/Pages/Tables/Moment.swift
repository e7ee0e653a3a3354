import Bank
package import Texts

/// An instant as people at the bank read it: the date and minute in China Standard Time.
///
/// China has kept UTC+8 the year round since 1991, so no table of time zones is needed.
package struct Moment: Hashable, Comparable, Sendable {
    package let unixMilliseconds: Int64

    package init(unixMilliseconds: Int64) {
        self.unixMilliseconds = unixMilliseconds
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.unixMilliseconds < right.unixMilliseconds
    }
}

extension Moment: Speakable {
    private static let minutesPerDay: Int64 = 24 * 60
    private static let minutesEastOfGreenwich: Int64 = 8 * 60

    /// `2025-04-01 08:12`; a dash for an instant that no clock of ours could have shown.
    package func said(in language: Language) -> String {
        let (elapsed, overflow) = Self.floored(unixMilliseconds, by: 60_000)
            .addingReportingOverflow(Self.minutesEastOfGreenwich)
        guard !overflow, let days = Int32(exactly: Self.floored(elapsed, by: Self.minutesPerDay)),
            abs(days) < 300_000
        else { return "—" }
        let minutes = elapsed - Int64(days) * Self.minutesPerDay
        let day = BusinessDay(daysSinceEpoch: days)
        return "\(day) \(Self.padded(minutes / 60)):\(Self.padded(minutes % 60))"
    }

    private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number + 1) / divisor - 1
    }

    private static func padded(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
