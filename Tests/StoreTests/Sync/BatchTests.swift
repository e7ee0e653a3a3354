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

    private func acknowledgement(_ batch: FormedBatch) -> Checkpoint {
        Checkpoint(
            nodeName: store.node.name, epoch: 1, batch: batch.number,
            sequence: batch.lastSequence, hash: batch.hash)
    }

    @Test func `a batch carries every change once, in clear, and how it is chained`() throws {
        let formed = try #require(try store.nextBatch())
        let batch = try #require(Batch(bytes: formed.bytes))

        #expect(batch.tables.map(\.table) == ["customer", "dayClose", "standing"])
        #expect(batch.tables.map(\.count) == [2, 1, 2])
        #expect(batch.outlet == .wulin)
        #expect((batch.number, batch.firstSequence, batch.lastSequence) == (1, 1, 5))
        #expect(batch.previous == "")
        #expect(formed.hash == Batch.chainHash(previous: "", bytes: formed.bytes))
        #expect(formed.lastSequence == 5)
    }

    @Test func `a formed batch is the same bytes until it is acknowledged`() throws {
        let first = try #require(try store.nextBatch())
        _ = try store.assign([.wang], to: .ada, by: .eve)
        let again = try #require(try store.nextBatch())

        #expect(again.bytes == first.bytes)
        #expect(again.hash == first.hash)

        #expect(try store.acknowledge(acknowledgement(first)))
        let second = try #require(try store.nextBatch())
        let batch = try #require(Batch(bytes: second.bytes))
        #expect(batch.number == 2)
        #expect(batch.firstSequence == first.lastSequence + 1)
        #expect(batch.previous == first.hash)
        #expect(batch.tables.map(\.table) == ["claim", "reminder"])

        #expect(try store.acknowledge(acknowledgement(second)))
        #expect(try store.nextBatch()?.number == nil)
    }

    @Test func `what is pending is counted until it is acknowledged`() throws {
        #expect(try store.lineState().pending == 5)
        #expect(try store.lineState().oldestUnsentAt == TestWorld.morning)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        #expect(try store.lineState().pending == 7)
        #expect(try store.owner(of: .wang, by: "t").pendingHere == 1)

        while let batch = try store.nextBatch() {
            #expect(try store.acknowledge(acknowledgement(batch)))
        }

        #expect(try store.lineState().pending == 0)
        #expect(try store.lineState().oldestUnsentAt == nil)
        #expect(try store.owner(of: .wang, by: "t").pendingHere == 0)
    }

    @Test func `an acknowledgement of something else is out of step and keeps the batch`() throws {
        let batch = try #require(try store.nextBatch())
        let right = acknowledgement(batch)
        let wrong = [
            Checkpoint(nodeName: "node-x", epoch: 1, batch: 1, sequence: 5, hash: right.hash),
            Checkpoint(nodeName: right.nodeName, epoch: 2, batch: 1, sequence: 5, hash: right.hash),
            Checkpoint(nodeName: right.nodeName, epoch: 1, batch: 2, sequence: 5, hash: right.hash),
            Checkpoint(nodeName: right.nodeName, epoch: 1, batch: 1, sequence: 4, hash: right.hash),
            Checkpoint(nodeName: right.nodeName, epoch: 1, batch: 1, sequence: 5, hash: "00"),
        ]

        for checkpoint in wrong { #expect(try !store.acknowledge(checkpoint)) }
        #expect(try store.nextBatch()?.bytes == batch.bytes)

        #expect(try store.acknowledge(right))
        #expect(try store.acknowledge(right))
    }

    @Test func `a changed row is sent again in its newest state alone`() throws {
        let first = try #require(try store.nextBatch())
        #expect(try store.acknowledge(acknowledgement(first)))
        for (date, name) in [("2025-03-02", "王一"), ("2025-03-03", "王二")] {
            try store.takeAndClose(
                [ExtractBuilder(day(date)).customerRow(.wang, name: name)], in: files)
        }

        let batch = try #require(try store.nextBatch().flatMap { Batch(bytes: $0.bytes) })
        let customers = try #require(batch.tables.first { $0.table == "customer" })

        #expect(customers.count == 1)
        #expect(customers.values[customers.columns.firstIndex(of: "name") ?? 0] == ["王二"])
    }

    @Test func `closing again sends the reopening before what was closed again`() throws {
        while let batch = try store.nextBatch() {
            #expect(try store.acknowledge(acknowledgement(batch)))
        }
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).with { $0.sequence = 2 }.holding(.wang, "1")
                    .holding(.zhang, "100000")
            ], in: files)

        let batch = try #require(try store.nextBatch().flatMap { Batch(bytes: $0.bytes) })

        #expect(batch.tables.map(\.table) == ["reopening", "customer", "dayClose", "standing"])
    }

    @Test func `more rows than a batch holds go into the next`() throws {
        var extract = ExtractBuilder(day("2025-03-02"))
        for number in 0..<3000 {
            extract = extract.holding(CustomerNumber("\(4_400_000_000 + number)"), "1")
        }
        try store.takeAndClose([extract], in: files)

        var counts: [Int] = []
        while let formed = try store.nextBatch() {
            let batch = try #require(Batch(bytes: formed.bytes))
            counts.append(batch.tables.map(\.count).reduce(0, +))
            #expect(try store.acknowledge(acknowledgement(formed)))
        }

        #expect(counts == [5000, 1006])
    }
}
