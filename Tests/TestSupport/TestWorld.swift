package import Bank
import Synchronization
package import Vault

/// A world whose clock the test sets and whose chance is the same in every run; a class because
/// the clock is shared by all that live in it.
package final class TestWorld: Sendable {
    /// 2025-04-01 08:00 in China.
    package static let morning: Int64 = 1_743_465_600_000
    private let state: Mutex<(now: Int64, chance: SeededGenerator)>
    /// Every date has come, unless a test says otherwise.
    private let day = Mutex(BusinessDay(daysSinceEpoch: 376_199))

    package init(now: Int64 = morning, seed: UInt64 = 1) {
        state = Mutex((now, SeededGenerator(seed: seed)))
    }

    package var now: Int64 {
        get { state.withLock(\.now) }
        set { state.withLock { $0.now = newValue } }
    }

    package var today: BusinessDay {
        get { day.withLock(\.self) }
        set { day.withLock { $0 = newValue } }
    }

    package func pass(minutes: Int64) { state.withLock { $0.now += minutes * 60_000 } }

    package var world: World {
        World(
            now: { [self] in now },
            randomBytes: { [self] count in
                state.withLock { state in
                    (0..<count).map { _ in UInt8(truncatingIfNeeded: state.chance.next()) }
                }
            },
            today: { [self] in today })
    }
}
