/// Who owns a customer, and what became of each claim: the outcome of `Settlement.decide`.
package struct Decision: Hashable, Sendable {
    /// What became of a claim. None vanishes.
    package enum Outcome: String, Sendable, CaseIterable {
        /// It gives the customer to the owner.
        case owner
        /// The winning claim, or the one that ended it, builds on it.
        case followed
        /// Another claim came first in the order.
        case lost
        /// It was made on an owner who had been settled otherwise meanwhile.
        case late
        /// It may not be: see the reason.
        case refused
        /// It ended an ownership.
        case ended
    }

    /// Why a claim is not admissible; decided at head office, once, and recorded.
    package enum Inadmissible: String, Sendable, CaseIterable {
        case notTarget = "not-target"
        case noAccount = "no-account"
        case managerInactive = "manager-inactive"
        case notItsToGive = "not-its-to-give"
    }

    /// How the transfer request that a late claim became was answered.
    package enum Answer: String, Sendable, CaseIterable { case refused, withdrawn }

    /// What chose between the heads, in this order.
    package enum Rule: String, Sendable, CaseIterable {
        case noClaim = "no-claim"
        case onlyClaim = "only-claim"
        case ruling
        case activeCard = "active-card"
        case holdings
        case demandAccount = "demand-account"
        case businessDate = "business-date"
        case outletCode = "outlet-code"
        case claimID = "claim-id"
        case standing
    }

    /// One rule of the order applied to the claims that were still level.
    package struct Comparison: Hashable, Sendable {
        package let rule: Rule
        let claims: [ClaimID]
        /// Side by side with them.
        let shown: [Precedence?]

        /// What each compared claim showed; nil where it had nothing to show.
        package var values: [ClaimID: String?] {
            Dictionary(uniqueKeysWithValues: zip(claims, shown.map { $0?.shown }))
        }
    }

    /// What counted of one claim, and what became of it.
    struct Fate: Hashable, Sendable {
        let evidence: Evidence
        let refusal: Inadmissible?
        let answer: Answer?
        var outcome = Outcome.late
    }

    package let customer: CustomerNumber
    package let firstTier: UnitCode
    package let rules: SettlementRules
    /// The claim of the settled owner that this decision started from.
    package let previous: ClaimID?
    /// In their order.
    package let considered: [ClaimID]
    /// Side by side with the claims.
    let fates: [Fate]
    /// The owner's claim; nil where nobody owns the customer.
    package let owner: Claim?
    package let rule: Rule
    package let comparisons: [Comparison]
}

extension Decision {
    /// The evidence that counted: head office's figure where it differs from the claim's.
    package var evidence: [ClaimID: Evidence] { byClaim(\.evidence) }
    package var refused: [ClaimID: Inadmissible] { byClaim(\.refusal) }
    /// Late claims that were no candidates, because their request had its answer.
    package var answered: [ClaimID: Answer] { byClaim(\.answer) }
    package var outcomes: [ClaimID: Outcome] { byClaim(\.outcome) }

    private func byClaim<Value>(_ value: (Fate) -> Value?) -> [ClaimID: Value] {
        Dictionary(
            uniqueKeysWithValues: zip(considered, fates).compactMap { claim, fate in
                value(fate).map { (claim, $0) }
            })
    }
}

extension Decision {
    package var rulesVersion: String { rules.version }

    /// What is digested: codes and values, never a sentence.
    package var content: JSONValue {
        var content: [String: JSONValue] = [
            "comparisons": .array(
                comparisons.map { comparison in
                    [
                        "rule": .string(comparison.rule.rawValue),
                        "values": object(comparison.values) { JSONValue($0) },
                    ]
                }),
            "considered": .array(considered.map { JSONValue($0) }),
            "customer": JSONValue(customer),
            "evidence": object(evidence) { $0.json },
            "firstTier": JSONValue(firstTier),
            "outcomes": object(outcomes) { .string($0.rawValue) },
            "owner": owner.map { owner in
                [
                    "claim": JSONValue(owner.id), "manager": JSONValue(owner.manager),
                    "outlet": JSONValue(owner.outlet), "since": JSONValue(owner.businessDate),
                ]
            } ?? .null,
            "previous": JSONValue(previous),
            "refused": object(refused) { .string($0.rawValue) },
            "rule": .string(rule.rawValue),
            "rulesVersion": .string(rulesVersion),
        ]
        if rules.saysAnswers {
            content["answered"] = object(answered) { .string($0.rawValue) }
        }
        return .object(content)
    }

    private func object<Value>(
        _ values: [ClaimID: Value], _ json: (Value) -> JSONValue
    ) -> JSONValue {
        .object(
            Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, json($0.value)) }))
    }
}
