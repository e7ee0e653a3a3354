package import Bank

/// What a node gives back to a head office that came out of a backup: `POST /v1/records`. The
/// settlement records that head office lacks, with the decisions and claims behind them where the
/// outlet is entitled to them; and what others wrote, with head office's own word that it had it
/// from them.
package struct GivenBack: Sendable {
    /// So that the message stays within the bound of a question.
    package static let mostBytes = 40 * 1024

    package let settled: [Delta.Settled]
    package let claims: [Claim]
    package let steps: [DisputeStep]
    /// Head office's keyed hashes of claims and steps, by their names.
    package let attestations: [String: String]
    /// Of a decision that no message holds; its record follows, without it. Not sent where there is
    /// none.
    package var parts: [DecisionPart] = []
    /// Whether the node has given back everything with this.
    package let isLast: Bool

    package init(
        settled: [Delta.Settled], claims: [Claim], steps: [DisputeStep] = [],
        attestations: [String: String] = [:], isLast: Bool
    ) {
        self.settled = settled
        self.claims = claims
        self.steps = steps
        self.attestations = attestations
        self.isLast = isLast
    }

    package var json: JSONValue {
        var json: [String: JSONValue] = [
            "attested": .object(attestations.mapValues(JSONValue.string)),
            "claims": .array(
                claims.map { ["content": $0.content, "id": JSONValue($0.id)] }),
            "last": .bool(isLast), "protocol": .int(Message.version),
            "settled": .array(settled.map(\.json)),
            "steps": .array(steps.map { ["content": $0.content, "id": JSONValue($0.id)] }),
        ]
        if !parts.isEmpty { json["parts"] = .array(parts.map(\.json)) }
        return .object(json)
    }

    package init?(json: JSONValue) {
        guard let claims = json["claims"]?.array, let settled = json["settled"]?.array,
            let isLast = json["last"]?.bool
        else { return nil }
        self.claims = claims.compactMap { entry in
            guard let id = entry["id"]?.string, let content = entry["content"] else { return nil }
            return Claim(verifying: ClaimID(id), content: content)
        }
        self.settled = settled.compactMap(Delta.Settled.init(json:))
        // A node of before there were attestations gives neither.
        let steps = json["steps"]?.array ?? []
        self.steps = steps.compactMap { entry in
            guard let id = entry["id"]?.string, let content = entry["content"] else { return nil }
            return DisputeStep(verifying: DisputeStepID(id), content: content)
        }
        attestations = (json["attested"]?.object ?? [:]).compactMapValues(\.string)
        self.isLast = isLast
        let parts = json["parts"]?.array ?? []
        self.parts = parts.compactMap(DecisionPart.init(json:))
        guard self.parts.count == parts.count, self.claims.count == claims.count,
            self.settled.count == settled.count,
            self.steps.count == steps.count
        else { return nil }
    }
}
