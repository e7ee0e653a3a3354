import Synchronization

/// Lets one import or close of a node run at a time, whether a person or the timer began it; another
/// waits for its turn.
final class CloseTurn: Sendable {
    private let mutex = Mutex(())

    func take<Value: Sendable>(_ body: () throws -> Value) rethrows -> Value {
        try mutex.withLock { _ in try body() }
    }
}
