/// Time and chance, which enter the product here and nowhere else.
package struct World: Sendable {
    /// Milliseconds since 1970-01-01 UTC.
    package let now: @Sendable () -> Int64
    package let randomBytes: @Sendable (Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Int64, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.now = now
        self.randomBytes = randomBytes
    }
}
