package import Bank

extension Settlement {
    /// Whether a recorded decision is of rules that this program knows.
    package static func isRunnable(_ decision: JSONValue) -> Bool {
        decision["rulesVersion"]?.string.flatMap(SettlementRules.version) != nil
    }

    /// The claims that a recorded decision considered, and the one that it started from.
    package static func claims(namedIn decision: JSONValue) -> [ClaimID] {
        let considered = decision["considered"]?.array?.compactMap(\.string) ?? []
        return (considered + [decision["previous"]?.string].compactMap(\.self)).map { ClaimID($0) }
    }

    /// The settlement behind a recorded decision, to run it again from the claims at hand: the
    /// evidence, the refusals and the answers are head office's and stand in the record.
    ///
    /// Nil where a claim that was considered is not at hand, or the decision is of a rules version
    /// that this program does not know.
    package init?(replaying decision: JSONValue, claims: [ClaimID: Claim]) {
        guard
            let rules = decision["rulesVersion"]?.string.flatMap(SettlementRules.version),
            let customer = decision["customer"]?.string,
            let firstTier = decision["firstTier"]?.string,
            let considered = decision["considered"]?.array?.compactMap(\.string),
            let evidence = decision["evidence"]?.object, let refused = decision["refused"]?.object
        else { return nil }
        let known = considered.compactMap { claims[ClaimID($0)] }
        guard known.count == considered.count, Set(considered).count == considered.count else {
            return nil
        }
        var previous: Claim?
        if let id = decision["previous"]?.string {
            guard let claim = claims[ClaimID(id)] else { return nil }
            previous = claim
        }
        self.init(
            customer: CustomerNumber(customer), firstTier: UnitCode(firstTier), previous: previous,
            claims: known,
            figures: Dictionary(
                uniqueKeysWithValues: evidence.compactMap { id, json in
                    Evidence(json: json).map { (ClaimID(id), $0) }
                }),
            refused: Dictionary(
                uniqueKeysWithValues: refused.compactMap { id, reason in
                    reason.string.flatMap(Decision.Inadmissible.init(rawValue:)).map {
                        (ClaimID(id), $0)
                    }
                }),
            answered: Dictionary(
                uniqueKeysWithValues: (decision["answered"]?.object ?? [:]).compactMap {
                    id, answer in
                    answer.string.flatMap(Decision.Answer.init(rawValue:)).map {
                        (ClaimID(id), $0)
                    }
                }), rules: rules)
    }
}
