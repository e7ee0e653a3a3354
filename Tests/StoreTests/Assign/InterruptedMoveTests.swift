import Bank
import Sealing
import Store
import Synchronization
import TestSupport
import Testing
import Vault

/// The program stops in the middle of a move.
struct InterruptedMoveTests {
    private struct Cut: Error {}

    /// Stops the program at a commit, and a clock on which every customer of a move takes 20 ms; a
    /// class, since the store shares it.
    private final class Fuse: Sendable {
        private let state = Mutex<(left: Int, now: Int64)>((.max, 0))

        /// How many commits still go well.
        func allow(_ commits: Int) { state.withLock { $0.left = commits } }

        func world(_ world: World) -> World {
            World(
                now: world.now, randomBytes: world.randomBytes,
                uptime: { [self] in
                    state.withLock { state in
                        state.now += 20_000
                        return state.now
                    }
                },
                atCommit: { [self] moment in
                    guard case .beforeCommit = moment else { return }
                    try state.withLock { state in
                        guard state.left > 0 else { throw Cut() }
                        if state.left < .max { state.left -= 1 }
                    }
                })
        }
    }

    @Test func `a move that was cut off goes on where it was, and moves nobody twice`() throws {
        let (files, fuse) = (try TemporaryDirectory(), Fuse())
        let store = try BranchStore(
            inMemory: Node(outlet: .wulin, firstTier: .zhejiang, name: "node"), keys: .ofTests,
            organisation: .ofTests, world: fuse.world(TestWorld().world))
        let book: [CustomerNumber] = [.wang, .zhang, .zhou]
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).holding(.wang, "300000").holding(.zhang, "200000")
                    .holding(.zhou, "100000")
            ], in: files)
        _ = try store.assign(book, to: .ada, by: .eve)

        // The order, its dealing and the first slice, which has room for one customer.
        fuse.allow(3)
        #expect(throws: Cut.self) {
            try store.moveBook(
                BookOrder(
                    manager: .ada, kind: .handOver, receivers: [.ben],
                    effectiveOn: day("2025-03-03"), reason: "退休"), by: .eve)
        }
        fuse.allow(.max)

        let cut = try store.bookReceipt(1, by: "t")
        #expect(cut.move.state == .submitted && cut.isBegun && cut.progress.done == 1)
        #expect(throws: Refusal(.moveBegun, ["number": "1"])) {
            try store.cancelMove(1, by: .eve)
        }
        let done = try store.submitMove(1, by: .eve)

        #expect(done.move.state == .done && done.progress.done == 3)
        #expect(done.rows.first { $0.claim == cut.rows.first { $0.claim != nil }?.claim } != nil)
        for customer in book {
            #expect(try store.ownership(of: customer).owner?.manager == .ben)
            #expect(try store.ownership(of: customer, by: "t").claims?.count == 2)
        }
    }
}
