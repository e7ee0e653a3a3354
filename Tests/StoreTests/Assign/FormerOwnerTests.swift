import Bank
import Store
import TestSupport
import Testing

/// Who looked after a customer before, as this outlet knows it.
struct FormerOwnerTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-02")).holding(.wang, "100000").holding(.zhang, "200000")],
            in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    @Test func `the ownership answer has every period, and none for whom nobody claimed`() throws {
        _ = try store.assign([.wang], to: .ben, by: .eve)

        let history = try #require(try store.ownership(of: .wang, by: "t").history)

        #expect(history.periods.map(\.manager) == [.ada, .ben])
        #expect(history.periods.map(\.reason) == [.assignment, .handOver])
        #expect(history.periods.map(\.isProvisional) == [true, true])
        #expect(history.periods.map(\.enteredBy) == [.eve, .eve])
        #expect(try store.ownership(of: .zhang, by: "t").history?.periods == [])
        #expect(try store.ownership(of: "3399999999", by: "t").history == nil)
    }

    @Test func `whoever is owned has no former owner, and who was released has one`() throws {
        #expect(try store.formerOwner(of: .wang) == nil)
        #expect(try store.formerOwner(of: .zhang) == nil)

        _ = try store.release(.wang, by: .eve, because: "客户迁居")

        let former = try #require(try store.formerOwner(of: .wang))
        #expect(former.manager == .ada)
        #expect(former.outlet == .wulin)
        #expect(former.since == day("2025-03-03"))
        #expect(former.until == day("2025-03-03"))
        #expect(former.ending == .release)
        #expect(former.isSuggested(on: day("2025-06-01")))
        #expect(!former.isSuggested(on: day("2025-06-02")))
    }
}
