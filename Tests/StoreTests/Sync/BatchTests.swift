import Bank
import Store
import Sync
import TestSupport
import Testing

struct BatchTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000").holding(.zhang, "1")],
            in: files)
    }

    private func acknowledge(_ head: BatchHead, as checkpoint: Checkpoint? = nil) throws -> Bool {
        try store.acknowledge(
            Acknowledgement(checkpoint: checkpoint ?? head.checkpoint, receipt: "r", staged: 0),
            on: head.lane)
    }

    private func acknowledgeAll() throws {
        for lane in Lane.allCases {
            while let head = try store.nextBatch(on: lane) { #expect(try acknowledge(head)) }
        }
    }

    @Test func `a batch carries every change once, and how it is chained`() throws {
        let head = try #require(try store.nextBatch(on: .records))
        let tables = try store.tables(of: head)

        #expect(
            tables.map(\.table)
                == ["transaction", "customer", "dayClose", "standing"])
        #expect(tables.dropFirst().map(\.count) == [2, 1, 2])
        #expect(head.outlet == .wulin)
        #expect((head.number, head.after, head.through) == (1, 0, 4))
        #expect(head.previous == "")
        #expect(try store.nextBatch(on: .urgent) == nil)
    }

    @Test func `statement 3: a formed batch is the same bytes until it is acknowledged`() throws {
        let first = try #require(try store.nextBatch(on: .records))
        let bytes = try store.parts(of: first).map(\.message)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-02")).holding("3300000077", "5")], in: files)
        let again = try #require(try store.nextBatch(on: .records))

        #expect(again == first)
        #expect(try store.parts(of: again).map(\.message) == bytes)

        #expect(try acknowledge(first))
        let second = try #require(try store.nextBatch(on: .records))
        #expect(second.number == 2)
        #expect(second.after == first.through)
        #expect(second.previous == first.hash)
        #expect(
            try store.tables(of: second).map(\.table)
                == ["transaction", "customer", "dayClose", "standing"])

        #expect(try acknowledge(second))
        #expect(try store.nextBatch(on: .records) == nil)
    }

    @Test func `a transaction that wrote a claim travels ahead, whole and once`() throws {
        _ = try store.assign([.wang], to: .ada, by: .eve)

        let urgent = try #require(try store.nextBatch(on: .urgent))
        #expect(
            try store.tables(of: urgent).map(\.table) == ["transaction", "claim", "reminder"])
        let records = try #require(try store.nextBatch(on: .records))
        #expect(
            try store.tables(of: records).map(\.table)
                == ["transaction", "customer", "dayClose", "standing"])

        #expect(try acknowledge(urgent))
        #expect(try acknowledge(records))
        #expect(try store.nextBatch(on: .urgent) == nil)
        #expect(try store.nextBatch(on: .records) == nil)
    }

    @Test func `what is pending is counted until it is acknowledged`() throws {
        #expect(try store.lineState().pending == 5)
        #expect(try store.lineState().oldestUnsentAt == TestWorld.morning)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        #expect(try store.lineState().pending == 7)
        #expect(try store.owner(of: .wang, by: "t").pendingHere == 1)

        try acknowledgeAll()

        #expect(try store.lineState().pending == 0)
        #expect(try store.lineState().oldestUnsentAt == nil)
        #expect(try store.owner(of: .wang, by: "t").pendingHere == 0)
    }

    @Test func `an acknowledgement of something else is out of step and keeps the batch`() throws {
        let head = try #require(try store.nextBatch(on: .records))
        let wrong = [
            Checkpoint(epoch: 2, batch: 1, sequence: 4, hash: head.hash),
            Checkpoint(epoch: 1, batch: 2, sequence: 4, hash: head.hash),
            Checkpoint(epoch: 1, batch: 1, sequence: 3, hash: head.hash),
            Checkpoint(epoch: 1, batch: 1, sequence: 4, hash: "00"),
        ]

        for checkpoint in wrong { #expect(try !acknowledge(head, as: checkpoint)) }
        #expect(try store.nextBatch(on: .records) == head)

        #expect(try acknowledge(head))
        #expect(try acknowledge(head))
    }

    @Test func `a changed row is sent again in its newest state alone`() throws {
        try acknowledgeAll()
        for (date, name) in [("2025-03-02", "王一"), ("2025-03-03", "王二")] {
            try store.takeAndClose(
                [ExtractBuilder(day(date)).customerRow(.wang, name: name)], in: files)
        }

        let head = try #require(try store.nextBatch(on: .records))
        let customers = try #require(
            try store.tables(of: head).first { $0.table == "customer" })

        #expect(customers.count == 1)
        #expect(customers.values[customers.columns.firstIndex(of: "name") ?? 0] == ["王二"])
    }

    @Test func `closing again sends the reopening before what was closed again`() throws {
        try acknowledgeAll()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).with { $0.sequence = 2 }.holding(.wang, "1")
                    .holding(.zhang, "100000")
            ], in: files)

        let head = try #require(try store.nextBatch(on: .records))

        #expect(
            try store.tables(of: head).map(\.table)
                == ["transaction", "reopening", "customer", "dayClose", "standing"])
    }

    @Test func `a batch ends with a transaction, and a large one is cut into parts`() throws {
        try acknowledgeAll()
        var extract = ExtractBuilder(day("2025-03-02"))
        for number in 0..<3000 {
            extract = extract.holding(CustomerNumber("\(4_400_000_000 + number)"), "1")
        }
        try store.takeAndClose([extract], in: files)
        try store.takeAndClose([ExtractBuilder(day("2025-03-03"))], in: files)

        var counts: [Int] = []
        while let head = try store.nextBatch(on: .records) {
            let parts = try store.parts(of: head)
            #expect(parts.count == head.parts)
            #expect(parts.allSatisfy { $0.message.count <= 64 * 1024 })
            let tables = try store.tables(of: head)
            counts.append(tables.dropFirst().map(\.count).reduce(0, +))
            #expect(try acknowledge(head))
        }

        // The import of 3,000 customers, then the close of as many with its day: whole.
        #expect(counts == [6001, 1])
    }
}
