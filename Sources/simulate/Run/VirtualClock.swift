import Synchronization

/// The true time of one simulation, in milliseconds since 1970-01-01 UTC. A class because all
/// machines share it.
final class VirtualClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Int64) {
        milliseconds = Mutex(start)
    }

    var now: Int64 {
        get { milliseconds.withLock { $0 } }
        set { milliseconds.withLock { $0 = newValue } }
    }
}
