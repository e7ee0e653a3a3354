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
    static let cases:
        [(String, ManagerBefore?, [StaffID: BookSize], (StaffID, Suggestion.Reason)?)] =
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
                    ManagerBefore(
                        manager: "ada", endedOn: day("2025-04-01"), endedByExit: true),
                    ["ada": book(9), "ben": book(0)], ("ada", .lastOwner)
                ),
                (
                    "back on the 90th day",
                    ManagerBefore(
                        manager: "ada", endedOn: day("2025-04-02"), endedByExit: true),
                    ["ada": book(9), "ben": book(0)], ("ada", .recentOwner)
                ),
                (
                    "relieved of them the day before",
                    ManagerBefore(manager: "ada", endedOn: day("2025-06-30")),
                    ["ada": book(9), "ben": book(0)], ("ada", .lastOwner)
                ),
                (
                    "nobody knows when it ended", ManagerBefore(manager: "ada", endedOn: nil),
                    ["ada": book(9), "ben": book(0)], ("ada", .lastOwner)
                ),
                (
                    "the last owner is at the cap",
                    ManagerBefore(manager: "ada", endedOn: day("2025-06-30")),
                    ["ada": book(10), "ben": book(3)], ("ben", .lightestBook)
                ),
                (
                    "the last owner is no manager here any more",
                    ManagerBefore(manager: "ida", endedOn: day("2025-06-30")),
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

    @Test func `the former manager is the outlet's last one, whoever had the customer since`() {
        let claims: [Claim] = [
            .made("1", to: .wulin, "ada", made: "2025-01-01"),
            .made("2", .handOver, on: "1", to: .wulin, "ben", made: "2025-01-05"),
            .made("3", .transfer, on: "2", to: .xihu, "cai", made: "2025-02-01"),
            .made("4", by: .xihu, .release, on: "3", made: "2025-03-01"),
        ]
        func settled(_ number: Int64, _ claim: Claim?) -> OwnershipHistory.Settled {
            OwnershipHistory.Settled(
                number: number, claim: claim?.id, owner: claim.flatMap(Ownership.Owner.init),
                rule: .onlyClaim)
        }
        let history = OwnershipHistory(
            claims: claims.map { ($0, $0.kind.gives ? .owner : .ended) },
            settled: [
                settled(1, claims[0]), settled(2, claims[1]), settled(3, claims[2]),
                settled(4, nil),
            ])

        #expect(
            ManagerBefore(history, at: .wulin)
                == ManagerBefore(manager: "ben", endedOn: day("2025-02-01")))
        #expect(
            ManagerBefore(history, at: .xihu)
                == ManagerBefore(manager: "cai", endedOn: day("2025-03-01")))
        #expect(ManagerBefore(history, at: .gulou) == nil)
        #expect(ManagerBefore(OwnershipHistory(claims: [], settled: []), at: .wulin) == nil)
    }
}
