/// How long a line waits and how much it takes.
package struct LineLimits: Sendable {
    /// Seconds until a connection stands. A branch's line answers in far less or not at all.
    package var connectTimeout = 5.0
    /// Seconds for a request as a whole, the connection included.
    package var timeout = 60.0
    /// Bytes of a response's body, as sent.
    package var bodyLimit = 64 * 1024 * 1024

    /// Slower than 100 bytes a second for 30 seconds is a dead line, however long the timeout.
    static let slowestBytesPerSecond = 100
    static let slowSeconds = 30

    /// A connection that was idle for longer is not used again: head office closes one after three
    /// minutes.
    static let longestIdleSeconds = 170

    /// Bytes of a response's headers; ours have some hundred.
    static let headerLimit = 64 * 1024

    package init() {}

    package init(connectTimeout: Double = 5, timeout: Double = 60, bodyLimit: Int) {
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.bodyLimit = bodyLimit
    }
}
