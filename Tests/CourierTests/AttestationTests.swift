import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// What head office and its author's node both lost comes back from whoever was sent it
/// (`sync.md`, statement 4 and "What has been sealed stays").
struct AttestationTests {
    private let outlets: ThreeOutlets
    /// Head office and the author's node as they were before.
    private let bank: BankStore
    private let wulin: BranchStore

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        bank = try outlets.bank.copiedInMemory()
        wulin = try outlets[.wulin].copiedInMemory(
            mark: RestoreMark(id: "w", restoredAt: outlets.world.now, backupAt: 0))
    }

    private func claims(at bank: BankStore) throws -> [ClaimID] {
        try bank.received(from: .wulin, by: "t")["claim"]?.map { ClaimID($0) } ?? []
    }

    @Test func `a claim that head office and its author lost comes back from another outlet`()
        throws
    {
        let claim = try outlets.claim(at: .wulin)
        try outlets.exchange()

        // Both are put back; the other outlet, which serves the customer, comes first.
        let given = try Talk(outlets[.xihu], bank).exchange()
        #expect(given.recordsGivenBack == 1)
        try Talk(wulin, bank).exchange()

        #expect(try claims(at: bank) == [claim])
        let answer = try wulin.owner(of: .wang, by: "t").ownership
        #expect(answer.claim == claim && answer.state == .provisional)
        #expect(try wulin.lineState().pending == 0)
        // It is the outlet's own again: both sides say that they hold the same.
        #expect(try Talk(wulin, bank).exchange().rowsMended == 0)
        #expect(try Talk(outlets[.xihu], bank).exchange().recordsGivenBack == 0)
    }

    @Test func `a step of a dispute comes back as well`() throws {
        _ = try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        let bank = try outlets.bank.copiedInMemory()
        let xihu = try outlets[.xihu].copiedInMemory(
            mark: RestoreMark(id: "x", restoredAt: outlets.world.now, backupAt: 0))
        _ = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "常客")
        try outlets.exchange([.xihu, .wulin])

        try Talk(outlets[.wulin], bank).exchange()
        try Talk(xihu, bank).exchange()

        let states = try xihu.disputes(about: .wang).map(\.state)
        #expect(states == [.withCounterParty])
    }

    @Test func `what an outlet only says that head office attested counts for nothing`() throws {
        let claim = try outlets.claim(at: .wulin)
        let row = try #require(
            try outlets[.wulin].ownership(of: .wang, by: "t").claims?.first?.claim)
        let node = try outlets.talk(.xihu).node()
        for attestation in [String(repeating: "0", count: 32), ""] {
            let given = GivenBack(
                settled: [], claims: [row], attestations: [claim.rawValue: attestation],
                isLast: false)
            let answer = try bank.answer(
                given.json.canonicalBytes, at: Message.recordsPath, from: node)
            #expect(answer["taken"]?.int == 0)
        }
        #expect(try claims(at: bank) == [])
    }

    @Test func `records that later ones followed come back, in their chain`() throws {
        let first = try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        _ = try outlets.bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "裁定")
        try outlets.exchange()

        for outlet in [UnitCode.gulou, .xihu] { try Talk(outlets[outlet], bank).exchange() }
        try Talk(wulin, bank).exchange()

        #expect(try bank.verify(by: "t").isWhole)
        let entry = try #require(
            try bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.record?.number == 2)
        #expect(entry.claims.first { $0.claim.id == first }?.outcome == .followed)
    }

    @Test func `nothing is ruled while a recovery is under way`() throws {
        _ = try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try Talk(outlets[.xihu], bank).exchange()

        #expect(throws: Refusal.self) {
            try bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "裁定")
        }.map { #expect($0.reason == .officeRecovering) }
    }
}
