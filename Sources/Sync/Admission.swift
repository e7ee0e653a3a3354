package import Bank

/// Spreads the nodes that come all at once after an outage (`sync.md`, statement 16): so many
/// conversations begin in a second, and who is turned away has a moment of their own to come again.
///
/// A moment once given is kept, so nobody starves: who comes at it is let in before anybody new.
package struct Admission: Sendable {
    package enum Answer: Hashable, Sendable {
        case comeIn
        /// Milliseconds from now.
        case comeLater(Int64)
    }

    /// Conversations that may begin in a second.
    private let perSecond: Int64
    /// A node that comes later than this after its moment has lost it.
    private static let patience: Int64 = 120_000
    /// More than this many moments ahead are not given: the last one is given to all the others.
    private static let furthest: Int64 = 15 * 60_000

    /// When the next conversation may begin that has no moment of its own.
    private var nextFree: Int64 = 0
    private var moments: [UnitCode: Int64] = [:]

    package init(perSecond: Int64) {
        self.perSecond = max(1, perSecond)
    }

    private var gap: Int64 { max(1, 1000 / perSecond) }
    /// So many may begin at once before anybody has to wait.
    private var burst: Int64 { 1000 }

    /// - Parameter now: milliseconds, never going back.
    package mutating func answer(_ outlet: UnitCode, at now: Int64) -> Answer {
        moments = moments.filter { $0.value + Self.patience > now }
        if let moment = moments[outlet] {
            guard moment > now else {
                moments[outlet] = nil
                return .comeIn
            }
            return .comeLater(moment - now)
        }
        nextFree = max(nextFree, now - burst)
        guard nextFree > now else {
            nextFree += gap
            return .comeIn
        }
        let moment = min(nextFree, now + Self.furthest)
        nextFree += gap
        moments[outlet] = moment
        return .comeLater(moment - now)
    }
}
