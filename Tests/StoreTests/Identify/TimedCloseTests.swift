import Bank
import Feed
import Store
import TestSupport
import Testing
import Vault

/// What a serving node does by its timer, and says of it.
struct TimedCloseTests {
    private let files: TemporaryDirectory
    private let world = TestWorld()
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone(world: world)
    }

    private func write(_ extracts: ExtractBuilder...) throws -> [String] {
        try extracts.map { try $0.write(to: files) }
    }

    @Test func `it takes in what lies there and closes every missed date`() throws {
        let found = try write(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "1"),
            ExtractBuilder(day("2025-03-04")).balanceRow("A3300000001", "2"))

        store.closeByTimer(taking: { found }, by: "os:node")

        #expect(try store.lastClosed() == day("2025-03-04"))
        #expect(try store.lastTimedClose() == TimedClose(at: world.now, failure: nil))
    }

    @Test func `an extract that is refused is named, and what came before it is closed`() throws {
        let found = try write(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "1"),
            ExtractBuilder(day("2025-03-02")).balanceRow("A9", "2"))

        store.closeByTimer(taking: { found }, by: "os:node")

        #expect(try store.lastClosed() == day("2025-03-01"))
        #expect(
            try store.lastTimedClose()?.failure
                == TimedClose.Failure("timer.refused", ["directory": found[1], "count": "1"]))
    }

    @Test func `an extract that came after the one which replaces it holds up nothing`() throws {
        let first = ExtractBuilder(day("2025-03-01")).holding(.wang, "1")
        var found = try write(
            ExtractBuilder(day("2025-03-01")).with { $0.sequence = 2 }.holding(.wang, "3"))
        store.closeByTimer(taking: { found }, by: "os:node")
        found += try write(first, ExtractBuilder(day("2025-03-02")))

        let close = store.closeByTimer(taking: { found }, by: "os:node")

        #expect(close.failure == nil)
        #expect(try store.lastClosed() == day("2025-03-02"))
        // By hand it is said.
        let byHand = try store.take([found[1]], by: "os:test")
        #expect(byHand.flatMap(\.faults.list).map(\.kind) == [.olderSequence])
    }

    @Test func `a folder that is not there is said, and a next try that goes well ends it`() throws
    {
        store.closeByTimer(
            taking: { throw StoreError.notADirectory("/feeds") }, by: "os:node")
        #expect(
            try store.lastTimedClose()?.failure
                == TimedClose.Failure("store.not-a-directory", ["path": "/feeds"]))

        world.pass(minutes: 10)
        store.closeByTimer(taking: { [] }, by: "os:node")

        #expect(try store.lastTimedClose() == TimedClose(at: world.now, failure: nil))
    }

    @Test func `it is due again the next day, not before`() throws {
        let schedule = try #require(CloseSchedule("08:00"))
        #expect(try store.isCloseDue(by: schedule))

        store.closeByTimer(taking: { [] }, by: "os:node")
        #expect(try !store.isCloseDue(by: schedule))
        world.pass(minutes: 24 * 60 - 1)
        #expect(try !store.isCloseDue(by: schedule))
        world.pass(minutes: 1)
        #expect(try store.isCloseDue(by: schedule))
    }

    @Test func `a try that a full disk could not keep counts for the process that made it`() throws
    {
        let node = try NodeOnDisk(world: world)
        let disk = FullDisk(of: node.path)
        let store = try BranchStore(
            path: node.path, credential: node.credential, world: disk.world(world),
            reserve: disk.reserve)
        let schedule = try #require(CloseSchedule("08:00"))
        disk.isFull = true

        let last = store.closeByTimer(taking: { [] }, by: "os:node")

        #expect(last.failure != nil)
        #expect(try store.lastTimedClose() == nil)
        #expect(try store.isCloseDue(by: schedule))
        #expect(try !store.isCloseDue(by: schedule, after: last))
    }

    @Test func `a close by hand and one by the timer close each date once`() async throws {
        let found = try write(
            ExtractBuilder(day("2025-01-01")).holding(.wang, "1"),
            ExtractBuilder(day("2025-04-30")).balanceRow("A3300000001", "2"))
        _ = try store.take(found, by: "os:test")

        let closed = try await withThrowingTaskGroup(of: Int.self) { [store] group in
            for _ in 0..<3 {
                group.addTask { try await offLoop { try store.closeDays(by: "os:test").count } }
            }
            group.addTask {
                _ = await offLoop { store.closeByTimer(taking: { [] }, by: "os:node") }
                return 0
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        // One of them closed all that it found; the timer may have been first.
        #expect(closed.filter { $0 > 0 }.count <= 1)
        #expect(closed.allSatisfy { $0 == 0 || $0 == 120 })
        #expect(try store.lastClosed() == day("2025-04-30"))
    }
}
