import Synchronization

/// Lets one exchange of a node with head office run at a time; another waits for its turn.
///
/// Two at once would have each other's batches acknowledged: the hello of the one that came later
/// could be older than what head office has by then, which is how a copy looks.
package final class ExchangeTurn: Sendable {
    private let mutex = Mutex(())

    package func take<Value: Sendable>(_ body: () throws -> Value) rethrows -> Value {
        try mutex.withLock { _ in try body() }
    }
}
