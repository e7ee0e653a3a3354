package import Bank
import Sealing

/// What head office sends down in one pull: whole transactions of its own, in their order.
package struct Delta: Sendable {
    /// More rows than this wait for the next pull.
    package static let mostRows = 2000
    /// So do more bytes: what packs, as a rule, into less than a chunk.
    package static let mostBytes = 256 * 1024

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

    /// Which of head office's transactions each row is of, in the order of the rows: where the
    /// receiver may stop between two of its own.
    package struct Sequences: Hashable, Sendable {
        package let claims: [Int64]
        package let settled: [Int64]
        package let steps: [Int64]
        package let records: [Int64]

        package init(claims: [Int64], settled: [Int64], steps: [Int64], records: [Int64]) {
            self.claims = claims
            self.settled = settled
            self.steps = steps
            self.records = records
        }

        package var all: [Int64] { claims + settled + steps + records }

        fileprivate var json: JSONValue {
            func list(_ numbers: [Int64]) -> JSONValue { .array(numbers.map(JSONValue.int)) }
            return [
                "claims": list(claims), "records": list(records), "settled": list(settled),
                "steps": list(steps),
            ]
        }

        fileprivate init?(json: JSONValue) {
            func list(_ name: String) -> [Int64]? {
                guard let list = json[name]?.array else { return nil }
                let numbers = list.compactMap(\.int)
                return numbers.count == list.count ? numbers : nil
            }
            guard let claims = list("claims"), let settled = list("settled"),
                let steps = list("steps"), let records = list("records")
            else { return nil }
            self.init(claims: claims, settled: settled, steps: steps, records: records)
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
    /// Nil from a head office that does not say.
    package let sequences: Sequences?
    /// Through which business date the first-tier branch has closed with the receiver's figures; nil
    /// where it has closed none, or head office does not say.
    package let closedThrough: BusinessDay?

    package init(
        through: Int64, hasMore: Bool, organisationVersion: Int64, organisation: JSONValue?,
        claims: [ClaimChange], settled: [Settled], steps: [DisputeStep] = [],
        attestations: [String: String] = [:], records: [PassedOn] = [],
        sequences: Sequences? = nil, closedThrough: BusinessDay? = nil
    ) {
        self.closedThrough = closedThrough
        self.attestations = attestations
        self.sequences = sequences
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
        var fields: [String: JSONValue] = [
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
        fields["sequences"] = sequences?.json
        if let closedThrough { fields["closedThrough"] = JSONValue(closedThrough) }
        return .object(fields)
    }

    /// Nil where it is no delta, or a claim or step is not what its name says.
    package init?(json: JSONValue) {
        guard let through = json["through"]?.int, let hasMore = json["more"]?.bool,
            let version = json["organisationVersion"]?.int, let claims = json["claims"]?.array,
            let settled = json["settled"]?.array, (0...(1 << 52)).contains(through)
        else { return nil }
        // A head office of before there were disputes sends no steps, nor did one of before records
        // were passed on send those.
        let steps = json["steps"]?.array ?? []
        let passed = json["records"]?.array ?? []
        // Without sequences the delta is one transaction.
        let said = json["sequences"].flatMap(Sequences.init(json:))
        let sequences =
            said
            ?? Sequences(
                claims: claims.map { _ in through }, settled: settled.map { _ in through },
                steps: steps.map { _ in through }, records: passed.map { _ in through })
        guard sequences.claims.count == claims.count, sequences.settled.count == settled.count,
            sequences.steps.count == steps.count, sequences.records.count == passed.count,
            sequences.all.allSatisfy((0...through).contains)
        else { return nil }

        // What a later version wrote of a kind that is unknown here is kept for that version.
        var records: [(row: PassedOn, sequence: Int64)] = []
        var kept: (claims: [Int64], steps: [Int64]) = ([], [])
        var changes: [ClaimChange] = []
        for (change, sequence) in zip(claims, sequences.claims) {
            guard let id = change["id"]?.string, let content = change["content"] else { return nil }
            if let claim = Claim(verifying: ClaimID(id), content: content) {
                let outcome = change["outcome"]?.string.flatMap(Decision.Outcome.init(rawValue:))
                guard outcome != nil || change["outcome"] == .null else { return nil }
                changes.append(ClaimChange(claim: claim, outcome: outcome))
                kept.claims.append(sequence)
            } else if let record = PassedOn(laterClaim: change) {
                records.append((record, sequence))
            } else {
                return nil
            }
        }
        var known: [DisputeStep] = []
        for (step, sequence) in zip(steps, sequences.steps) {
            guard let id = step["id"]?.string, let content = step["content"] else { return nil }
            if let step = DisputeStep(verifying: DisputeStepID(id), content: content) {
                known.append(step)
                kept.steps.append(sequence)
            } else if let record = PassedOn(laterStep: step) {
                records.append((record, sequence))
            } else {
                return nil
            }
        }
        let others = passed.compactMap(PassedOn.init(json:))
        guard others.count == passed.count else { return nil }

        self.init(
            through: through, hasMore: hasMore, organisationVersion: version,
            organisation: json["organisation"].flatMap { $0.isNull ? nil : $0 }, claims: changes,
            settled: settled.compactMap(Settled.init(json:)), steps: known,
            // A head office of before there were attestations sends none.
            attestations: (json["attested"]?.object ?? [:]).compactMapValues(\.string),
            records: others + records.map(\.row),
            sequences: said.map {
                Sequences(
                    claims: kept.claims, settled: $0.settled, steps: kept.steps,
                    records: $0.records + records.map(\.sequence))
            }, closedThrough: json["closedThrough"]?.day)
        guard self.settled.count == settled.count else { return nil }
    }
}

extension PassedOn {
    /// A claim of a kind that only a later version knows; nil where it is none, or not what its
    /// name says.
    package init?(laterClaim entry: JSONValue) {
        guard let content = entry["content"], Claim.isOfLaterVersion(content) else { return nil }
        self.init(unknown: "claim", entry, content)
    }

    /// The same of a dispute's step.
    package init?(laterStep entry: JSONValue) {
        guard let content = entry["content"], DisputeStep.isOfLaterVersion(content) else {
            return nil
        }
        self.init(unknown: "disputeStep", entry, content)
    }

    private init?(unknown table: String, _ entry: JSONValue, _ content: JSONValue) {
        guard let author = content["author"]?.string, let id = entry["id"]?.string,
            Digest.sha256(content.canonicalBytes).hex == id
        else { return nil }
        self.init(outlet: UnitCode(author), table: table, row: entry.object ?? [:])
    }
}
