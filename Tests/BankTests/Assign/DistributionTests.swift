import Bank
import TestSupport
import Testing

struct DistributionTests {
    private typealias Candidate = Distribution.Candidate

    /// A row: name, rule, the books (manager: customers, assets), the customers (number, tier,
    /// assets), and whom each manager gets.
    typealias Case = (
        String, Distribution.Rule, [StaffID: (Int, Int64)], [(CustomerNumber, Tier?, Int64)],
        [StaffID: [CustomerNumber]]
    )

    static let cases: [Case] = [
        ("nobody to give", .count, ["a": (0, 0), "b": (0, 0)], [], [:]),
        ("nobody to give to", .assets, [:], [("1", nil, 5)], [:]),
        (
            "one manager gets all", .tier, ["a": (400, 0)],
            [("1", .gold, 5), ("2", nil, 0), ("3", .diamond, 9)], ["a": ["1", "2", "3"]]
        ),
        (
            "level books: the larger customer to the lower staff number", .count,
            ["b": (0, 0), "a": (0, 0)], [("1", nil, 5), ("2", nil, 7)], ["a": ["2"], "b": ["1"]]
        ),
        (
            "level customers: the lower number first", .count, ["a": (0, 0), "b": (0, 0)],
            [("2", nil, 5), ("1", nil, 5)], ["a": ["1"], "b": ["2"]]
        ),
        (
            "an odd number: the extra one to the lighter book", .count,
            ["a": (0, 9), "b": (0, 0)], [("1", nil, 5), ("2", nil, 5), ("3", nil, 1)],
            // After one each Ada has 14 and Ben 5.
            ["a": ["2"], "b": ["1", "3"]]
        ),
        (
            "unequal books fill up from below", .count, ["a": (5, 0), "b": (3, 0), "c": (1, 0)],
            [("1", nil, 1), ("2", nil, 1), ("3", nil, 1), ("4", nil, 1)],
            ["b": ["3"], "c": ["1", "2", "4"]]
        ),
        (
            "the cap keeps nobody from anything", .count, ["a": (200, 0), "b": (201, 0)],
            [("1", nil, 1), ("2", nil, 1), ("3", nil, 1)], ["a": ["1", "3"], "b": ["2"]]
        ),
        (
            "one huge customer against many small ones", .assets, ["a": (0, 0), "b": (0, 0)],
            [("1", nil, 10), ("2", nil, 10), ("3", nil, 1_000), ("4", nil, 10)],
            ["a": ["3"], "b": ["1", "2", "4"]]
        ),
        (
            "assets beyond all counting", .assets, ["a": (1, .max), "b": (1, .max - 1)],
            [("1", nil, .max), ("2", nil, .max)], ["a": ["2"], "b": ["1"]]
        ),
        (
            "the book's own assets count", .assets, ["a": (1, 30), "b": (9, 0)],
            [("1", nil, 20), ("2", nil, 15), ("3", nil, 10)], ["a": ["3"], "b": ["1", "2"]]
        ),
        (
            "level assets: to who has fewer customers", .assets, ["a": (2, 7), "b": (1, 7)],
            [("1", nil, 0)], ["b": ["1"]]
        ),
        (
            "each tier by itself, the total where that is level", .tier,
            ["a": (0, 0), "b": (0, 0)],
            [
                ("1", .gold, 1), ("2", .gold, 1), ("3", .gold, 1), ("4", .diamond, 1),
                ("5", nil, 1),
            ],
            // The diamond to Ada; two of three golds to Ben, who had nobody; then both have two.
            ["a": ["2", "4", "5"], "b": ["1", "3"]]
        ),
        (
            "by count the tiers do not matter", .count, ["a": (0, 0), "b": (0, 0)],
            [("1", .diamond, 4), ("2", .gold, 3), ("3", .diamond, 2), ("4", .gold, 1)],
            ["a": ["1", "4"], "b": ["2", "3"]]
        ),
    ]

    @Test(arguments: cases.indices)
    func `customers are divided by the rule`(index: Int) {
        let (name, rule, books, customers, expected) = Self.cases[index]

        let distribution = Distribution(
            of: customers.map { Candidate(number: $0.0, tier: $0.1, assets: HalfFen($0.2)) },
            among: books.mapValues { Self.book($0.0, $0.1) }, by: rule)

        #expect(Self.given(distribution) == expected, "\(name)")
    }

    @Test func `a book of before with customers of the tier gets fewer of it`() {
        var rich = BookSize()
        rich.add(2, of: .diamond, holding: HalfFen(10))
        var poor = BookSize()
        poor.add(9, of: .gold, holding: HalfFen(10))

        let distribution = Distribution(
            of: ["1", "2"].map { Candidate(number: $0, tier: .diamond, assets: .zero) },
            among: ["a": rich, "b": poor], by: .tier)

        #expect(Self.given(distribution) == ["b": ["1", "2"]])
        #expect(distribution.books["b"]?.count(of: .diamond) == 2)
        #expect(distribution.books["b"]?.customers == 11)
        #expect(distribution.books["a"] == rich)
    }

    @Test func `suggestions are followed first, where that is asked, and below the cap`() {
        let customers =
            ["1", "2", "3"].map {
                Candidate(number: $0, tier: nil, assets: .zero, suggested: "a")
            } + [Candidate(number: "4", tier: nil, assets: .zero, suggested: "z")]
        let books: [StaffID: BookSize] = ["a": Self.book(1, 0), "b": Self.book(0, 0)]

        let followed = Distribution(
            of: customers, among: books, by: .count, followingSuggestionsBelow: 3)
        let plain = Distribution(of: customers, among: books, by: .count)

        // With two more Ada has three; who is suggested and cannot get anybody is passed over.
        #expect(Self.given(followed) == ["a": ["1", "2"], "b": ["3", "4"]])
        #expect(Self.given(plain) == ["a": ["2", "4"], "b": ["1", "3"]])
    }

    @Test func `a customer who stands twice is given once`() {
        let twice = Candidate(number: "1", tier: nil, assets: .zero)

        let distribution = Distribution(
            of: [twice, twice], among: ["a": .empty, "b": .empty], by: .count)

        #expect(Self.given(distribution) == ["a": ["1"]])
    }

    @Test(arguments: 0..<200)
    func `every customer goes to one manager, in whatever order they are named`(seed: Int) {
        var chance = SeededGenerator(seed: UInt64(seed))
        let books = Self.books(Int.random(in: 1...6, using: &chance), &chance, areEmpty: false)
        let customers = Self.customers(Int.random(in: 0...60, using: &chance), &chance)

        for rule in Distribution.Rule.allCases {
            let one = Distribution(of: customers, among: books, by: rule)
            let other = Distribution(
                of: customers.shuffled(using: &chance), among: books, by: rule)

            #expect(Set(one.shares.keys) == Set(customers.map(\.number)))
            #expect(one.shares.values.allSatisfy { books[$0] != nil })
            #expect(one.shares == other.shares && one.books == other.books)
            for (manager, book) in books {
                let got = customers.filter { one.shares[$0.number] == manager }
                var sum = book
                for customer in got { sum.add(of: customer.tier, holding: customer.assets) }
                #expect(one.books[manager] == sum)
            }
        }
    }

    @Test(arguments: 0..<200)
    func `books that begin level end level`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        let books = Self.books(Int.random(in: 1...6, using: &chance), &chance, areEmpty: true)
        let customers = Self.customers(Int.random(in: 1...60, using: &chance), &chance)
        func spread(_ values: [Int]) throws -> Int {
            try #require(values.max()) - (try #require(values.min()))
        }

        let byCount = Distribution(of: customers, among: books, by: .count).books.values
        let byTier = Distribution(of: customers, among: books, by: .tier).books.values
        let byAssets = Distribution(of: customers, among: books, by: .assets).books.values

        #expect(try spread(byCount.map(\.customers)) <= 1)
        #expect(try spread(byTier.map(\.customers)) <= 1)
        for tier in [nil] + Tier.allCases {
            #expect(try spread(byTier.map { $0.count(of: tier) }) <= 1)
        }
        let largest = try #require(customers.map(\.assets.rawValue).max())
        #expect(try spread(byAssets.map { Int($0.assets.rawValue) }) <= Int(largest))
    }

    private static func given(_ distribution: Distribution) -> [StaffID: [CustomerNumber]] {
        Dictionary(grouping: distribution.shares.keys.sorted()) {
            distribution.shares[$0] ?? "nobody"
        }
    }

    private static func book(_ customers: Int, _ assets: Int64) -> BookSize {
        var book = BookSize()
        book.add(customers, of: nil, holding: HalfFen(assets))
        return book
    }

    private static func books(
        _ count: Int, _ chance: inout SeededGenerator, areEmpty: Bool
    ) -> [StaffID: BookSize] {
        (0..<count).reduce(into: [:]) { books, index in
            var book = BookSize()
            for tier in [nil] + Tier.allCases where !areEmpty {
                book.add(
                    Int.random(in: 0...9, using: &chance), of: tier,
                    holding: HalfFen(Int64.random(in: 0...9_000, using: &chance)))
            }
            books[StaffID("m\(index)")] = book
        }
    }

    private static func customers(
        _ count: Int, _ chance: inout SeededGenerator
    ) -> [Distribution.Candidate] {
        (0..<count).map { index in
            Candidate(
                number: CustomerNumber("\(index)"),
                tier: chance.one(of: [nil, .gold, .platinum, .diamond]),
                assets: HalfFen(Int64.random(in: 0...20, using: &chance)))
        }
    }
}
