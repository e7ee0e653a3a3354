package import Bank

/// Why a customer has the owner that they have, as far as the reader may know.
package struct Reasons {
    private let claims: [ClaimID: Claim]
    private let decision: JSONValue?
    private let record: (owner: Ownership.Owner?, rule: Decision.Rule)?
    private let provisional: Decision?

    /// - Parameters:
    ///   - claims: those that the sentences may tell of.
    ///   - decision: the settled one as it was digested; nil where the reader is not entitled to it.
    ///   - record: what every reader may know of the settled one; nil where nothing was settled.
    ///   - provisional: what the order says of the claims that are not settled; nil without any.
    package init(
        claims: [Claim], decision: JSONValue?,
        record: (owner: Ownership.Owner?, rule: Decision.Rule)?, provisional: Decision?
    ) {
        self.claims = Dictionary(claims.map { ($0.id, $0) }) { first, _ in first }
        self.decision = decision
        self.record = record
        self.provisional = provisional
    }

    /// The sentences: what the order says of the claims so far, else what was settled. The amounts
    /// are for supervisors.
    package func sentences(in language: Language, showsAmounts: Bool) -> [String] {
        provisional == nil
            ? settled(in: language, showsAmounts: showsAmounts)
            : unsettled(in: language, showsAmounts: showsAmounts)
    }

    package func settled(in language: Language, showsAmounts: Bool) -> [String] {
        decision.map { told($0, language, showsAmounts) } ?? undisclosed(language)
    }

    package func unsettled(in language: Language, showsAmounts: Bool) -> [String] {
        provisional.map { told($0.content, language, showsAmounts) } ?? []
    }

    private func told(
        _ decision: JSONValue, _ language: Language, _ showsAmounts: Bool
    ) -> [String] {
        Words.sentences(
            of: decision, claims: claims, in: language, showsAmounts: showsAmounts)
    }

    /// To those whom the claims do not concern: who owns the customer and by which rule.
    private func undisclosed(_ language: Language) -> [String] {
        guard let record else { return [] }
        // What kind of claim it was, they are not told.
        let code = record.rule == .onlyClaim ? "undisclosed" : record.rule.rawValue
        let rule = Words.say("rule.\(code)", in: language)
        let owner = record.owner.map {
            Words.say(
                "trace.owner", in: language,
                [
                    "manager": $0.manager?.rawValue ?? Words.say("owner.awaiting", in: language),
                    "outlet": $0.outlet.rawValue, "rule": rule,
                ])
        }
        return [
            owner ?? Words.say("trace.nobody", in: language, ["rule": rule]),
            Words.say("trace.undisclosed", in: language),
        ]
    }
}
