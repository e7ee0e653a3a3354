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
    /// A connection that asks nothing for so long is closed: one of a node that is known, and one of
    /// a stranger, which has shown no certificate of the server's own authority.
    package var idle: TimeAmount
    package var idleOfStrangers = TimeAmount.seconds(60)
    /// Open connections, and those of one address.
    package var all: Int
    package var perAddress: Int
    /// Of both, those of strangers. A quarter of all is for nodes alone.
    package var strangers: Int
    package var strangersPerAddress = 256

    /// - Parameter files: how many the process may have open; databases need some as well.
    package init(idle: TimeAmount, files: Int) {
        self.idle = idle
        all = max(16, min(files - Self.otherFiles, Self.mostConnections))
        strangers = all - all / 4
        // Nodes may well come through one address, but it must not keep out all others.
        perAddress = all / 2
    }

    /// Of databases, logs and errands.
    private static let otherFiles = 256
    /// One takes some tens of kilobytes in TLS.
    private static let mostConnections = 20_000
}

/// Lets connections in up to their limits, so that whoever opens many and says nothing keeps nobody
/// else out: every connection begins as a stranger's, and where there are too many of those, the one
/// that was silent longest makes room for the next. A class, since all connections share it.
package final class Doorway: Sendable {
    /// A connection that was let in.
    struct Guest: Sendable {
        let address: String
        let number: Int64
    }

    private struct Stranger: Sendable {
        /// Goes on with every connection and every request.
        var order: Int64
        var hasAsked = false
        let close: @Sendable () -> Void

        func leaves(before other: Stranger) -> Bool {
            hasAsked == other.hasAsked ? order < other.order : !hasAsked
        }
    }

    private struct Presence: Sendable {
        var strangers: [Int64: Stranger] = [:]
        var known: Set<Int64> = []

        var open: Int { strangers.count + known.count }
    }

    private struct State: Sendable {
        var open = 0
        var strangers = 0
        var last: Int64 = 0
        var byAddress: [String: Presence] = [:]

        mutating func next() -> Int64 {
            last += 1
            return last
        }

        /// The connection counts no more; the stranger, where it was one's.
        mutating func remove(_ guest: Guest) -> Stranger? {
            let stranger = byAddress[guest.address]?.strangers.removeValue(forKey: guest.number)
            if stranger != nil {
                strangers -= 1
                open -= 1
            } else if byAddress[guest.address]?.known.remove(guest.number) != nil {
                open -= 1
            }
            if byAddress[guest.address]?.open == 0 { byAddress[guest.address] = nil }
            return stranger
        }

        /// Of an address's strangers the first to leave, and how; nil where it has none.
        mutating func giveUp(of address: String) -> (@Sendable () -> Void)? {
            let first = byAddress[address]?.strangers.min { $0.value.leaves(before: $1.value) }
            return first.flatMap { remove(Guest(address: address, number: $0.key))?.close }
        }
    }

    let limits: ConnectionLimits
    private let knows: @Sendable (_ certificate: [UInt8]) -> Bool
    private let state = Mutex(State())

    /// - Parameter knows: whether a certificate, DER, makes its holder more than a stranger.
    package init(
        _ limits: ConnectionLimits,
        knows: @escaping @Sendable (_ certificate: [UInt8]) -> Bool = { _ in false }
    ) {
        self.limits = limits
        self.knows = knows
    }

    /// An HTTP server that keeps the limits.
    package func server() -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionWatch(self)], idleTimeout: limits.idle))
    }

    /// One more is let in, where need be in the place of another stranger; nil where it is not. Who
    /// is let in has to leave.
    func enter(_ address: String, closing close: @escaping @Sendable () -> Void) -> Guest? {
        var leaving: (@Sendable () -> Void)?
        let guest: Guest? = state.withLock { state in
            let presence = state.byAddress[address] ?? Presence()
            if presence.open >= limits.perAddress
                || presence.strangers.count >= limits.strangersPerAddress
            {
                leaving = state.giveUp(of: address)
                guard leaving != nil else { return nil }
            } else if state.open >= limits.all || state.strangers >= limits.strangers {
                let crowd = state.byAddress.max {
                    $0.value.strangers.count < $1.value.strangers.count
                }
                leaving = crowd.flatMap { state.giveUp(of: $0.key) }
                guard leaving != nil else { return nil }
            }
            let guest = Guest(address: address, number: state.next())
            state.open += 1
            state.strangers += 1
            state.byAddress[address, default: Presence()].strangers[guest.number] = Stranger(
                order: guest.number, close: close)
            return guest
        }
        leaving?()
        return guest
    }

    /// Whether its certificate makes the connection that of a known one, which it is from then on.
    func knows(_ guest: Guest, showing certificate: [UInt8]) -> Bool {
        guard knows(certificate) else { return false }
        state.withLock { state in
            let presence = state.byAddress[guest.address]
            // It may have had to make room a moment ago.
            guard presence?.strangers[guest.number] != nil else { return }
            state.strangers -= 1
            state.byAddress[guest.address]?.strangers[guest.number] = nil
            state.byAddress[guest.address]?.known.insert(guest.number)
        }
        return true
    }

    /// A request of a stranger's has come whole.
    func hasAsked(_ guest: Guest) {
        state.withLock { state in
            let order = state.next()
            state.byAddress[guest.address]?.strangers[guest.number]?.order = order
            state.byAddress[guest.address]?.strangers[guest.number]?.hasAsked = true
        }
    }

    func leave(_ guest: Guest) {
        state.withLock { _ = $0.remove(guest) }
    }
}
