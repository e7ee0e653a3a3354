package import Bank

/// The names of what others wrote and head office vouches for, which a node offers to a head office
/// that came out of a backup: `POST /v1/offer`. The answer names those that are lacking there.
package struct Offer: Hashable, Sendable {
    /// So that the message stays within the bound of a question.
    package static let mostNames = 500

    package let claims: [ClaimID]
    package let steps: [DisputeStepID]

    package init(claims: [ClaimID], steps: [DisputeStepID]) {
        self.claims = claims
        self.steps = steps
    }

    package var isEmpty: Bool { claims.isEmpty && steps.isEmpty }

    package var json: JSONValue {
        [
            "claims": .array(claims.map { JSONValue($0) }), "protocol": .int(Message.version),
            "steps": .array(steps.map { JSONValue($0) }),
        ]
    }

    package init?(json: JSONValue) {
        guard let claims = json["claims"]?.array, let steps = json["steps"]?.array,
            claims.count + steps.count <= Self.mostNames
        else { return nil }
        self.claims = claims.compactMap { $0.string.map { ClaimID($0) } }
        self.steps = steps.compactMap { $0.string.map { DisputeStepID($0) } }
        guard self.claims.count == claims.count, self.steps.count == steps.count else {
            return nil
        }
    }
}
