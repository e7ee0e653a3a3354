import Dispatch

/// Runs blocking work away from the event loops: a store's call, or a password's hash.
package func offLoop<Value: Sendable, Failure: Error>(
    _ work: @escaping @Sendable () throws(Failure) -> Value
) async throws(Failure) -> Value {
    try await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: Result(catching: work)) }
    }.get()
}

/// Does what may wait for others for long on a thread of its own: the threads that `offLoop` shares
/// are as few as the cores.
///
/// NB: a serial queue has its own; concurrent ones share those of the global queue.
package func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: "own-thread").async { continuation.resume(returning: work()) }
    }
}
