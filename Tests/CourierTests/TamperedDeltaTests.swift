import Bank
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Vault

/// What somebody else than head office made of a delta is refused, and nothing of it is kept.
struct TamperedDeltaTests {
    private let outlets: ThreeOutlets
    private let store: BranchStore
    private let delta: Delta

    /// Wulin's node has claimed and lost; the delta that says so was not applied yet.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .gulou: "500000"])
        try outlets.claim(at: .wulin)
        try outlets.claim(at: .gulou)
        try outlets.exchange()
        try outlets.settle(now: true)
        store = outlets[.wulin]
        delta = try outlets.talk(.wulin).delta()
    }

    private func expectNothingKept() throws {
        let answer = try store.ownership(of: .wang, by: "t")
        #expect(answer.record == nil)
        #expect(answer.decision == nil)
        #expect(answer.claims?.allSatisfy { $0.outcome == nil } == true)
        #expect(answer.owner.ownership.state == .provisional)
        #expect(try store.reminders(of: .ada).map(\.kind) == [.assigned])
        #expect(try outlets.talk(.wulin).delta().through == delta.through)
    }

    private func delta(
        settled: [Delta.Settled]? = nil, claims: [Delta.ClaimChange]? = nil,
        organisation: JSONValue? = nil
    ) -> Delta {
        Delta(
            through: delta.through, hasMore: false, organisationVersion: 2,
            organisation: organisation, claims: claims ?? delta.claims,
            settled: settled ?? delta.settled)
    }

    private func apply(_ change: (inout [String: JSONValue]) -> Void) throws -> Delta {
        try delta(
            settled: delta.settled.map { entry in
                var record = entry.record.json.object ?? [:]
                change(&record)
                return Delta.Settled(
                    record: try #require(SettlementRecord(json: .object(record))),
                    signature: entry.signature, decision: entry.decision)
            })
    }

    @Test(
        arguments: [
            ("manager", "ada"), ("outlet", "330101"), ("number", 9), ("digest", "00"),
            ("previous", "00"), ("since", "2025-01-01"), ("customer", "3300000009"),
        ] as [(String, JSONValue)])
    func `a record that was changed is not signed`(field: String, value: JSONValue) throws {
        let changed = try apply { $0[field] = value }

        #expect(throws: UntrustedDelta.self) { try store.apply(changed) }.map {
            #expect($0 == .signature(record: field == "number" ? 9 : 1))
        }
        try expectNothingKept()
    }

    @Test func `a record of another first-tier branch is refused`() throws {
        let changed = try apply { $0["firstTier"] = "32" }

        #expect(throws: UntrustedDelta.anotherFirstTier) { try store.apply(changed) }
        try expectNothingKept()
    }

    @Test func `a decision that is not the signed one is refused`() throws {
        let changed = delta(
            settled: delta.settled.map { entry in
                var decision = entry.decision?.object ?? [:]
                decision["rule"] = "ruling"
                return Delta.Settled(
                    record: entry.record, signature: entry.signature, decision: .object(decision))
            })

        #expect(throws: UntrustedDelta.digest(record: 1)) { try store.apply(changed) }
        try expectNothingKept()
    }

    @Test func `a claim that is not what its name says is no message`() throws {
        var json = delta.json.object ?? [:]
        json["claims"] = .array(
            (json["claims"]?.array ?? []).map { change in
                var change = change.object ?? [:]
                var content = change["content"]?.object ?? [:]
                content["manager"] = "ida"
                change["content"] = .object(content)
                return .object(change)
            })

        #expect(Delta(json: delta.json) != nil)
        #expect(Delta(json: .object(json)) == nil)
    }

    @Test func `an outcome that is none is no message`() throws {
        let text = delta.json.description.replacing(
            "\"outcome\":\"lost\"", with: "\"outcome\":\"won\"")

        #expect(text != delta.json.description)
        #expect(Delta(json: try JSONValue(reading: Array(text.utf8))) == nil)
    }

    @Test(arguments: ["{}", "[]", "{\"units\":[]}", "{\"units\":[],\"staff\":[{}]}"])
    func `an organisation that is none is refused`(text: String) throws {
        let changed = delta(organisation: try JSONValue(reading: Array(text.utf8)))

        #expect(throws: UntrustedDelta.organisation) { try store.apply(changed) }
        try expectNothingKept()
        #expect(try store.actor(.ada).unit == .wulin)
    }

    @Test func `a claim of another first-tier branch is refused`() throws {
        let claim = Claim.make(
            customer: .wang, firstTier: .jiangsu, author: .nanjing, kind: .assignment, base: nil,
            outlet: .nanjing, manager: .nia,
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: day("2025-03-02"),
            stamp: HybridStamp(milliseconds: 0, counter: 0, node: "n"), enteredBy: .oki)

        #expect(throws: UntrustedDelta.anotherFirstTier) {
            try store.apply(delta(claims: [.init(claim: claim, outcome: nil)]))
        }
        try expectNothingKept()
    }

    /// Signed by the right key and with the right digest, but not what the rules make of the claims.
    @Test func `a decision that does not follow from the claims is refused, whoever signed it`()
        throws
    {
        let key = SigningKey.make()
        let node = try BranchStore(
            inMemory: Node(
                outlet: .wulin, firstTier: .zhejiang, name: "n",
                settlementKey: key.verificationKey.hex), keys: .ofTests, organisation: .ofTests,
            world: outlets.world.world)
        let claims = Dictionary(
            uniqueKeysWithValues: delta.claims.map { ($0.claim.id, $0.claim) })
        let decision = try #require(delta.settled.first?.decision)
        let right = try #require(Settlement(replaying: decision, claims: claims)).decide()
        func settled(_ content: JSONValue, _ record: JSONValue) throws -> Delta {
            let record = try #require(SettlementRecord(json: record))
            return delta(
                settled: [
                    .init(record: record, signature: record.signature(by: key), decision: content)
                ])
        }
        let record = SettlementRecord(right, number: 1, previous: "")

        var bent = decision.object ?? [:]
        bent["rule"] = "ruling"
        var digest = record.json.object ?? [:]
        digest["digest"] = .string(Digest.sha256(JSONValue.object(bent).canonicalBytes).hex)
        #expect(throws: UntrustedDelta.doesNotFollow(record: 1)) {
            try node.apply(settled(.object(bent), .object(digest)))
        }

        var owner = record.json.object ?? [:]
        owner["manager"] = "ben"
        #expect(throws: UntrustedDelta.doesNotFollow(record: 1)) {
            try node.apply(settled(decision, .object(owner)))
        }

        #expect(try node.ownership(of: .wang, by: "t").record == nil)
        try node.apply(settled(decision, record.json))
        #expect(try node.ownership(of: .wang, by: "t").record == record)
    }
}
