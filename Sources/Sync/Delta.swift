package import Bank
import Sealing

/// What head office sends down in one pull: whole transactions of its own, in their order.
package struct Delta: Sendable {
    /// More rows than this wait for the next pull.
    package static let mostRows = 2000
    /// So do more bytes: an eighth of what an answer may have, on lines that are slow.
    package static let mostBytes = 4 * 1024 * 1024

    /// A claim of any outlet on a customer that the receiver serves, with what became of it.
    package struct ClaimChange: Sendable {
        package let claim: Claim
        package let outcome: Decision.Outcome?

        package init(claim: Claim, outcome: Decision.Outcome?) {
            self.claim = claim
            self.outcome = outcome
        }
    }

    /// A settlement record; the decision goes to those that serve the customer.
    package struct Settled: Sendable {
        package let record: SettlementRecord
        package let signature: String
        package let decision: JSONValue?

        package init(record: SettlementRecord, signature: String, decision: JSONValue?) {
            self.record = record
            self.signature = signature
            self.decision = decision
        }

        package var json: JSONValue {
            [
                "decision": decision ?? .null, "record": record.json,
                "signature": .string(signature),
            ]
        }

        package init?(json: JSONValue) {
            guard let record = json["record"].flatMap(SettlementRecord.init(json:)),
                let signature = json["signature"]?.string
            else { return nil }
            self.init(
                record: record, signature: signature,
                decision: json["decision"].flatMap { $0.isNull ? nil : $0 })
        }
    }

    /// Head office's sequence through which the receiver has everything after this delta.
    package let through: Int64
    /// Whether there is more to pull at once.
    package let hasMore: Bool
    package let organisationVersion: Int64
    /// JSON of the organisation file; nil where the receiver has the version.
    package let organisation: JSONValue?
    package let claims: [ClaimChange]
    package let settled: [Settled]
    /// Steps of disputes about customers whose claims the receiver sees, and of its own disputes.
    package let steps: [DisputeStep]
    /// Head office's keyed hashes of the claims and steps that others wrote, by their names.
    package let attestations: [String: String]
    /// Records of other outlets, known here or not, and the receiver's own as they count.
    package let records: [PassedOn]

    package init(
        through: Int64, hasMore: Bool, organisationVersion: Int64, organisation: JSONValue?,
        claims: [ClaimChange], settled: [Settled], steps: [DisputeStep] = [],
        attestations: [String: String] = [:], records: [PassedOn] = []
    ) {
        self.attestations = attestations
        self.through = through
        self.hasMore = hasMore
        self.organisationVersion = organisationVersion
        self.organisation = organisation
        self.claims = claims
        self.settled = settled
        self.steps = steps
        self.records = records
    }

    package var json: JSONValue {
        [
            "attested": .object(attestations.mapValues(JSONValue.string)),
            "claims": .array(
                claims.map {
                    [
                        "content": $0.claim.content, "id": JSONValue($0.claim.id),
                        "outcome": JSONValue($0.outcome?.rawValue),
                    ]
                }),
            "more": .bool(hasMore), "organisation": organisation ?? .null,
            "organisationVersion": .int(organisationVersion),
            "records": .array(records.map(\.json)),
            "settled": .array(settled.map(\.json)),
            "steps": .array(steps.map { ["content": $0.content, "id": JSONValue($0.id)] }),
            "through": .int(through),
        ]
    }

    /// Nil where it is no delta, or a claim or step is not what its name says.
    package init?(json: JSONValue) {
        guard let through = json["through"]?.int, let hasMore = json["more"]?.bool,
            let version = json["organisationVersion"]?.int, let claims = json["claims"]?.array,
            let settled = json["settled"]?.array
        else { return nil }
        guard (0...(1 << 52)).contains(through) else { return nil }
        self.through = through
        self.hasMore = hasMore
        organisationVersion = version
        organisation = json["organisation"].flatMap { $0.isNull ? nil : $0 }
        // What a later version wrote of a kind that is unknown here is kept for that version.
        var records: [PassedOn] = []
        func set(apart table: String, _ entry: JSONValue) {
            guard let content = entry["content"], let author = content["author"]?.string,
                let id = entry["id"]?.string, Digest.sha256(content.canonicalBytes).hex == id
            else { return }
            records.append(
                PassedOn(outlet: UnitCode(author), table: table, row: entry.object ?? [:]))
        }
        self.claims = claims.compactMap { change in
            guard let id = change["id"]?.string, let content = change["content"] else { return nil }
            guard let claim = Claim(verifying: ClaimID(id), content: content) else {
                if Claim.isOfLaterVersion(content) { set(apart: "claim", change) }
                return nil
            }
            let outcome = change["outcome"]?.string.flatMap(Decision.Outcome.init(rawValue:))
            guard outcome != nil || change["outcome"] == .null else { return nil }
            return ClaimChange(claim: claim, outcome: outcome)
        }
        self.settled = settled.compactMap(Settled.init(json:))
        // A head office of before there were attestations sends none.
        attestations = (json["attested"]?.object ?? [:]).compactMapValues(\.string)
        // A head office of before there were disputes sends none.
        let steps = json["steps"]?.array ?? []
        self.steps = steps.compactMap { step in
            guard let id = step["id"]?.string, let content = step["content"] else { return nil }
            let known = DisputeStep(verifying: DisputeStepID(id), content: content)
            if known == nil, DisputeStep.isOfLaterVersion(content) {
                set(apart: "disputeStep", step)
            }
            return known
        }
        guard self.settled.count == settled.count,
            self.claims.count + self.steps.count + records.count == claims.count + steps.count
        else { return nil }
        // Nor does one of before records were passed on.
        let passed = json["records"]?.array ?? []
        let known = passed.compactMap(PassedOn.init(json:))
        guard known.count == passed.count else { return nil }
        self.records = known + records
    }
}
