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
        while !Task.isCancelled {
            await writeDownLooks()
            try? await Task.sleep(for: Self.pause)
        }
        closing.cancel()
        await writeDownLooks()
    }

    private func writeDownLooks() async {
        do {
            try await offLoop { [store] in try store.writeDownLooks() }
        } catch {
            logger.error("looks could not be written down: \(error)")
        }
    }

    private func closeOnTime() async {
        guard let schedule else { return }
        while !Task.isCancelled {
            do {
                let isDue = try await offLoop { [store] in
                    try store.isCloseDue(by: schedule)
                }
                if isDue { await close() }
            } catch {
                logger.error("the timer of the close: \(error)")
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func close() async {
        await offLoop { [store, extracts, actor] in
            store.closeByTimer(
                taking: {
                    guard let extracts else { return [] }
                    guard let found = ExtractFolder.extracts(in: extracts) else {
                        throw StoreError.notADirectory(extracts)
                    }
                    return found
                }, by: actor)
        }
    }
}
