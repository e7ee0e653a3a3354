import Synchronization
import Vault

/// Looks whose answers have gone out while their entries wait to be written down together: what a
/// durable commit costs is many times what a look does. A class, since all that look share it.
///
/// Not one is forgotten while the process lives: what waits is written down first by whatever is
/// committed next, in the order of the looks. A look is answered only while the eldest that waits is
/// younger than a second and the last attempt to write them down did not fail; any other waits for
/// its own commit. So what a process that is killed can lose is the looks of its last second.
final class WaitingLooks: Sendable {
    private static let longestWait: Int64 = 1_000_000
    private static let most = 10_000

    private struct State {
        var isGrouping = false
        var hasFailed = false
        var entries: [AuditEntry] = []
        /// Of the first of `entries`, in microseconds of the world's uptime.
        var since: Int64 = 0
    }

    private let state = Mutex(State())

    func begin() { state.withLock { $0.isGrouping = true } }

    var isWaiting: Bool { state.withLock { !$0.entries.isEmpty } }

    /// Whether the entry may wait; else it is the caller's to write down.
    func keep(_ entry: AuditEntry, at instant: Int64) -> Bool {
        state.withLock { state in
            guard state.isGrouping, !state.hasFailed else { return false }
            if state.entries.isEmpty {
                state.since = instant
            } else if instant - state.since >= Self.longestWait || state.entries.count >= Self.most
            {
                return false
            }
            state.entries.append(entry)
            return true
        }
    }

    /// Writes down all that wait; where that fails they wait on. In the writer's turn, so that none
    /// that came later is written down before.
    func writeDown(_ write: ([AuditEntry]) throws -> Void) throws {
        let taken = state.withLock { state in
            defer { state.entries = [] }
            return state.entries
        }
        guard !taken.isEmpty else { return }
        do {
            try write(taken)
            state.withLock { $0.hasFailed = false }
        } catch {
            state.withLock { state in
                state.entries = taken + state.entries
                state.hasFailed = true
            }
            throw error
        }
    }
}
