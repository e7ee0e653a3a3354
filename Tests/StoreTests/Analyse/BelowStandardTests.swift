import Bank
import Store
import TestSupport
import Testing

/// A card above the tier (`domain.md` item 46, L4 of 2.4).
struct BelowStandardTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang's average falls from 510,000 at the end of January to 481,525.42 at that of February;
    /// Zhang has 600,000 all the time, Zhou next to nothing.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-01-01")).holding(.wang, "510000")
                    .holding(.zhang, "600000").holding(.zhou, "50")
                    .cardRow("C1", of: .wang, level: .platinum)
                    .cardRow("C2", of: .zhang, level: .gold),
                ExtractBuilder(day("2025-02-01")).balanceRow("A3300000001", "450000"),
            ], in: files)
    }

    private func close(_ date: String, _ extract: (ExtractBuilder) -> ExtractBuilder = { $0 })
        throws
    {
        try store.takeAndClose([extract(ExtractBuilder(day(date)))], in: files)
    }

    private func listed() throws -> [CustomerNumber] {
        try store.belowStandard(for: .eve).map(\.customer)
    }

    @Test func `L4 a gold tier with a platinum card is listed from the month's end on`() throws {
        try close("2025-02-27")
        #expect(try listed() == [])

        try close("2025-02-28")

        let row = try #require(try store.belowStandard(for: .eve).first)
        #expect(row.customer == .wang)
        #expect(row.card == .platinum && row.tier == .gold)
        #expect(row.since == day("2025-03-01"))
        #expect(row.months == 1)
        #expect(row.average == yuan("481525.42"))
        #expect(row.gap == yuan("18474.58"))
        try close("2025-03-31")
        #expect(try store.belowStandard(for: .eve).map(\.months) == [2])
    }

    @Test func `a platinum tier with a gold card is not`() throws {
        try close("2025-02-28")

        let zhang = try store.customer(.zhang, by: "t").position.standing
        #expect(zhang.tier == .platinum)
        #expect(try listed() == [.wang])
    }

    @Test func `a card without a tier is, as long as it is active`() throws {
        try close("2025-02-28") {
            $0.cardRow("C3", of: .zhou, level: .gold, issuedOn: "2025-02-10")
        }
        let zhou = try #require(try store.belowStandard(for: .eve).last)
        #expect(zhou.customer == .zhou && zhou.tier == nil)
        #expect(zhou.since == day("2025-02-10") && zhou.months == 1)

        try close("2025-03-01") { $0.cardRow("C3", of: .zhou, level: .gold, status: "cancelled") }
        #expect(try listed() == [.wang])
    }

    @Test func `whose average is back at the floor lacks nothing, until the month's end`() throws {
        try close("2025-02-28")
        try close("2025-03-01") { $0.balanceRow("A3300000001", "9000000") }

        #expect(try store.belowStandard(for: .eve).map(\.gap) == [.zero])
        try close("2025-03-31")
        #expect(try listed() == [])
    }

    @Test func `a manager sees their own, a supervisor the outlet's, others nothing`() throws {
        try close("2025-02-28")
        _ = try store.assign([.wang], to: .ada, by: .eve)

        #expect(try store.belowStandard(for: .ada).map(\.customer) == [.wang])
        #expect(try store.belowStandard(for: .ben).isEmpty)
        #expect(try store.belowStandard(for: .fay).map(\.customer) == [.wang])
        for staff in [StaffID.tom, .sun, .amy] {
            #expect(throws: Refusal(.notAllowed, ["staff": staff.rawValue])) {
                try store.belowStandard(for: staff)
            }
        }
    }

    @Test func `a card under a number that was merged counts for the one that is left`() throws {
        try close("2025-02-28") { $0.customerRow(.wang, mergedInto: .zhou) }

        #expect(try listed() == [.zhou])
    }
}
