import Bank
import Sealing
import Sync
import Testing

/// Statement 14 for what is named by the hash of its content: what a later version has put into it
/// stays part of it.
struct SkewTests {
    private static let claim = Claim.make(
        customer: "3300000001", firstTier: "33", author: "330101", kind: .assignment, base: nil,
        outlet: "330101", manager: "330101-RM1",
        evidence: Evidence(
            activeCard: true, holdings: nil, demandAccountOpened: nil, businessDate: nil),
        businessDate: BusinessDay(daysSinceEpoch: 20_159),
        stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n"), enteredBy: "330101-OS1")
    private static let step = DisputeStep(
        id: "", begins: nil, customer: "3300000001", firstTier: "33", author: "330102",
        kind: .requested, outlet: "330102", manager: "330102-RM1", counterParty: "330101",
        against: "c", opinion: "理由", businessDate: BusinessDay(daysSinceEpoch: 20_159),
        stamp: "1-0-n", enteredBy: "330102-OS1")

    private static func content(
        _ content: JSONValue, with further: [String: JSONValue]
    ) -> (id: String, content: JSONValue) {
        let content = JSONValue.object((content.object ?? [:]).merging(further) { $1 })
        return (Digest.sha256(content.canonicalBytes).hex, content)
    }

    @Test func `a claim is passed on as it came, with what this version does not know`() throws {
        let evidence = Self.content(Self.claim.evidence.json, with: ["turnover": 7]).content
        let later = Self.content(Self.claim.content, with: ["mood": "calm", "evidence": evidence])

        let claim = try #require(Claim(verifying: ClaimID(later.id), content: later.content))

        #expect(claim.content == later.content)
        #expect(claim.evidence == Self.claim.evidence)
        let again = Claim(id: claim.id, content: claim.content)
        #expect(again == claim)
    }

    @Test func `a step is passed on as it came, with what this version does not know`() throws {
        let later = Self.content(Self.step.content, with: ["mood": "calm"])

        let step = try #require(
            DisputeStep(verifying: DisputeStepID(later.id), content: later.content))

        #expect(step.content == later.content)
        #expect(step.opinion == "理由")
    }

    private static func delta(
        claims: [JSONValue] = [], steps: [JSONValue] = [], without names: [String] = []
    ) -> Delta? {
        let delta = Delta(
            through: 1, hasMore: false, organisationVersion: 1, organisation: nil, claims: [],
            settled: [])
        var json = delta.json.object ?? [:]
        json["claims"] = .array(claims)
        json["steps"] = .array(steps)
        for name in names { json[name] = nil }
        json["horizon"] = 7
        return Delta(json: .object(json))
    }

    @Test func `a delta with a kind of claim or step that came later is taken, and the rest of it`()
        throws
    {
        let claim = Self.content(Self.claim.content, with: ["kind": "lease"])
        let step = Self.content(Self.step.content, with: ["kind": "mediated"])
        let known: JSONValue = [
            "content": Self.claim.content, "id": JSONValue(Self.claim.id), "outcome": .null,
        ]

        let delta = try #require(
            Self.delta(
                claims: [
                    known,
                    ["content": claim.content, "id": .string(claim.id), "outcome": .null],
                ],
                steps: [["content": step.content, "id": .string(step.id)]]))

        #expect(delta.claims.map(\.claim) == [Self.claim])
        #expect(delta.steps == [])
        #expect(delta.records.map(\.table) == ["claim", "disputeStep"])
        #expect(delta.records.map { $0.row["id"] } == [.string(claim.id), .string(step.id)])
    }

    @Test func `one that is not what its name says is no delta, of whatever kind`() {
        let claim = Self.content(Self.claim.content, with: ["kind": "lease"])

        #expect(
            Self.delta(claims: [["content": claim.content, "id": "c", "outcome": .null]]) == nil)
    }

    @Test func `an older head office's delta lacks what came since`() {
        #expect(Self.delta(without: ["records", "steps"])?.records == [])
    }
}
