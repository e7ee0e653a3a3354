import Bank
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// A decision that is larger than a message comes back to a head office that lost it.
struct LargeDecisionTests {
    private let outlets: ThreeOutlets
    /// Head office as it was before the claims came.
    private let backup: BankStore

    /// Wulin has claimed Wang many times over, and one was settled; Xihu, which serves Wang too, has
    /// all of it.
    init() throws {
        let outlets = try ThreeOutlets()
        self.outlets = outlets
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        backup = try outlets.bank.copiedInMemory()
        try outlets.claim(at: .wulin)
        let wulin = outlets[.wulin]
        let batch = try TestBatch(try #require(try wulin.nextBatch(on: .urgent)), of: wulin)
        let many = batch.changing("claim") { rows in
            (0..<95).map { TableRows.claim(.forged(holdings: $0)) }.reduce(
                TableRows(table: "claim", columns: TableRows.claim(.forged()).columns)
            ) { $0.appending($1.values.map { $0[0] }) }
        }
        for part in try many.parts() {
            _ = try outlets.bank.receive(part, from: outlets.talk(.wulin).node())
        }
        try outlets.settle(now: true)
        _ = try outlets[.xihu].edit(.hobbies, of: .wang, to: "围棋", by: .sun)
        try outlets.exchange([.xihu])
    }

    private func entry(_ bank: BankStore) throws -> OwnershipEntry {
        try #require(try bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
    }

    @Test func `it comes back whole, with the claims that it names`() throws {
        let settled = try entry(outlets.bank)
        let decision = try #require(settled.decision)
        #expect(decision.canonicalBytes.count > GivenBack.mostBytes)

        try Talk(outlets[.xihu], backup).exchange()

        let back = try entry(backup)
        #expect(back.decision == decision)
        #expect(back.claims.count == 95)
        #expect(back.claims.map(\.claim.id) == settled.claims.map(\.claim.id))
        #expect(back.claims.map(\.outcome) == settled.claims.map(\.outcome))
    }

    @Test func `pieces that do not make what was signed count for nothing`() throws {
        let xihu = outlets[.xihu]
        let talk = Talk(xihu, backup)
        #expect(try backup.greet(xihu.hello(), from: talk.node()).verdict == .officeRestored)
        let messages = try xihu.recordsToGiveBack(after: 0)
        #expect(messages.count { !$0.parts.isEmpty } > 1)

        for message in messages.dropFirst() {
            _ = try backup.answer(
                message.json.canonicalBytes, at: Message.recordsPath, from: talk.node())
        }

        #expect(try entry(backup).decision == JSONValue.null)
        #expect(try entry(backup).claims.isEmpty)
    }
}
