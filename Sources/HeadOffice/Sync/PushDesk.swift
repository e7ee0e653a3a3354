import Bank
import Dispatch
import HeadOfficeStore
import Sync
import Synchronization

/// Brings pushes that come at the same time to the store together, so that one durable commit
/// acknowledges many: a class, since all connections share it.
///
/// Nothing waits for company: while one group is being committed, the next one gathers.
final class PushDesk: Sendable {
    /// More than this in one commit would make each of them wait longer than it saves.
    private static let largestGroup = 64

    private struct Waiting: Sendable {
        let push: Push
        let done: CheckedContinuation<PushReply, any Error>
    }

    private struct Queue: Sendable {
        var waiting: [Waiting] = []
        var isCommitting = false
    }

    private let store: BankStore
    private let queues = Mutex<[UnitCode: Queue]>([:])

    init(_ store: BankStore) {
        self.store = store
    }

    /// The answer when the push is on the disk.
    func receive(_ part: Part, from node: EnrolledNode) async throws -> PushReply {
        try await withCheckedThrowingContinuation { done in
            let isFirst = queues.withLock { queues in
                queues[node.firstTier, default: Queue()].waiting.append(
                    Waiting(push: Push(part: part, node: node), done: done))
                let isFirst = queues[node.firstTier]?.isCommitting == false
                queues[node.firstTier]?.isCommitting = true
                return isFirst
            }
            guard isFirst else { return }
            DispatchQueue.global().async { [self] in commitAll(of: node.firstTier) }
        }
    }

    /// Commits group after group until nobody waits.
    private func commitAll(of firstTier: UnitCode) {
        while true {
            let group = queues.withLock { queues -> [Waiting] in
                let group = Array((queues[firstTier]?.waiting ?? []).prefix(Self.largestGroup))
                if group.isEmpty {
                    queues[firstTier] = nil
                } else {
                    queues[firstTier]?.waiting.removeFirst(group.count)
                }
                return group
            }
            guard !group.isEmpty else { return }
            for (waiting, result) in zip(group, store.receive(group.map(\.push))) {
                waiting.done.resume(with: result)
            }
        }
    }
}

/// Spreads the nodes that come all at once; a class, since all connections share it.
final class Gate: Sendable {
    /// A conversation takes some milliseconds of one core.
    private static let perSecond: Int64 = 200

    private let admission = Mutex(Admission(perSecond: perSecond))

    /// Milliseconds until the node shall come again; nil where it may come in.
    func wait(for outlet: UnitCode) -> Int64? {
        // Not the clock on the wall, which may be set back.
        let now = Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000)
        switch admission.withLock({ $0.answer(outlet, at: now) }) {
        case .comeIn: return nil
        case .comeLater(let milliseconds): return milliseconds
        }
    }
}

/// A node is asked to come again.
package struct ComeLater: Error {
    let milliseconds: Int64

    var json: JSONValue {
        [
            "error": .string(ExchangeError.busy.rawValue), "protocol": .int(Message.version),
            "retryAfter": .int(milliseconds),
        ]
    }
}
