import Bank
import GRDB
import Synchronization
import Vault

/// The process on a machine died: what was in memory is gone, what was durable is not.
struct Crash: Error {}

/// A machine of the simulation: its clock, its chance, and what becomes of its commits. A class
/// because the store in it asks it at every transaction.
final class Machine: Sendable {
    private struct State {
        var skew: Int64 = 0
        var chance: Chance
        /// Moments of commits until the process dies; nil: it lives on.
        var untilCrash: Int?
        var isDead = false
        var isDiskFull = false
        var commits = 0
        /// Work takes its time: each look at this clock finds it some milliseconds on.
        var uptime: Int64 = 0
        /// The simulator looks in; nothing happens to what it does.
        var isInspected = false
    }

    private let clock: VirtualClock
    private let state: Mutex<State>

    init(_ clock: VirtualClock, _ chance: Chance) {
        self.clock = clock
        state = Mutex(State(chance: chance))
    }

    var world: World {
        World(
            now: { [self] in state.withLock { clock.now + $0.skew } },
            randomBytes: { [self] count in state.withLock { $0.chance.bytes(count) } },
            // Extracts come on their dates; whoever loads one looks at a calendar.
            today: { [self] in BusinessDay(inChinaAt: state.withLock { _ in clock.now }) },
            uptime: { [self] in
                state.withLock {
                    $0.uptime += Self.pace
                    return $0.uptime
                }
            },
            atCommit: { [self] moment in
                try state.withLock { try Self.pass(moment, &$0) }
            })
    }

    /// In microseconds: a few transactions fill a slice.
    private static let pace: Int64 = 9_000

    private static func pass(_ moment: World.Moment, _ state: inout State) throws {
        if state.isInspected { return }
        guard !state.isDead else { throw Crash() }
        if let left = state.untilCrash {
            state.untilCrash = left - 1
            if left <= 0 {
                state.isDead = true
                throw Crash()
            }
        }
        if moment == .beforeCommit {
            guard !state.isDiskFull else { throw DatabaseError(resultCode: .SQLITE_FULL) }
            state.commits += 1
        }
    }

    /// How much the machine's clock is ahead of the true time.
    var skew: Int64 {
        get { state.withLock { $0.skew } }
        set { state.withLock { $0.skew = newValue } }
    }

    var isDiskFull: Bool {
        get { state.withLock { $0.isDiskFull } }
        set { state.withLock { $0.isDiskFull = newValue } }
    }

    var isDead: Bool { state.withLock { $0.isDead } }
    var commits: Int { state.withLock { $0.commits } }

    /// The process dies at one of the next commits, before or after it is durable.
    func crash(afterMoments moments: Int) { state.withLock { $0.untilCrash = moments } }

    /// Looks at what the machine holds, without the world having a part in it.
    func inspect<Value>(_ body: () throws -> Value) rethrows -> Value {
        state.withLock { $0.isInspected = true }
        defer { state.withLock { $0.isInspected = false } }
        return try body()
    }

    /// A new process begins.
    func revive() {
        state.withLock {
            $0.isDead = false
            $0.untilCrash = nil
        }
    }
}
