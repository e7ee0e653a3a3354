/// When a serving node takes in extracts and closes its days by itself: every day at one time of
/// China's, and again some minutes after a try that failed.
package struct CloseSchedule: Hashable, Sendable {
    /// Milliseconds after which a try that failed is made again.
    package static let retry: Int64 = 10 * 60 * 1000
    private static let day: Int64 = 24 * 60 * 60 * 1000
    /// China has kept UTC+8 the year round since 1991.
    private static let offset: Int64 = 8 * 60 * 60 * 1000

    /// Minutes after midnight.
    private let minutes: Int64

    /// Nil unless the text is a time of day of the form `20:30`.
    package init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digits[$0])
            }),
            let hours = Int64(text.prefix(2)), let minutes = Int64(text.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        self.minutes = hours * 60 + minutes
    }

    /// Whether it is time for a try; one that was missed because nobody served is due at once.
    package func isDue(at now: Int64, last: (at: Int64, hasFailed: Bool)?) -> Bool {
        guard let last else { return true }
        // The clock was ahead then.
        if last.at > now { return true }
        if last.hasFailed, now - last.at >= Self.retry { return true }
        return last.at < latestInstant(upTo: now)
    }

    private func latestInstant(upTo now: Int64) -> Int64 {
        let first = minutes * 60_000 - Self.offset
        let days = (now - first) / Self.day
        let instant = first + days * Self.day
        return instant > now ? instant - Self.day : instant
    }
}
