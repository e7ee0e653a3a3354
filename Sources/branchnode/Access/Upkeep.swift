import Bank
import Logging
import Store
import Vault

/// What a serving node does by itself beside answering: it writes down the looks that wait, and
/// takes in extracts and closes its days when it is time.
struct Upkeep: Sendable {
    private static let pause = Duration.milliseconds(500)

    let store: BranchStore
    /// Nil where nobody asked for it.
    let schedule: CloseSchedule?
    /// The folder of the extracts; nil where they are taken in by hand.
    let extracts: String?
    let actor: String
    let logger: Logger

    /// Until the task is cancelled; then nothing waits any more.
    func run() async {
        store.groupLooks()
        // A close goes on while looks are written down, and is cut off when the process ends: it
        // goes on where it was at the next start.
        let closing = Task { await closeOnTime() }
        var hasFailed = false
        while !Task.isCancelled {
            hasFailed = await writeDownLooks(isSaid: hasFailed)
            try? await Task.sleep(for: Self.pause)
        }
        closing.cancel()
        _ = await writeDownLooks(isSaid: hasFailed)
    }

    /// Whether it failed; what lasts is said once.
    private func writeDownLooks(isSaid: Bool) async -> Bool {
        do {
            try await offLoop { [store] in try store.writeDownLooks() }
            return false
        } catch {
            if !isSaid { logger.error("looks could not be written down: \(error)") }
            return true
        }
    }

    private func closeOnTime() async {
        guard let schedule else { return }
        var last: TimedClose?
        var hasFailed = false
        while !Task.isCancelled {
            do {
                let isDue = try await offLoop { [store, last] in
                    try store.isCloseDue(by: schedule, after: last)
                }
                if isDue { last = await close() }
                hasFailed = false
            } catch {
                if !hasFailed { logger.error("the timer of the close: \(error)") }
                hasFailed = true
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func close() async -> TimedClose {
        await offLoop { [store, extracts, actor, logger] in
            store.closeByTimer(
                taking: {
                    guard let extracts else { return [] }
                    guard let found = ExtractFolder.delivered(in: extracts) else {
                        throw StoreError.notADirectory(extracts)
                    }
                    return found
                }, by: actor, report: { logger.error("the close by the timer: \($0)") })
        }
    }
}
