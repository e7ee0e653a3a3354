package import Bank

/// What a node gives back to a head office that came out of a backup: `POST /v1/records`. The
/// settlement records of its directory that head office lacks, with the decisions and claims behind
/// them where the outlet is entitled to them.
package struct GivenBack: Sendable {
    /// So that the message stays within the bound of a question.
    package static let mostBytes = 40 * 1024

    package let settled: [Delta.Settled]
    package let claims: [Claim]
    /// Whether the node has given back everything with this.
    package let isLast: Bool

    package init(settled: [Delta.Settled], claims: [Claim], isLast: Bool) {
        self.settled = settled
        self.claims = claims
        self.isLast = isLast
    }

    package var json: JSONValue {
        [
            "claims": .array(
                claims.map { ["content": $0.content, "id": JSONValue($0.id)] }),
            "last": .bool(isLast), "protocol": .int(Message.version),
            "settled": .array(settled.map(\.json)),
        ]
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
        self.isLast = isLast
        guard self.claims.count == claims.count, self.settled.count == settled.count else {
            return nil
        }
    }
}
