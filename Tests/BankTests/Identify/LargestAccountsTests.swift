import Bank
import TestSupport
import Testing

/// Which account is the largest after some balances changed, from the two largest before.
struct LargestAccountsTests {
    private static func largest(_ balances: [Int]) -> LargestAccounts {
        balances.reduce(into: .none) { $0.add(Fen(Int64($1))) }
    }

    @Test(arguments: [
        // The two largest, of the changed accounts before and now, the two largest then.
        ([9, 5, 1], [1], [2], 9, 5), ([9, 5, 1], [1], [7], 9, 7), ([9, 5, 1], [1], [12], 12, 9),
        ([9, 5, 1], [9], [7], 7, 5), ([9, 5, 1], [9], [5], 5, 5), ([9, 5, 1], [9], [11], 11, 5),
        ([9, 5, 1], [5], [6], 9, 6), ([9, 5, 1], [9, 5], [6, 5], 6, 5),
        ([9, 9, 1], [9], [10], 10, 9), ([9, 9, 1], [9], [9], 9, 9), ([4], [4], [0], 0, 0),
        ([4, 0], [0], [3], 4, 3), ([], [], [], 0, 0),
    ])
    func `the changed accounts say both where they or the second largest stand above all others`(
        before: [Int], changed: [Int], now: [Int], first: Int, second: Int
    ) {
        let found = Self.largest(before).changing(
            from: Self.largest(changed), to: Self.largest(now))

        #expect(found?.first == Fen(Int64(first)))
        #expect(found?.second == Fen(Int64(second)))
    }

    @Test(arguments: [
        ([9, 5, 1], [9], [4], 5), ([9, 5, 1], [9], [0], 5), ([9, 5, 1], [5], [4], 9),
        ([9, 9, 1], [9], [8], 9),
    ])
    func `the largest is known though the second one may be any account that stayed`(
        before: [Int], changed: [Int], now: [Int], first: Int
    ) {
        let found = Self.largest(before).changing(
            from: Self.largest(changed), to: Self.largest(now))

        #expect(found == LargestAccounts(first: Fen(Int64(first)), second: nil))
    }

    @Test(arguments: [([9, 5, 1], [9, 5], [4, 3]), ([9, 9, 1], [9, 9], [8, 2])])
    func `where both became smaller than they were all accounts are looked at`(
        before: [Int], changed: [Int], now: [Int]
    ) {
        #expect(
            Self.largest(before).changing(from: Self.largest(changed), to: Self.largest(now)) == nil
        )
    }

    @Test func `without a second one the largest alone decides whether to look`() {
        let known = LargestAccounts(first: Fen(9), second: nil)

        #expect(known.changing(from: Self.largest([3]), to: Self.largest([4]))?.first == Fen(9))
        #expect(known.changing(from: Self.largest([3]), to: Self.largest([4]))?.second == nil)
        #expect(
            known.changing(from: Self.largest([3]), to: Self.largest([11]))
                == LargestAccounts(first: Fen(11), second: Fen(9)))
        #expect(
            known.changing(from: Self.largest([9]), to: Self.largest([10]))
                == LargestAccounts(first: Fen(10), second: nil))
        #expect(known.changing(from: Self.largest([9]), to: Self.largest([8])) == nil)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `whatever changes, what is said is what all accounts say`(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        var balances = (0..<Int.random(in: 1...7, using: &chance)).map { _ in
            Int.random(in: 0...6, using: &chance)
        }
        var known = Self.largest(balances)
        for _ in 0..<50 {
            var (before, now) = (LargestAccounts.none, LargestAccounts.none)
            for index in balances.indices where chance.oneIn(3) {
                before.add(Fen(Int64(balances[index])))
                balances[index] = Int.random(in: 0...6, using: &chance)
                now.add(Fen(Int64(balances[index])))
            }
            let all = Self.largest(balances)
            let said = known.changing(from: before, to: now)
            if let said {
                #expect(said.first == all.first)
                #expect(said.second == nil || said.second == all.second)
            }
            known = said ?? all
        }
    }
}
