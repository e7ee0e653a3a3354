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
}
