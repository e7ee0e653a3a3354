import Bank
import Store
import TestSupport
import Testing
import Vault

/// The single-customer query: of the outlet's own customers what it knows, masked.
struct CustomerQueryTests {
    @Test func `an own customer is told with pool, tier, owner and former owners, masked`() throws {
        let files = try TemporaryDirectory()
        let store = try BranchStore.alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).holding(.wang, "300000")
                    .cardRow("6228480000001234", of: .wang)
            ], in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        _ = try store.assign([.wang], to: .ben, by: .eve)

        let customers = try store.query(by: "6228480000001234", actor: "ada").customers

        let wang = try #require(customers.first)
        #expect(customers.count == 1)
        #expect(wang.found.name == "王**")
        #expect(wang.found.owner.ownership.owner?.manager == .ben)
        #expect(wang.facts?.idNumber == "110********002X")
        #expect(wang.facts?.mobile == "138****5678")
        #expect(wang.facts?.pool == .target)
        #expect(wang.facts?.businessDate == day("2025-03-02"))
        #expect(wang.facts?.cards?.map(\.level) == [.gold])
        #expect(wang.facts?.activeCard == true)
        #expect(wang.history?.periods.map(\.manager) == [.ada, .ben])
    }

    @Test func `of whom nobody here serves there is an owner or nobody, and no more`() throws {
        let store = try BranchStore.alone()

        let search = try store.query(by: "13700000000", actor: "ada")
        let byNumber = try store.query(by: "3300000009", actor: "ada").customers

        #expect(search.customers.isEmpty)
        #expect(byNumber.count == 1)
        #expect(byNumber.allSatisfy { $0.facts == nil && $0.history == nil })
    }
}
