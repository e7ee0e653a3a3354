import Synchronization
package import Vault

/// A world in which a process ends at a commit: before it, so that the transaction is undone, or
/// after it, so that only what would have followed is missing. A class because the stop is shared by
/// all that live in it.
package final class StoppingWorld: Sendable {
    package struct Stopped: Error {}

    /// 2026-12-01 08:00 in China.
    package static let now: Int64 = 1_796_083_200_000
    private let live = TestWorld(now: now)
    /// How many moments still pass, two for each commit; nil for all.
    private let left = Mutex<Int?>(nil)

    package init() {}

    /// The process ends once, after so many moments of commits.
    package func stop(after moments: Int) { left.withLock { $0 = moments } }

    /// Whether the end is still to come; it never will.
    package func goOn() -> Bool {
        left.withLock { left in
            defer { left = nil }
            return left != nil
        }
    }

    package var world: World {
        let live = live.world
        return World(
            now: live.now, randomBytes: live.randomBytes,
            atCommit: { [self] _ in
                let isEnd = left.withLock { left in
                    guard let moments = left else { return false }
                    left = moments == 0 ? nil : moments - 1
                    return moments == 0
                }
                if isEnd { throw Stopped() }
            })
    }
}
