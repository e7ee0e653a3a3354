import Bank
import Store
import TestSupport
import Testing

struct CloseDayTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
    }

    @Test func `missed dates are closed in order, and those without an extract are estimated`()
        throws
    {
        let closed = try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-28")).holding(.wang, "20000").holding(.zhang, "100000"),
                ExtractBuilder(day("2025-03-31")).balanceRow("A3300000001", "9000000"),
                ExtractBuilder(day("2025-04-01")).balanceRow("A3300000002", "5"),
            ], in: files)

        #expect(
            closed.map(\.said) == [
                "2025-03-28: 2 accounts, 120000.00; potential +2 -1, target +1 -0",
                "2025-03-29 estimated: 2 accounts, 120000.00; potential +0 -0, target +0 -0",
                "2025-03-30 estimated: 2 accounts, 120000.00; potential +0 -0, target +0 -0",
                "2025-03-31: 2 accounts, 9100000.00; potential +0 -1, target +1 -0; 1 0 0",
                "2025-04-01: 2 accounts, 9000005.00; potential +0 -0, target +0 -0",
            ])
        #expect(try store.closeDays(by: "os:test") == [])
    }

    @Test func `a closed account is shown with nothing in it, whatever was said of it last`() throws
    {
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-28")).holding(.wang, "20000"),
                ExtractBuilder(day("2025-03-29")).accountRow(
                    "A3300000001", of: .wang, closedOn: "2025-03-30", status: "closed"),
            ], in: files)
        #expect(try store.customer(.wang, by: "t").accounts.map(\.balance) == [yuan("20000")])

        try store.takeAndClose([ExtractBuilder(day("2025-03-30"))], in: files)

        #expect(try store.customer(.wang, by: "t").accounts.map(\.balance) == [.zero])
    }

    @Test func `nothing to close is nothing`() throws {
        #expect(try store.closeDays(by: "os:test") == [])
        #expect(throws: Refusal(.dateBeyondExtracts, ["date": "2025-03-01", "latest": "–"])) {
            try store.closeDays(through: day("2025-03-01"), by: "os:test")
        }
    }

    @Test func `a date beyond the extracts is refused and one before it closes through there`()
        throws
    {
        _ = try store.take(
            try [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "1"),
                ExtractBuilder(day("2025-03-05")).balanceRow("A3300000001", "2"),
            ].map { try $0.write(to: files) }, by: "os:test")

        #expect(
            throws: Refusal(.dateBeyondExtracts, ["date": "2025-03-06", "latest": "2025-03-05"])
        ) {
            try store.closeDays(through: day("2025-03-06"), by: "os:test")
        }
        #expect(try store.closeDays(through: day("2025-03-03"), by: "os:test").count == 3)
        #expect(try store.lastClosed() == day("2025-03-03"))
    }

    @Test func `a closed account counts as nothing from its closing date on`() throws {
        let closed = try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "20000"),
                ExtractBuilder(day("2025-03-02"))
                    .accountRow("A3300000001", of: .wang, closedOn: "2025-03-04", status: "closed"),
                ExtractBuilder(day("2025-03-05")),
            ], in: files)

        #expect(closed.map(\.accounts) == [1, 1, 1, 0, 0])
        #expect(closed.map(\.balance.rawValue) == [2_000_000, 2_000_000, 2_000_000, 0, 0])
    }

    @Test func `an account in another currency is held and counts as nothing`() throws {
        let closed = try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).customerRow(.wang)
                    .accountRow("U1", of: .wang, currency: "USD").balanceRow("U1", "500000")
            ], in: files)

        #expect(closed.map(\.accounts) == [1])
        #expect(try store.standings(by: "os:test").map(\.standing.pool) == [.retained])
    }

    @Test func `a customer stands where the rules say, with the measures of the last close`() throws
    {
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-30")).holding(.wang, "100000"),
                ExtractBuilder(day("2025-04-02")),
            ], in: files)

        let position = try store.customer(.wang, by: "ada").position

        #expect(position.businessDate == day("2025-04-02"))
        #expect(position.accumulated == HalfFen(4 * 20_000_000))
        #expect(position.days == 92)
        #expect(position.average == Fen((4 * 10_000_000 + 46) / 92))
        #expect(position.standing.pool == .target)
        #expect(position.standing.poolSince == day("2025-03-30"))
        #expect(position.standing.origin == .rule)
    }

    @Test func `an unknown customer is refused`() {
        #expect(throws: Refusal(.unknownCustomer, ["customer": "3300000009"])) {
            try store.customer("3300000009", by: "ada")
        }
    }
}

extension ClosedDay {
    fileprivate var said: String {
        let counts = tiers.map { tiers in
            "; " + Tier.allCases.map { String(tiers[$0] ?? 0) }.joined(separator: " ")
        }
        return "\(date)\(isEstimated ? " estimated" : ""): \(accounts) accounts, \(balance); "
            + "potential +\(potentialIn) -\(potentialOut), target +\(targetIn) -\(targetOut)"
            + (counts ?? "")
    }
}
