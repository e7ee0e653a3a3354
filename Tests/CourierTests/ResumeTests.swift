import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// After a cut little is sent again (`sync.md`, statement 10).
struct ResumeTests {
    private struct Cut: Error {}

    /// Whether the question or the answer is lost.
    @Test(arguments: [true, false])
    func `statement 10: each cut costs one part of at most 64 KiB`(beforeArrival: Bool) throws {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        let outlets = try ThreeOutlets(at: office.store)
        var extract = ExtractBuilder(day("2025-03-02"), outlet: .wulin)
        for number in 0..<16_000 {
            let customer = CustomerNumber("\(4_400_000_000 + number)")
            extract = extract.customerRow(customer, name: "王\(number)")
                .accountRow("A\(customer)", of: customer).balanceRow("A\(customer)", "1")
        }
        try outlets[.wulin].takeAndClose([extract], in: outlets.files)
        let talk = outlets.talk(.wulin)
        let parts = try #require(try outlets[.wulin].nextBatch(on: .records)).parts
        try #require(parts > 2)
        var sent: [Int] = []
        var sizes: [Int] = []
        var cuts = 0

        // Each part is cut once, and whoever carries it dies with it.
        var done = false
        while !done {
            do {
                try talk.exchange { question in
                    guard question.path == Message.pushPath else {
                        return try talk.answer(question)
                    }
                    let part = try Part(message: question.message)
                    guard part.head.lane == .records, part.head.number == 1 else {
                        return try talk.answer(question)
                    }
                    sent.append(part.index)
                    sizes.append(question.message.count)
                    let isFirst = sent.count { $0 == part.index } == 1
                    guard isFirst, cuts < parts else { return try talk.answer(question) }
                    cuts += 1
                    if !beforeArrival { _ = try talk.answer(question) }
                    throw Cut()
                }
                done = true
            } catch is Cut {}
        }

        #expect(cuts == parts)
        #expect(sizes.allSatisfy { $0 <= 64 * 1024 })
        // On the way there, the part is sent again; on the way back it has arrived.
        #expect(
            sent == (beforeArrival ? (0..<parts).flatMap { [$0, $0] } : Array(0..<parts)))
        #expect(try office.dump()["customer"].count == 16_000)
    }

    @Test
    func `statement 10: what comes down comes in pieces of at most 64 KiB, each asked for alone`()
        throws
    {
        let many = try ManyOwned(900, limits: SnapshotLimits(mostKept: 0))
        let blank = try BranchStore.enrolled(
            .wulin, at: many.bank, world: many.outlets.world, name: "node-new")
        let talk = Talk(blank, many.bank)
        var asked: [Int64] = []
        var sizes: [Int] = []
        func carry(cut: Int?) throws {
            try talk.exchange { question in
                let answer = try talk.answer(question)
                guard question.path == Message.pullPath else { return answer }
                let request = PullRequest(json: try JSONValue(reading: question.message))
                asked.append(try #require(request).after)
                sizes.append(Zstd.compress(answer.canonicalBytes).count)
                if asked.count == cut { throw Cut() }
                return answer
            }
        }

        #expect(throws: Cut.self) { try carry(cut: 3) }
        try carry(cut: nil)

        #expect(asked.count > 5)
        #expect(sizes.allSatisfy { $0 <= 64 * 1024 })
        // What had come before the cut is not asked for again.
        #expect(
            asked[3] == asked[2] && asked == asked.sorted() && Set(asked).count == asked.count - 1)
        #expect(try blank.owner(of: many.customers[899], by: "t").ownership.state == .confirmed)
    }
}
