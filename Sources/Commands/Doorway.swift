import Glibc
package import HummingbirdCore
package import NIOCore
import Synchronization

/// How long a server waits for a connection, and how many it has at a time (`reliability.md`, R12).
package struct ConnectionLimits: Sendable {
    /// From the connection until the head of the first request is whole, the TLS handshake
    /// included. A node gives both five seconds.
    package var firstRequest = TimeAmount.seconds(15)
    /// From a request's head until its end. A message has 64 KiB at most, which takes 8 s on a line
    /// of 64 kbit/s; a node gives up after this time itself.
    package var request = TimeAmount.seconds(60)
    /// For an answer to be taken, and beside it a second for each so many bytes: half of what a
    /// line of 64 kbit/s carries.
    package var answer = TimeAmount.seconds(60)
    package var answerBytesPerSecond = 4096
    /// A connection that asks nothing for so long is closed.
    package var idle: TimeAmount
    /// Open connections, those of one address, and those of one address that have not yet sent one
    /// whole request.
    package var all: Int
    package var perAddress: Int
    package var newPerAddress = 256

    /// - Parameter files: how many the process may have open; databases need some as well.
    package init(idle: TimeAmount, files: Int) {
        self.idle = idle
        all = max(16, min(files - Self.otherFiles, Self.mostConnections))
        // Nodes may well come through one address, but it must not keep out all others.
        perAddress = all / 2
    }

    /// Of databases, logs and errands.
    private static let otherFiles = 256
    /// One takes some tens of kilobytes in TLS.
    private static let mostConnections = 20_000
}

/// Lets connections in up to their limits and closes those beyond at once, so that whoever opens
/// many and says nothing keeps nobody else out. A class, since all connections share it.
package final class Doorway: Sendable {
    private struct Presence: Sendable {
        var open = 0
        /// Of those, how many have not sent one whole request.
        var new = 0
    }

    private struct State: Sendable {
        var open = 0
        var byAddress: [String: Presence] = [:]
    }

    let limits: ConnectionLimits
    private let state = Mutex(State())

    package init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    /// An HTTP server that keeps the limits.
    package func server() -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionWatch(self)], idleTimeout: limits.idle))
    }

    /// Whether one more is let in; who is has to leave.
    func enter(_ address: String) -> Bool {
        state.withLock { state in
            let presence = state.byAddress[address] ?? Presence()
            guard state.open < limits.all, presence.open < limits.perAddress,
                presence.new < limits.newPerAddress
            else { return false }
            state.open += 1
            state.byAddress[address] = Presence(open: presence.open + 1, new: presence.new + 1)
            return true
        }
    }

    /// Its first request has come whole.
    func hasAsked(_ address: String) {
        state.withLock { $0.byAddress[address]?.new -= 1 }
    }

    func leave(_ address: String, hasAsked: Bool) {
        state.withLock { state in
            state.open -= 1
            state.byAddress[address]?.open -= 1
            if !hasAsked { state.byAddress[address]?.new -= 1 }
            if state.byAddress[address]?.open == 0 { state.byAddress[address] = nil }
        }
    }
}
