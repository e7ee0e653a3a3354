import HeadOffice
import Synchronization
import Testing

struct TurnsTests {
    /// How many are at work, and how many ever were at once.
    private final class Workers: Sendable {
        private let counts = Mutex<(now: Int, most: Int, done: Int)>((0, 0, 0))
        var most: Int { counts.withLock { $0.most } }
        var done: Int { counts.withLock { $0.done } }

        func work() async {
            counts.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<20 { await Task.yield() }
            counts.withLock {
                $0.now -= 1
                $0.done += 1
            }
        }
    }

    @Test func `messages of one node are answered one by one, and all of them`() async throws {
        let turns = Turns<String>(mostWaiting: 50)
        let workers = Workers()

        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { try await turns.take("330101") { await workers.work() } }
            }
            try await group.waitForAll()
        }

        #expect(workers.most == 1)
        #expect(workers.done == 50)
    }

    @Test func `another node does not wait, and one that comes too often comes again later`()
        async throws
    {
        let turns = Turns<String>(mostWaiting: 0)

        try await turns.take("330101") {
            await #expect(throws: ComeLater.self) { try await turns.take("330101") {} }
            try await turns.take("330102") {}
        }

        // The turn is given back, also by what fails.
        await #expect(throws: CancellationError.self) {
            try await turns.take("330101") { throw CancellationError() }
        }
        try await turns.take("330101") {}
    }
}
