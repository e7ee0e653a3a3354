package import Bank
import Dispatch
import Synchronization

/// How often each outlet's node may ask: so many times at once, and as many a minute, so that nobody
/// reads a branch customer by customer with one node's certificate.
package struct Allowance: Sendable {
    private static let minute: Int64 = 60_000

    /// What one question costs, in milliseconds.
    private let cost: Int64
    /// When each outlet has all of it again, for those that have not.
    private var wholeAt: [UnitCode: Int64] = [:]

    package init(perMinute: Int64) {
        cost = Self.minute / perMinute
    }

    /// Milliseconds until the node may ask again; nil where it may ask now, which counts.
    package mutating func wait(for outlet: UnitCode, at now: Int64) -> Int64? {
        let spent = max(wholeAt[outlet] ?? now, now) + cost
        guard spent - now <= Self.minute else { return spent - now - Self.minute }
        wholeAt[outlet] = spent
        return nil
    }
}

/// Counts the nodes' queries; a class, since all connections share it.
final class QueryGate: Sendable {
    /// More than people at one outlet ask for who stand before them.
    private static let perMinute: Int64 = 60

    private let allowance = Mutex(Allowance(perMinute: perMinute))

    func enter(_ outlet: UnitCode) throws(ComeLater) {
        // Not the clock on the wall, which may be set back.
        let now = Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
        if let milliseconds = allowance.withLock({ $0.wait(for: outlet, at: now) }) {
            throw ComeLater(milliseconds: milliseconds)
        }
    }
}
