package import Bank
package import Sync
package import Texts

// The documents of `interfaces.md` 2 that both programs print, and their sentences.

extension Ownership.Owner {
    package var json: JSONValue {
        [
            "manager": JSONValue(manager), "outlet": JSONValue(outlet), "since": JSONValue(since),
        ]
    }
}

/// The whole story of a customer's ownership in one first-tier branch.
package struct OwnershipShape {
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    package let ownership: Ownership
    package let claims: [(claim: Claim, outcome: Decision.Outcome?)]?
    package let record: SettlementRecord?
    package let decision: JSONValue?
    package let provisional: Decision?

    package init(
        customer: CustomerNumber, firstTier: UnitCode, ownership: Ownership,
        claims: [(claim: Claim, outcome: Decision.Outcome?)]?, record: SettlementRecord?,
        decision: JSONValue?, provisional: Decision?
    ) {
        self.customer = customer
        self.firstTier = firstTier
        self.ownership = ownership
        self.claims = claims
        self.record = record
        self.decision = decision
        self.provisional = provisional
    }

    package func json(_ language: Language) -> JSONValue {
        [
            "claims": claims.map { .array($0.map(shape)) } ?? .null,
            "customer": JSONValue(customer),
            "decision": record.map { decided($0, language) } ?? .null,
            "first_tier": JSONValue(firstTier),
            "owner": ownership.owner?.json ?? .null,
            "provisional": provisional.map { undecided($0, language) } ?? .null,
            "state": .string(ownership.state.rawValue),
        ]
    }

    /// The sentences: what the order says of the claims so far, else what was settled.
    package func trace(_ language: Language, showsAmounts: Bool = true) -> [String] {
        reasons.sentences(in: language, showsAmounts: showsAmounts)
    }

    private var reasons: Reasons {
        Reasons(
            claims: (claims ?? []).map(\.claim), decision: decision,
            record: record.map { ($0.owner, $0.rule) }, provisional: provisional)
    }

    private func shape(_ entry: (claim: Claim, outcome: Decision.Outcome?)) -> JSONValue {
        let claim = entry.claim
        return [
            "author": JSONValue(claim.author), "base": JSONValue(claim.base),
            "business_date": JSONValue(claim.businessDate), "evidence": claim.evidence.json,
            "id": JSONValue(claim.id), "kind": .string(claim.kind.rawValue),
            "manager": JSONValue(claim.manager), "outcome": JSONValue(entry.outcome?.rawValue),
            "outlet": JSONValue(claim.outlet), "stamp": .string(claim.stamp),
        ]
    }

    private func decided(_ record: SettlementRecord, _ language: Language) -> JSONValue {
        let trace = reasons.settled(in: language, showsAmounts: true)
        return [
            "considered": decision?["considered"] ?? [],
            "digest": .string(record.digest), "number": .int(record.number),
            "rule": .string(record.rule.rawValue),
            "rules_version": .string(record.rulesVersion),
            "trace": .array(trace.map(JSONValue.string)),
        ]
    }

    private func undecided(_ decision: Decision, _ language: Language) -> JSONValue {
        [
            "considered": .array(decision.considered.map { JSONValue($0) }),
            "rule": .string(decision.rule.rawValue),
            "trace": .array(
                reasons.unsettled(in: language, showsAmounts: true).map(JSONValue.string)),
        ]
    }
}

extension Caller {
    /// `owner.line`, for one first-tier branch's answer.
    package func sentence(
        _ customer: CustomerNumber, _ ownership: Ownership, asOf: String
    ) -> String {
        guard let owner = ownership.owner else {
            return say("owner.nobody-line", ["customer": customer.rawValue, "asOf": asOf])
        }
        return say(
            "owner.line",
            [
                "customer": customer.rawValue, "outlet": owner.outlet.rawValue,
                "manager": owner.manager?.rawValue ?? say("owner.awaiting"),
                "since": owner.since.description,
                "state": say("state.\(ownership.state.rawValue)"), "asOf": asOf,
            ])
    }
}
