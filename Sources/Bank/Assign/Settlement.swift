/// The decision who owns a customer: a pure function of the claims (`sync.md`, settlement).
///
/// Whoever holds the same claims, figures and refusals reaches the same decision, in whatever
/// order they came; nothing here knows when anything arrived.
package struct Settlement: Sendable {
    /// Named in every decision; a changed order gets a new one, and the old ones stay runnable.
    package static let rulesVersion = "1"

    package let customer: CustomerNumber
    package let firstTier: UnitCode
    /// The settled owner's claim; nil where the customer is settled as unowned or never was.
    package let previous: Claim?
    package let claims: [Claim]
    /// Head office's figures, where it has them; they count instead of the claim's own.
    package let figures: [ClaimID: Evidence]
    package let refused: [ClaimID: Decision.Inadmissible]

    package init(
        customer: CustomerNumber, firstTier: UnitCode, previous: Claim?, claims: [Claim],
        figures: [ClaimID: Evidence] = [:], refused: [ClaimID: Decision.Inadmissible] = [:]
    ) {
        self.customer = customer
        self.firstTier = firstTier
        self.previous = previous
        self.claims = claims.sorted { $0.id < $1.id }
        self.figures = figures
        self.refused = refused
    }

    package func decide() -> Decision {
        let admitted = claims.filter { refused[$0.id] == nil }
        let timely = timely(among: admitted)
        let heads = heads(of: timely)
        let contenders = heads.filter(\.kind.gives)
        let (winner, rule, comparisons) = first(of: contenders)
        let isEnded = heads.contains { !$0.kind.gives }
        let owner = winner ?? (isEnded ? nil : previous)
        let decidedBy: Decision.Rule =
            winner != nil ? rule : isEnded ? .onlyClaim : previous == nil ? .noClaim : .standing

        return Decision(
            customer: customer, firstTier: firstTier, rulesVersion: Self.rulesVersion,
            previous: previous?.id, considered: claims.map(\.id),
            evidence: Dictionary(uniqueKeysWithValues: claims.map { ($0.id, evidence(of: $0)) }),
            refused: refused.filter { refusal in claims.contains { $0.id == refusal.key } },
            outcomes: outcomes(timely: timely, heads: heads, winner: winner),
            owner: owner, rule: decidedBy, comparisons: comparisons)
    }

    /// The claims that may still move the owner.
    ///
    /// With a settled owner: those based on that owner's claim by who may write them, and chains
    /// on top. With none: every claim whatever its base, save that what builds on another claim
    /// must be written by who may.
    private func timely(among admitted: [Claim]) -> [Claim] {
        var timely: [ClaimID: Claim] = [:]
        if let previous { timely[previous.id] = previous }
        var waiting = admitted
        if previous == nil {
            let known = Set(admitted.map(\.id))
            let roots = waiting.filter { $0.base.map { !known.contains($0) } ?? true }
            for root in roots { timely[root.id] = root }
            waiting.removeAll { timely[$0.id] != nil }
        }
        while true {
            let reached = waiting.filter { claim in
                claim.base.flatMap { timely[$0] }.map { mayFollow(claim, $0) } ?? false
            }
            if reached.isEmpty { break }
            for claim in reached { timely[claim.id] = claim }
            waiting.removeAll { timely[$0.id] != nil }
        }
        if let previous { timely[previous.id] = nil }
        return timely.values.sorted { $0.id < $1.id }
    }

    /// An owned customer is moved by the owner's outlet or by the first-tier branch alone.
    private func mayFollow(_ claim: Claim, _ base: Claim) -> Bool {
        switch claim.kind {
        case .handOver, .release, .transfer: base.outlet != nil && claim.author == base.outlet
        case .ruling, .exit, .reorganisation: claim.author == firstTier
        case .assignment, .manual:
            base.outlet == nil || claim.author == base.outlet && base.manager == nil
        }
    }

    private func heads(of timely: [Claim]) -> [Claim] {
        let bases = Set(timely.compactMap(\.base))
        return timely.filter { !bases.contains($0.id) }
    }

    private func first(
        of contenders: [Claim]
    ) -> (winner: Claim?, rule: Decision.Rule, comparisons: [Decision.Comparison]) {
        guard let only = contenders.first else { return (nil, .noClaim, []) }
        guard contenders.count > 1 else { return (only, .onlyClaim, []) }
        var level = contenders
        var comparisons: [Decision.Comparison] = []
        for criterion in order {
            let shown = level.map { (claim: $0, value: criterion.value($0)) }
            comparisons.append(
                Decision.Comparison(
                    rule: criterion.rule,
                    values: Dictionary(
                        uniqueKeysWithValues: shown.map { ($0.claim.id, $0.value?.shown) })))
            let best = shown.compactMap(\.value).max()
            level = shown.filter { $0.value == best }.map(\.claim)
            if level.count == 1 { return (level[0], criterion.rule, comparisons) }
        }
        preconditionFailure("two claims of one id: a claim is named by the hash of its bytes")
    }

    private func outcomes(
        timely: [Claim], heads: [Claim], winner: Claim?
    ) -> [ClaimID: Decision.Outcome] {
        var byID: [ClaimID: Claim] = [:]
        for claim in timely { byID[claim.id] = claim }
        var outcomes: [ClaimID: Decision.Outcome] = [:]
        for claim in claims {
            outcomes[claim.id] =
                refused[claim.id] != nil ? .refused : byID[claim.id] == nil ? .late : .lost
        }
        for head in heads {
            guard head.id == winner?.id || !head.kind.gives else { continue }
            outcomes[head.id] = head.id == winner?.id ? .owner : .ended
            var base = head.base.flatMap { byID[$0] }
            while let claim = base {
                outcomes[claim.id] = .followed
                base = claim.base.flatMap { byID[$0] }
            }
        }
        return outcomes
    }

    private func evidence(of claim: Claim) -> Evidence { figures[claim.id] ?? claim.evidence }
}

/// One rule of the order: the larger value wins, an absent one sorts last.
private struct Criterion {
    struct Value: Hashable, Comparable {
        let rank: [Int64]
        let bytes: [UInt8]
        let shown: String

        static func < (left: Value, right: Value) -> Bool {
            if left.rank != right.rank { return left.rank.lexicographicallyPrecedes(right.rank) }
            // Of two texts the lower wins, so it counts as the larger.
            return right.bytes.lexicographicallyPrecedes(left.bytes)
        }
    }

    let rule: Decision.Rule
    let value: (Claim) -> Value?
}

extension Settlement {
    private var order: [Criterion] {
        [
            Criterion(rule: .ruling) { flag($0.kind == .ruling) },
            Criterion(rule: .activeCard) { flag(evidence(of: $0).activeCard) },
            Criterion(rule: .holdings) { claim in
                evidence(of: claim).holdings.map {
                    Criterion.Value(rank: [$0.rawValue], bytes: [], shown: String($0.rawValue))
                }
            },
            Criterion(rule: .demandAccount) { earlier(evidence(of: $0).demandAccountOpened) },
            Criterion(rule: .businessDate) { earlier(evidence(of: $0).businessDate) },
            Criterion(rule: .outletCode) { lower($0.outlet?.rawValue) },
            Criterion(rule: .claimID) { lower($0.id.rawValue) },
        ]
    }

    private func flag(_ truth: Bool) -> Criterion.Value {
        Criterion.Value(rank: [truth ? 1 : 0], bytes: [], shown: truth ? "yes" : "no")
    }

    private func earlier(_ day: BusinessDay?) -> Criterion.Value? {
        day.map {
            Criterion.Value(rank: [-Int64($0.daysSinceEpoch)], bytes: [], shown: $0.description)
        }
    }

    private func lower(_ text: String?) -> Criterion.Value? {
        text.map { Criterion.Value(rank: [], bytes: Array($0.utf8), shown: $0) }
    }
}
