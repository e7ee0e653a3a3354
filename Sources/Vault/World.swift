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
    package let randomBytes: @Sendable (Int) -> [UInt8]
    /// What the world does to a transaction: nothing, except where a full disk or a crash is
    /// simulated.
    package let atCommit: @Sendable (Moment) throws -> Void

    package init(
        now: @escaping @Sendable () -> Int64, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        atCommit: @escaping @Sendable (Moment) throws -> Void = { _ in }
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.atCommit = atCommit
    }
}
