import Bank
import Courier
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Vault

/// An operator goes on with a head office that came out of a backup before every node was heard.
struct ForcedRecoveryTests {
    private let outlets: ThreeOutlets
    /// Head office as it was before the first settlement, whose record Xihu's node alone holds.
    private let bank: BankStore
    private let lost: SettlementRecord

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        bank = try outlets.bank.copiedInMemory()
        _ = try outlets.claim(at: .wulin)
        try outlets.exchange()
        lost = try #require(try outlets.settle(now: true).first)
        try outlets.exchange([.xihu])
        for outlet in [UnitCode.gulou, .wulin] { try Talk(outlets[outlet], bank).exchange() }
    }

    private func settleByForce() throws -> SettlementRecord {
        try #require(try bank.settle(.zhejiang, now: true, by: "fay", reason: "演练").first)
    }

    @Test func `what is sealed after a recovery that was cut short never takes a lost number`()
        throws
    {
        #expect(throws: Refusal.self) { try bank.settle(.zhejiang, by: "t") }.map {
            #expect($0.reason == .officeRecovering)
        }

        let record = try settleByForce()
        try Talk(outlets[.xihu], bank).exchange()

        #expect(lost.number == 1)
        #expect(record.number > 1_000_000_000)
        let ownership = try outlets[.xihu].ownership(of: .wang)
        #expect(ownership.state == .confirmed && ownership.claim == record.claim)
    }

    @Test func `a node that is heard afterwards still gives back what was lost`() throws {
        let record = try settleByForce()

        #expect(try Talk(outlets[.xihu], bank).exchange().recordsGivenBack == 1)
        #expect(try Talk(outlets[.xihu], bank).exchange().recordsGivenBack == 0)

        let entry = try #require(
            try bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.record == record)
        #expect(entry.claims.map(\.outcome) == [.owner])
        #expect(try bank.verify(by: "t").isWhole)
        #expect(try bank.settle(.zhejiang, by: "t") == [])
    }

    @Test func `the one after it follows in the chain`() throws {
        let first = try settleByForce()
        let ruling = try bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "裁定")

        #expect(ruling.record.number == first.number + 1)
        #expect(ruling.record.previous == first.hash.hex)
        for outlet in [UnitCode.xihu, .wulin, .gulou] {
            try Talk(outlets[outlet], bank).exchange()
            #expect(try outlets[outlet].ownership(of: .wang).claim == ruling.claim)
        }
        #expect(try bank.verify(by: "t").isWhole)
    }
}
