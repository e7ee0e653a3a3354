import Synchronization

/// Lets one piece of work at a time be done under each key; what comes meanwhile waits for its turn,
/// in its order. A class, since all connections share it.
package final class Turns<Key: Hashable & Sendable>: Sendable {
    private let mostWaiting: Int
    /// Who waits, by the keys under which something is being done.
    private let queues = Mutex<[Key: [CheckedContinuation<Bool, Never>]]>([:])

    /// - Parameter mostWaiting: under one key; whoever comes beyond that is asked to come again.
    package init(mostWaiting: Int) {
        self.mostWaiting = mostWaiting
    }

    package func take<Value: Sendable>(
        _ key: Key, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        guard await begin(key) else { throw ComeLater(milliseconds: Self.pause) }
        defer { end(key) }
        return try await work()
    }

    /// Some times what a message takes.
    private static var pause: Int64 { 5_000 }

    private func begin(_ key: Key) async -> Bool {
        await withCheckedContinuation { turn in
            let answer = queues.withLock { queues -> Bool? in
                guard let waiting = queues[key] else {
                    queues[key] = []
                    return true
                }
                guard waiting.count < mostWaiting else { return false }
                queues[key]?.append(turn)
                return nil
            }
            if let answer { turn.resume(returning: answer) }
        }
    }

    private func end(_ key: Key) {
        let next = queues.withLock { queues -> CheckedContinuation<Bool, Never>? in
            guard queues[key]?.isEmpty == false else {
                queues[key] = nil
                return nil
            }
            return queues[key]?.removeFirst()
        }
        next?.resume(returning: true)
    }
}
