import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What was set apart and given up, once head office was restored from a backup.
struct GivenUpTests {
    private let outlets: ThreeOutlets
    private var wulin: BranchStore { outlets[.wulin] }

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.exchange()
    }

    /// A follow-up in a year that head office takes from nobody.
    private func poison() throws {
        _ = try wulin.addContact(
            with: .wang, by: .tom, way: .call, note: "poison",
            followUpOn: BusinessDay(daysSinceEpoch: 400_000))
    }

    private func note() throws {
        _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "after")
    }

    private func discard() throws -> Int {
        try wulin.discardQuarantined(nil, reason: "录错", by: "t")
    }

    /// A claim that head office takes by now, and set apart when it first came.
    private func claimSetApart() throws -> ClaimID {
        let claim = try outlets.claim(at: .wulin)
        let head = try #require(try wulin.nextBatch(on: .urgent))
        let node = try outlets.talk(.wulin).node()
        for part in try wulin.parts(of: head) {
            let reply = try outlets.bank.receive(part, from: node)
            guard part.isLast else { continue }
            try wulin.setApart([
                PushReply.SetApart(
                    transactionEnd: head.through, code: ExchangeError.inadmissible.rawValue,
                    record: "claim", key: claim.rawValue)
            ])
            try #require(try wulin.acknowledge(reply.acknowledgement, on: .urgent))
        }
        return claim
    }

    private func expectEqual(_ bank: BankStore) throws {
        #expect(try Talk(wulin, bank).exchange(comparing: true).isEqual == true)
        var exports: [[String]] = [[], []]
        try wulin.exportCanonical(by: "t") { exports[0].append($0) }
        try bank.exportCanonical(of: .wulin, by: "t") { exports[1].append($0) }
        #expect(exports[0] == exports[1])
    }

    private func setApart(at bank: BankStore) throws -> Int? {
        try bank.nodes(by: "t").first { $0.outlet.code == .wulin }?.setApart
    }

    @Test func `a claim that was given up does not come to a restored head office by itself`()
        throws
    {
        let backup = try outlets.bank.copiedInMemory()
        _ = try claimSetApart()
        #expect(try discard() == 1)
        try note()
        try outlets.talk(.wulin).push()

        let exchanged = try Talk(wulin, backup).exchange()

        #expect(exchanged.verdict == .officeRestored)
        #expect(exchanged.setApart == 0)
        #expect(try backup.received(from: .wulin, by: "t")["claim"] == [])
        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 1)
        #expect(try wulin.quarantine() == [])
        #expect(try wulin.lineState().pending == 0)
        #expect(try wulin.ownership(of: .wang, by: "t").owner.ownership == Ownership.none)
        try expectEqual(backup)
    }

    @Test func `what was given up is not set apart anew by a restored head office`() throws {
        let backup = try outlets.bank.copiedInMemory()
        try poison()
        try outlets.talk(.wulin).exchange()
        #expect(try discard() == 1)
        try outlets.talk(.wulin).exchange()

        let exchanged = try Talk(wulin, backup).exchange()

        #expect(exchanged.verdict == .officeRestored)
        #expect(exchanged.setApart == 0)
        #expect(try wulin.quarantine() == [])
        #expect(try backup.keptApart(by: "t").setApart == [])
        try expectEqual(backup)
    }

    @Test func `a restored head office that has it set apart hears again that it was given up`()
        throws
    {
        try poison()
        try outlets.talk(.wulin).exchange()
        let backup = try outlets.bank.copiedInMemory()
        #expect(try discard() == 1)
        try outlets.talk(.wulin).exchange()
        #expect(try wulin.hello().discarded == [])
        try note()
        try outlets.talk(.wulin).exchange()

        #expect(try Talk(wulin, backup).exchange().verdict == .officeRestored)
        // The marketing record and its reminder.
        #expect(try setApart(at: backup) == 2)
        try Talk(wulin, backup).exchange()

        #expect(try setApart(at: backup) == 0)
        #expect(try wulin.hello().discarded == [])
        try expectEqual(backup)
    }

    @Test func `what a restored head office takes after all is not set apart any more`() throws {
        let backup = try outlets.bank.copiedInMemory()
        let claim = try claimSetApart()
        #expect(try wulin.quarantine().map(\.key) == [claim.rawValue])

        #expect(try Talk(wulin, backup).exchange().verdict == .officeRestored)

        #expect(try wulin.quarantine() == [])
        #expect(try backup.received(from: .wulin, by: "t")["claim"] == [claim.rawValue])
        try expectEqual(backup)
    }
}
