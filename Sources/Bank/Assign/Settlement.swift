/// The decision who owns a customer: a pure function of the claims (`sync.md`, settlement).
///
/// Whoever holds the same claims, figures, refusals and answers reaches the same decision, in
/// whatever order they came; nothing here knows when anything arrived.
package struct Settlement: Sendable {
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    /// The settled owner's claim; nil where the customer is settled as unowned or never was.
    package let previous: Claim?
    package let claims: [Claim]
    /// Head office's figures, where it has them; they count instead of the claim's own.
    package let figures: [ClaimID: Evidence]
    /// Claims that head office did not admit.
    package let refused: [ClaimID: Decision.Inadmissible]
    /// Late claims whose transfer request was refused or withdrawn: no candidates any more.
    package let answered: [ClaimID: Decision.Answer]
    package let rules: SettlementRules
    /// The rules by which heads are compared, the first that tells them apart decides.
    package let order: [Decision.Rule]

    /// The order of `sync.md`. The last one cannot be level.
    package static let order: [Decision.Rule] = [
        .ruling, .activeCard, .holdings, .demandAccount, .businessDate, .outletCode, .claimID,
    ]

    package init(
        customer: CustomerNumber, firstTier: UnitCode, previous: Claim?, claims: [Claim],
        figures: [ClaimID: Evidence] = [:], refused: [ClaimID: Decision.Inadmissible] = [:],
        answered: [ClaimID: Decision.Answer] = [:], rules: SettlementRules = .current,
        order: [Decision.Rule] = Self.order
    ) {
        self.customer = customer
        self.firstTier = firstTier
        self.previous = previous
        self.claims = claims.sorted { $0.id < $1.id }
        self.figures = figures
        self.refused = refused.filter { refusal in claims.contains { $0.id == refusal.key } }
        self.answered = answered.filter { answer in claims.contains { $0.id == answer.key } }
        self.rules = rules
        self.order = order
    }

    package func decide() -> Decision {
        var fates = claims.map { claim in
            Decision.Fate(
                evidence: figures.isEmpty ? claim.evidence : figures[claim.id] ?? claim.evidence,
                refusal: refusal(of: claim),
                answer: answered.isEmpty ? nil : answered[claim.id])
        }
        let timely = TimelyClaims(
            claims, admitted: fates.map { $0.refusal == nil && $0.answer == nil }, after: previous,
            firstTier: firstTier, strandsAreRoots: rules.checksLinks)
        let contenders = timely.heads.filter { claims[$0].kind.gives }
        let (winner, rule, comparisons) = first(of: contenders, timely, fates)
        let isEnded = timely.heads.contains { !claims[$0].kind.gives }
        let owner = winner.map { claims[$0] } ?? (isEnded ? nil : previous)
        let decidedBy: Decision.Rule =
            winner != nil ? rule : isEnded ? .onlyClaim : previous == nil ? .noClaim : .standing
        tell(&fates, timely: timely, winner: winner)

        return Decision(
            customer: customer, firstTier: firstTier, rules: rules, previous: previous?.id,
            considered: claims.map(\.id), fates: fates, owner: owner, rule: decidedBy,
            comparisons: comparisons)
    }

    /// What head office refused, and what anybody sees to be wrong: form, author and links are
    /// checked everywhere. A claim may be of a kind that its author may not write, or may not write
    /// on that base.
    private func refusal(of claim: Claim) -> Decision.Inadmissible? {
        if !refused.isEmpty, let refusal = refused[claim.id] { return refusal }
        guard rules.checksLinks else { return nil }
        let base: Claim?? = claim.base.map { id in
            id == previous?.id ? previous : claims.place(of: id).map { claims[$0] }
        }
        return claim.isItsAuthorsToGive(on: base, firstTier: firstTier) ? nil : .notItsToGive
    }

    private func first(
        of contenders: [Int], _ timely: TimelyClaims, _ fates: [Decision.Fate]
    ) -> (winner: Int?, rule: Decision.Rule, comparisons: [Decision.Comparison]) {
        guard let only = contenders.first else { return (nil, .noClaim, []) }
        guard contenders.count > 1 else { return (only, .onlyClaim, []) }
        var level = contenders
        var comparisons: [Decision.Comparison] = []
        for rule in order {
            let shown = level.map { value(of: $0, by: rule, timely, fates[$0].evidence) }
            comparisons.append(
                Decision.Comparison(rule: rule, claims: level.map { claims[$0].id }, shown: shown))
            let best = shown.compactMap { $0 }.max()
            level = zip(level, shown).filter { $0.1 == best }.map(\.0)
            if level.count == 1 { return (level[0], rule, comparisons) }
        }
        preconditionFailure("two claims of one id: a claim is named by the hash of its bytes")
    }

    /// Says what became of each claim.
    private func tell(_ fates: inout [Decision.Fate], timely: TimelyClaims, winner: Int?) {
        for place in claims.indices {
            fates[place].outcome =
                fates[place].refusal != nil ? .refused : timely.isTimely[place] ? .lost : .late
        }
        for head in timely.heads where head == winner || !claims[head].kind.gives {
            fates[head].outcome = head == winner ? .owner : .ended
            for place in timely.followed(by: head) { fates[place].outcome = .followed }
        }
    }
}

extension Claim {
    /// Whether its author may write its kind on the base: the owner's outlet what moves an owned
    /// customer, the first-tier branch what it alone writes, any outlet what is for itself.
    ///
    /// `base` is nil where it names none, and nil inside where nobody here knows the one it names:
    /// then only what the claim says of itself is checked.
    fileprivate func isItsAuthorsToGive(on base: Claim??, firstTier: UnitCode) -> Bool {
        switch kind {
        case .ruling, .exit, .reorganisation: return author == firstTier
        case .assignment, .manual: return outlet == author
        case .handOver where outlet != author: return false
        case .transfer where outlet == author: return false
        case .handOver, .transfer, .release:
            guard let base else { return false }
            return base.map { $0.outlet == author } ?? true
        }
    }
}

extension Settlement {
    /// What a claim shows when heads are compared by a rule; nil for nothing, which sorts last.
    private func value(
        of place: Int, by rule: Decision.Rule, _ timely: TimelyClaims, _ evidence: Evidence
    ) -> Precedence? {
        switch rule {
        case .ruling:
            .truth(
                claims[place].kind == .ruling
                    || rules.chainsCarryRulings
                        && timely.followed(by: place).contains { claims[$0].kind == .ruling }
            )
        case .activeCard: .truth(evidence.activeCard)
        case .holdings: evidence.holdings.map { .number($0.rawValue) }
        case .demandAccount: evidence.demandAccountOpened.map { .earlier($0) }
        case .businessDate: evidence.businessDate.map { .earlier($0) }
        case .outletCode: claims[place].outlet.map { .lower($0.rawValue) }
        case .claimID: .lower(claims[place].id.rawValue)
        case .noClaim, .onlyClaim, .standing: nil
        }
    }
}
