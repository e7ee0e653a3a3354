import Bank
import GRDB
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// Claims of a kind that only a later version knows (`sync.md`, statement 14).
struct KeptClaimTests {
    private let outlets: ThreeOutlets
    private let claim = Claim.make(
        customer: .wang, firstTier: .zhejiang, author: .wulin, kind: .assignment, base: nil,
        outlet: .wulin, manager: .ada,
        evidence: Evidence(
            activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
        businessDate: day("2025-03-02"),
        stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n"), enteredBy: .eve)

    /// Wulin owns Wang; Xihu serves him, and Gulou from 2025-03-03 on.
    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        try outlets.close("2025-03-03", [.gulou: "900000"])
        try outlets.exchange([.gulou])
    }

    private func apply(_ record: PassedOn, at outlet: UnitCode) throws {
        let store = outlets[outlet]
        try store.apply(
            Delta(
                through: try store.lineState().watermark, hasMore: false,
                organisationVersion: try store.organisationVersion(), organisation: nil,
                claims: [], settled: [], records: [record]))
    }

    /// The claim as a later version would have written it, with what became of it.
    private func later(_ outcome: JSONValue) throws -> (id: String, record: PassedOn) {
        var fields = try #require(claim.content.object)
        fields["kind"] = "lease"
        let content = JSONValue.object(fields)
        let id = Digest.sha256(content.canonicalBytes).hex
        let record = PassedOn(
            laterClaim: ["content": content, "id": .string(id), "outcome": outcome])
        return (id, try #require(record))
    }

    private func kept(at outlet: UnitCode) throws -> [String] {
        try outlets.disk(outlet).disk.read {
            try String.fetchAll(
                $0, sql: "SELECT key || ' ' || coalesce(customer, '–') FROM unknownRecord")
        }
    }

    @Test func `a claim of a kind that is unknown is kept once, whatever becomes of it`() throws {
        let first = try later(.null)
        try apply(first.record, at: .xihu)
        try apply(later("lost").record, at: .xihu)

        #expect(try kept(at: .xihu) == ["\(first.id) 3300000001"])
    }

    @Test func `it goes with the customer's last account like all of others`() throws {
        try apply(later(.null).record, at: .gulou)
        #expect(try kept(at: .gulou).count == 1)

        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day("2025-03-04"), outlet: .gulou).accountRow(
                    "A\(UnitCode.gulou)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-04")
            ], in: outlets.files)
        try outlets.exchange([.gulou])

        #expect(try kept(at: .gulou) == [])
    }

    @Test func `once the kind is known, what was kept is a claim like another`() throws {
        try apply(
            PassedOn(
                outlet: .wulin, table: "claim",
                row: [
                    "content": claim.content, "id": JSONValue(claim.id), "outcome": "lost",
                ]), at: .xihu)
        let xihu = outlets[.xihu]
        #expect(try kept(at: .xihu).count == 1)

        #expect(try xihu.takeInKnown() == 1)
        #expect(try xihu.takeInKnown() == 0)

        #expect(try kept(at: .xihu) == [])
        let claims = try #require(try xihu.ownership(of: .wang, by: "t").claims)
        #expect(claims.first { $0.claim.id == claim.id }?.outcome == .lost)
    }
}
