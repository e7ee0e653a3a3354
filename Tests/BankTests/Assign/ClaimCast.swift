import Bank
import TestSupport

extension Claim {
    /// A claim with what a test is about; the rest is level with every other.
    static func made(
        _ id: String, by author: UnitCode = .wulin, _ kind: Kind = .assignment,
        on base: ClaimID? = nil, to outlet: UnitCode? = nil, _ manager: StaffID? = nil,
        card: Bool = false, holdings: Int64? = 100, demand: String? = "2020-01-01",
        began: String? = "2025-04-01", made date: String = "2025-04-01"
    ) -> Claim {
        Claim(
            id: ClaimID(id), customer: .wang, firstTier: .zhejiang, author: author, kind: kind,
            base: base, outlet: kind.gives ? outlet ?? author : nil,
            manager: kind.gives ? manager ?? StaffID("m-\(id)") : nil,
            evidence: Evidence(
                activeCard: card, holdings: holdings.map { HalfFen($0) },
                demandAccountOpened: demand.map { day($0) }, businessDate: began.map { day($0) }),
            businessDate: day(date), stamp: "0-0-n", enteredBy: StaffID("s-\(id)"))
    }
}

extension Settlement {
    static func made(
        _ claims: [Claim], after previous: Claim? = nil, figures: [ClaimID: Evidence] = [:],
        refused: [ClaimID: Decision.Inadmissible] = [:],
        answered: [ClaimID: Decision.Answer] = [:], rules: SettlementRules = .current
    ) -> Settlement {
        Settlement(
            customer: .wang, firstTier: .zhejiang, previous: previous, claims: claims,
            figures: figures, refused: refused, answered: answered, rules: rules)
    }
}

/// What a decision comes down to.
struct Verdict: Equatable {
    var owner: ClaimID?
    var rule: Decision.Rule
    var outcomes: [ClaimID: Decision.Outcome]

    init(
        owner: ClaimID?, _ rule: Decision.Rule, _ outcomes: [ClaimID: Decision.Outcome]
    ) {
        self.owner = owner
        self.rule = rule
        self.outcomes = outcomes
    }

    init(_ decision: Decision) {
        self.init(owner: decision.owner?.id, decision.rule, decision.outcomes)
    }
}
