import Bank
import Sealing
import Sync
import Testing

/// What a later version adds to a claim, a step or a record is under its name too, and goes on.
struct LaterFieldTests {
    private func adding(_ field: String, _ value: JSONValue, to content: JSONValue) -> JSONValue {
        var members = content.object ?? [:]
        members[field] = value
        return .object(members)
    }

    private func name(of content: JSONValue) -> String {
        Digest.sha256(content.canonicalBytes).hex
    }

    private let claim = Claim(
        id: "", customer: "1", firstTier: "33", author: "330101", kind: .assignment, base: nil,
        outlet: "330101", manager: "330101-RM1",
        evidence: Evidence(
            activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
        businessDate: BusinessDay(daysSinceEpoch: 0), stamp: "1-0-n", enteredBy: "330101-OS1")

    @Test(
        arguments: [("channel", "phone"), ("evidence", ["activeCard": false, "holdings": "x"])]
            as [(String, JSONValue)])
    func `a claim that says more than is known of claims arrives as it was sent`(
        field: String, value: JSONValue
    ) throws {
        let content = adding(field, value, to: claim.content)
        let read = try #require(Claim(verifying: ClaimID(name(of: content)), content: content))

        #expect(read.content == content)
        #expect(read.hasItsName)
        let delta = Delta(
            through: 1, hasMore: false, organisationVersion: 1, organisation: nil,
            claims: [.init(claim: read, outcome: nil)], settled: [])
        let arrived = try #require(
            Delta(json: try JSONValue(reading: delta.json.canonicalBytes)))
        #expect(arrived.claims.map(\.claim.content) == [content])
    }

    @Test func `a claim that nobody can read inside of a delta is none`() {
        func nested(_ depth: Int) -> Claim? {
            let deep = (0..<depth).reduce(JSONValue.null) { inner, _ in [inner] }
            let content = adding("more", deep, to: claim.content)
            return Claim(verifying: ClaimID(name(of: content)), content: content)
        }

        #expect(nested(5) != nil)
        #expect(nested(60) == nil)
    }

    @Test func `a step that says more than is known of steps arrives as it was sent`() throws {
        let step = DisputeStep(
            id: "", begins: "00", customer: "1", firstTier: "33", author: "330101",
            kind: .withdrawn, opinion: "", businessDate: BusinessDay(daysSinceEpoch: 0),
            stamp: "1-0-n", enteredBy: "330101-OS1")
        let content = adding("channel", "phone", to: step.content)
        let read = try #require(
            DisputeStep(verifying: DisputeStepID(name(of: content)), content: content))

        let delta = Delta(
            through: 1, hasMore: false, organisationVersion: 1, organisation: nil, claims: [],
            settled: [], steps: [read])
        let arrived = try #require(
            Delta(json: try JSONValue(reading: delta.json.canonicalBytes)))
        #expect(arrived.steps.map(\.content) == [content])
    }

    @Test func `a record that says more than is known of records is hashed and signed whole`()
        throws
    {
        let key = SigningKey.make()
        let record = SettlementRecord(
            Settlement(
                customer: "1", firstTier: "33", previous: nil, claims: [claim]
            ).decide(), number: 1, previous: "")
        let json = adding("authority", "2", to: record.json)
        let signature = hexadecimal(key.sign(json.canonicalBytes))

        let read = try #require(SettlementRecord(json: json))

        #expect(read.json == json)
        #expect(read.hash.hex == name(of: json))
        #expect(read.isSigned(signature, by: key.verificationKey))
        #expect(read != record)
        #expect(read.known == record)
    }
}
