import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// How what is new to an outlet is cut into deltas.
struct SendTests {
    private let outlets: ThreeOutlets

    /// Wulin has claimed Wang and Zhang, and both were settled in one transaction.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"), outlet: .wulin)
                    .holding(.wang, "300000", account: "A1")
                    .holding(.zhang, "300000", account: "A2")
            ], in: outlets.files)
        try outlets.claim(.wang, at: .wulin)
        try outlets.claim(.zhang, at: .wulin)
        try outlets.exchange()
        try #require(try outlets.settle(now: true).count == 2)
    }

    /// All that an outlet may have, in deltas that are as small as they get.
    private func deltas(for outlet: UnitCode) throws -> [Delta] {
        let node = try outlets.talk(outlet).node()
        var deltas: [Delta] = []
        repeat {
            let delta = try outlets.bank.delta(
                for: node,
                PullRequest(after: deltas.last?.through ?? 0, organisationVersion: 1), upTo: 1)
            #expect(delta.through > deltas.last?.through ?? 0)
            deltas.append(delta)
        } while deltas.last?.hasMore == true && deltas.count < 100
        return deltas
    }

    @Test func `customers who were settled together come one by one where they are much`() throws {
        let deltas = try deltas(for: .wulin).filter { !$0.settled.isEmpty }

        #expect(deltas.map(\.settled.count) == [1, 1])
        for delta in deltas {
            #expect(delta.claims.map(\.claim.id) == delta.settled.map(\.record.claim))
        }
    }

    @Test func `an outlet that comes to serve a customer gets no record before its claims`() throws
    {
        try outlets.close("2025-03-03", [.gulou: "1000"])
        try outlets.talk(.gulou).push()

        var claims: Set<ClaimID> = []
        var records: [SettlementRecord] = []
        for delta in try deltas(for: .gulou) {
            claims.formUnion(delta.claims.map(\.claim.id))
            for settled in delta.settled where settled.decision != nil {
                #expect(settled.record.claim.map(claims.contains) == true)
                records.append(settled.record)
            }
        }
        #expect(records.map(\.customer) == [.wang])
    }

    @Test func `a node that pulls in small deltas has what head office has`() throws {
        for delta in try deltas(for: .wulin) { try outlets[.wulin].apply(delta) }

        for customer in [CustomerNumber.wang, .zhang] {
            let answer = try outlets[.wulin].ownership(of: customer, by: "t")
            #expect(answer.record != nil)
            #expect(answer.decision != nil)
        }
    }
}
