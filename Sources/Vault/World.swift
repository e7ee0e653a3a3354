package import Bank
import Sealing

/// Time and chance, which enter the product here and nowhere else.
package struct World: Sendable {
    /// Where a transaction is when its fate can still turn.
    package enum Moment: Sendable {
        /// All is written, nothing is durable: an error undoes the transaction.
        case beforeCommit
        /// It is durable: an error now is one that only the caller sees.
        case afterCommit
    }

    /// Milliseconds since 1970-01-01 UTC.
    package let now: @Sendable () -> Int64
    /// The date that the clock shows at the bank, in China Standard Time.
    package let today: @Sendable () -> BusinessDay
    package let randomBytes: @Sendable (Int) -> [UInt8]
    /// Microseconds since some beginning, by a clock that never goes back: how long work takes.
    package let uptime: @Sendable () -> Int64
    /// What the world does to a transaction: nothing, except where a full disk or a crash is
    /// simulated.
    package let atCommit: @Sendable (Moment) throws -> Void

    package init(
        now: @escaping @Sendable () -> Int64, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        today: (@Sendable () -> BusinessDay)? = nil,
        uptime: (@Sendable () -> Int64)? = nil,
        atCommit: @escaping @Sendable (Moment) throws -> Void = { _ in }
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.today = today ?? { BusinessDay(inChinaAt: now()) }
        // Where time stands still but for what a test makes of it, so does this.
        self.uptime = uptime ?? { now() &* 1000 }
        self.atCommit = atCommit
    }
}

extension World {
    /// The largest instant that an identity holds, in the year 10889.
    private static let lastInstant: Int64 = (1 << 48) - 1

    /// A random identity that sorts by when it was made: 12 hexadecimal digits of the clock's
    /// milliseconds and 20 of chance.
    ///
    /// Records that are written together then lie together in their tables, so that what they cost
    /// does not grow with what was there before (`performance.md`, P10). Nothing else follows from
    /// the order.
    package func orderedID() -> String {
        let instant = String(min(max(now(), 0), Self.lastInstant), radix: 16)
        return String(repeating: "0", count: 12 - instant.utf8.count) + instant
            + hexadecimal(randomBytes(10))
    }
}

extension BusinessDay {
    /// The date in China at an instant in milliseconds since 1970-01-01 UTC; it has been UTC+8 the
    /// year round since 1991.
    package init(inChinaAt instant: Int64) {
        let seconds = instant / 1000 + 8 * 3600
        self.init(daysSinceEpoch: Int32(clamping: seconds / 86_400))
    }
}
