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
        let refused = refused.merging(falseLinks()) { known, _ in known }
        let admitted = claims.filter { refused[$0.id] == nil && answered[$0.id] == nil }
        let timely = TimelyClaims(
            admitted, after: previous, firstTier: firstTier, strandsAreRoots: rules.checksLinks)
        let heads = timely.heads
        let contenders = heads.filter(\.kind.gives)
        let (winner, rule, comparisons) = first(of: contenders, timely)
        let isEnded = heads.contains { !$0.kind.gives }
        let owner = winner ?? (isEnded ? nil : previous)
        let decidedBy: Decision.Rule =
            winner != nil ? rule : isEnded ? .onlyClaim : previous == nil ? .noClaim : .standing

        return Decision(
            customer: customer, firstTier: firstTier, rules: rules, previous: previous?.id,
            considered: claims.map(\.id),
            evidence: Dictionary(uniqueKeysWithValues: claims.map { ($0.id, evidence(of: $0)) }),
            refused: refused, answered: answered,
            outcomes: outcomes(refused: refused, timely: timely, winner: winner),
            owner: owner, rule: decidedBy, comparisons: comparisons)
    }

    /// Form, author and links are checked everywhere: a claim of a kind that its author may not
    /// write, or may not write on that base.
    private func falseLinks() -> [ClaimID: Decision.Inadmissible] {
        guard rules.checksLinks else { return [:] }
        var known: [ClaimID: Claim] = [:]
        for claim in claims { known[claim.id] = claim }
        if let previous { known[previous.id] = previous }
        return claims.reduce(into: [:]) { refused, claim in
            let base = claim.base.map { known[$0] }
            if !claim.isItsAuthorsToGive(on: base, firstTier: firstTier) {
                refused[claim.id] = .notItsToGive
            }
        }
    }

    private func first(
        of contenders: [Claim], _ timely: TimelyClaims
    ) -> (winner: Claim?, rule: Decision.Rule, comparisons: [Decision.Comparison]) {
        guard let only = contenders.first else { return (nil, .noClaim, []) }
        guard contenders.count > 1 else { return (only, .onlyClaim, []) }
        var level = contenders
        var comparisons: [Decision.Comparison] = []
        for rule in order {
            let shown = level.map { (claim: $0, value: value(of: $0, by: rule, timely)) }
            comparisons.append(
                Decision.Comparison(
                    rule: rule,
                    values: Dictionary(
                        uniqueKeysWithValues: shown.map { ($0.claim.id, $0.value?.shown) })))
            let best = shown.compactMap(\.value).max()
            level = shown.filter { $0.value == best }.map(\.claim)
            if level.count == 1 { return (level[0], rule, comparisons) }
        }
        preconditionFailure("two claims of one id: a claim is named by the hash of its bytes")
    }

    private func outcomes(
        refused: [ClaimID: Decision.Inadmissible], timely: TimelyClaims, winner: Claim?
    ) -> [ClaimID: Decision.Outcome] {
        var outcomes: [ClaimID: Decision.Outcome] = [:]
        for claim in claims {
            outcomes[claim.id] =
                refused[claim.id] != nil ? .refused : timely.contains(claim) ? .lost : .late
        }
        for head in timely.heads where head.id == winner?.id || !head.kind.gives {
            outcomes[head.id] = head.id == winner?.id ? .owner : .ended
            for claim in timely.followed(by: head) { outcomes[claim.id] = .followed }
        }
        return outcomes
    }

    private func evidence(of claim: Claim) -> Evidence { figures[claim.id] ?? claim.evidence }
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
    /// What a claim shows when heads are compared by a rule: the larger value wins, an absent one
    /// sorts last.
    private func value(
        of claim: Claim, by rule: Decision.Rule, _ timely: TimelyClaims
    ) -> Precedence? {
        switch rule {
        case .ruling:
            Precedence(
                claim.kind == .ruling
                    || rules.chainsCarryRulings
                        && timely.followed(by: claim).contains { $0.kind == .ruling }
            )
        case .activeCard: Precedence(evidence(of: claim).activeCard)
        case .holdings: evidence(of: claim).holdings.map { Precedence($0.rawValue) }
        case .demandAccount:
            evidence(of: claim).demandAccountOpened.map(Precedence.init(earlier:))
        case .businessDate: evidence(of: claim).businessDate.map(Precedence.init(earlier:))
        case .outletCode: claim.outlet.map { Precedence(lower: $0.rawValue) }
        case .claimID: Precedence(lower: claim.id.rawValue)
        case .noClaim, .onlyClaim, .standing: nil
        }
    }
}

/// One claim's place by one rule of the order.
private struct Precedence: Hashable, Comparable {
    private let rank: Int64
    private let bytes: [UInt8]
    let shown: String

    init(_ truth: Bool) {
        self.init(rank: truth ? 1 : 0, bytes: [], shown: truth ? "yes" : "no")
    }

    init(_ number: Int64) { self.init(rank: number, bytes: [], shown: String(number)) }

    init(earlier day: BusinessDay) {
        self.init(rank: -Int64(day.daysSinceEpoch), bytes: [], shown: day.description)
    }

    init(lower text: String) { self.init(rank: 0, bytes: Array(text.utf8), shown: text) }

    private init(rank: Int64, bytes: [UInt8], shown: String) {
        self.rank = rank
        self.bytes = bytes
        self.shown = shown
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        // Of two texts the lower wins, so it counts as the larger.
        return right.bytes.lexicographicallyPrecedes(left.bytes)
    }
}
