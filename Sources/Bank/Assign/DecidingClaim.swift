// What a reader is told of a decision that needed no comparison: what the one claim was.

extension Decision.Rule {
    /// The code of the phrase `rule.<code>` by which the rule is explained: where one claim was
    /// alone and is no ordinary one, its kind. The digested rule stays what it is.
    ///
    /// - Parameter kind: of the claim that decided; nil where the reader does not know it.
    package func code(by kind: Claim.Kind?) -> String {
        switch (self, kind) {
        case (.onlyClaim, .handOver), (.onlyClaim, .release), (.onlyClaim, .transfer),
            (.onlyClaim, .ruling), (.onlyClaim, .exit), (.onlyClaim, .reorganisation):
            kind?.rawValue ?? rawValue
        default: rawValue
        }
    }
}

extension Decision {
    /// The claim that decided, by a decision as it was digested: the owner's, else the one that
    /// ended the ownership; nil where there was none, or the reader does not have it.
    package static func decidingClaim(_ content: JSONValue?, _ claims: [Claim]) -> Claim? {
        if let owner = content?["owner"]?["claim"]?.string {
            return claims.first { $0.id.rawValue == owner }
        }
        let ended = (content?["outcomes"]?.object ?? [:]).filter {
            $0.value.string == Outcome.ended.rawValue
        }
        return claims.filter { ended[$0.id.rawValue] != nil }.min { $0.id < $1.id }
    }
}
