import Dispatch
import Synchronization

/// Where a server's people wait for head office: on threads of its own, so that a line that swallows
/// everything holds up no page, and only so many at a time. A class, since all of them share it.
package final class EnquiryDesk: Sendable {
    /// One outlet's people look up no more at the same moment.
    package static let most = 4

    /// One for each who may ask now. NB: each is serial; concurrent queues share the threads of
    /// the global one, of which there are as many as cores.
    private let free = Mutex((1...most).map { DispatchQueue(label: "branchnode.enquiry-\($0)") })

    package init() {}

    /// Does what may take as long as the line lets it; `busy` at once where too many wait already.
    package func ask<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        guard let queue = free.withLock({ $0.popLast() }) else { throw CourierError.busy(0) }
        defer { free.withLock { $0.append(queue) } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
