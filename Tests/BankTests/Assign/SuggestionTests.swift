import Bank
import TestSupport
import Testing

/// Who could have a customer who awaits assignment.
struct SuggestionTests {
    private static func book(_ customers: Int, _ assets: Int64 = 0) -> BookSize {
        var book = BookSize()
        book.add(customers, of: nil, holding: HalfFen(assets))
        return book
    }

    /// A row: name, the former owner, the books, and what is suggested of a cap of ten on 1 July.
    static let cases: [(String, LastManager?, [StaffID: BookSize], (StaffID, Suggestion.Reason)?)] =
        [
            ("nobody could", nil, [:], nil),
            (
                "the lightest book", nil, ["ada": book(3), "ben": book(2), "cai": book(4)],
                ("ben", .lightestBook)
            ),
            (
                "level in number: with the least assets", nil,
                ["ada": book(2, 9), "ben": book(2, 8)], ("ben", .lightestBook)
            ),
            (
                "level in all: the lower staff number", nil, ["ben": book(2), "ada": book(2)],
                ("ada", .lightestBook)
            ),
            (
                "all above the cap", nil, ["ada": book(12), "ben": book(11)],
                ("ben", .lightestBook)
            ),
            (
                "the last owner, whatever their book below the cap",
                LastManager(manager: "ada", endedOn: day("2025-04-01")),
                ["ada": book(9), "ben": book(0)], ("ada", .lastOwner)
            ),
            (
                "back on the 90th day", LastManager(manager: "ada", endedOn: day("2025-04-02")),
                ["ada": book(9), "ben": book(0)], ("ada", .recentOwner)
            ),
            (
                "nobody knows when it ended", LastManager(manager: "ada", endedOn: nil),
                ["ada": book(9), "ben": book(0)], ("ada", .lastOwner)
            ),
            (
                "the last owner is at the cap",
                LastManager(manager: "ada", endedOn: day("2025-06-30")),
                ["ada": book(10), "ben": book(3)], ("ben", .lightestBook)
            ),
            (
                "the last owner is no manager here any more",
                LastManager(manager: "ida", endedOn: day("2025-06-30")),
                ["ada": book(4), "ben": book(3)], ("ben", .lightestBook)
            ),
        ]

    @Test(arguments: cases.indices)
    func `the last owner or the lightest book is suggested`(index: Int) {
        let (name, former, books, expected) = Self.cases[index]

        let suggestion = Suggestion(
            after: former, returned: day("2025-07-01"), among: books, cap: 10)

        #expect(suggestion?.manager == expected?.0, "\(name)")
        #expect(suggestion?.reason == expected?.1, "\(name)")
    }

    @Test func `the former owner is the last manager of the outlet whom a claim gave the customer`()
    {
        let claims: [(claim: Claim, outcome: Decision.Outcome?)] = [
            (.made("1", to: .wulin, "ada", made: "2025-01-01"), .followed),
            (.made("2", .handOver, on: "1", to: .wulin, "ben", made: "2025-01-01"), .followed),
            (.made("3", .release, on: "2", made: "2025-02-01"), .ended),
            (.made("4", by: .xihu, to: .xihu, "cai", made: "2025-03-01"), .owner),
            (.made("5", to: .wulin, "ida", made: "2025-03-02"), .lost),
        ]

        #expect(
            LastManager(of: claims.reversed(), at: .wulin)
                == LastManager(manager: "ben", endedOn: day("2025-02-01")))
        #expect(
            LastManager(of: claims, at: .xihu) == LastManager(manager: "cai", endedOn: nil))
        #expect(LastManager(of: claims, at: .gulou) == nil)
        #expect(LastManager(of: [], at: .wulin) == nil)
    }

    @Test func `a refused claim made nobody an owner`() {
        let claims: [(claim: Claim, outcome: Decision.Outcome?)] = [
            (.made("1", to: .wulin, "ada"), .refused), (.made("2", to: .wulin, "ben"), .late),
        ]

        #expect(LastManager(of: claims, at: .wulin) == nil)
    }
}
