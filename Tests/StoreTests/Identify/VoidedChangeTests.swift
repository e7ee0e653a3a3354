import Bank
import Store
import TestSupport
import Testing

/// What a corrected extract makes void is kept, and what it does not change is not said twice.
struct VoidedChangeTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang a target from 2 March, graded at the month's end, and Zhang potential from 5 March.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "1").holding(.zhang, "1"),
                ExtractBuilder(day("2025-03-02")).balanceRow("A3300000001", "3000000"),
                ExtractBuilder(day("2025-03-05")).balanceRow("A3300000002", "20000"),
                ExtractBuilder(day("2025-04-01")),
            ], in: files)
    }

    private func correct(_ balance: String) throws {
        let extract = ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
            .balanceRow("A3300000001", balance)
        _ = try store.take([try extract.write(to: files)], by: "t")
    }

    @Test func `a customer's pools and tiers are told as periods`() throws {
        let view = try store.customer(.wang, by: "t")

        #expect(
            view.history.pools == [
                .init(
                    pool: .retained, from: day("2025-03-01"), to: day("2025-03-02"),
                    cause: .known),
                .init(
                    pool: .target, from: day("2025-03-02"), to: nil, cause: .targetEntry),
            ])
        #expect(view.history.tiers == [.init(tier: .diamond, from: day("2025-04-01"), to: nil)])
        #expect(view.voided == [])
    }

    @Test func `a correction that decides otherwise keeps what was said before`() throws {
        try correct("20000")

        let view = try store.customer(.wang, by: "t")
        #expect(view.history.pools.map(\.pool) == [.retained, .potential])
        #expect(view.history.tiers == [])
        #expect(view.voided.map(\.date) == [day("2025-03-02"), day("2025-03-31")])
        #expect(view.voided.map(\.pool) == [.target, .target])
        #expect(view.voided.map(\.tier) == [nil, .diamond])
        #expect(try store.customer(.zhang, by: "t").voided == [])
    }

    @Test func `one that decides the same voids nothing that anybody has to see`() throws {
        try correct("3000001")

        #expect(try store.customer(.wang, by: "t").voided == [])
    }

    @Test func `what two corrections said is kept beside each other`() throws {
        try correct("20000")
        let again = ExtractBuilder(day("2025-03-02")).with { $0.sequence = 3 }
            .balanceRow("A3300000001", "1")
        _ = try store.take([try again.write(to: files)], by: "t")

        let voided = try store.customer(.wang, by: "t").voided
        #expect(voided.map(\.pool).filter { $0 == .potential }.count == 1)
        #expect(voided.map(\.pool).filter { $0 == .target }.count == 2)
    }
}
