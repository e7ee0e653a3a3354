import Testing

@testable import simulate

/// What the simulator itself counts on.
struct BookTests {
    @Test func `events come in the order of their time, and of their entry where that is one`() {
        var chance = Chance(3, "queue")
        var queue = EventQueue<Int>()
        var expected: [(Int64, Int)] = []
        for number in 0..<500 {
            let at = Int64(chance.below(50))
            queue.add(number, at: at)
            expected.append((at, number))
        }
        expected.sort { $0 < $1 }

        var got: [Int] = []
        while let (_, event) = queue.next() { got.append(event) }

        #expect(got == expected.map(\.1))
    }

    @Test func `what went with a disk need not be anywhere, what stayed has to`() {
        var ledger = Ledger()
        ledger.note("before", outlet: 0, node: 0)
        ledger.note("elsewhere", outlet: 1, node: 1)
        ledger.note("after", outlet: 0, node: 0)
        ledger.forget(node: 0, after: 2)

        #expect(ledger.ids(outlet: 0).required == ["before"])
        #expect(ledger.ids(outlet: 0).allowed == ["before", "after"])
        #expect(ledger.ids(outlet: 1).required == ["elsewhere"])
    }

    @Test func `chance is the same for a seed and a purpose, and another for another`() {
        func draws(_ seed: UInt64, _ purpose: String) -> [Int] {
            var chance = Chance(seed, purpose)
            return (0..<20).map { _ in chance.below(1000) }
        }

        #expect(draws(1, "line") == draws(1, "line"))
        #expect(draws(1, "line") != draws(1, "people"))
        #expect(draws(1, "line") != draws(2, "line"))
    }

    @Test(
        arguments: [
            ("1..5", 1...5), ("7..7", 7...7), ("5..1", nil), ("1", nil), ("a..b", nil),
        ] as [(String, ClosedRange<UInt64>?)])
    func `a range of seeds is read`(text: String, range: ClosedRange<UInt64>?) {
        #expect(SeedRange(argument: text).map { $0.first...$0.last } == range)
    }
}
