/// Who looks after a customer, as one place knows it.
package struct Ownership: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Nobody's, by settlement or because nobody ever claimed.
        case unowned
        /// Claimed, not settled, one head known here.
        case provisional
        /// Not settled, several heads known here.
        case contested
        /// Settled.
        case confirmed
    }

    package struct Owner: Hashable, Sendable {
        /// Nil: awaiting assignment at the outlet.
        package let manager: StaffID?
        package let outlet: UnitCode
        /// The claim's business date.
        package let since: BusinessDay

        package init(manager: StaffID?, outlet: UnitCode, since: BusinessDay) {
            self.manager = manager
            self.outlet = outlet
            self.since = since
        }
    }

    package let owner: Owner?
    package let state: State
    /// The claim that makes the owner; what a next claim is based on.
    package let claim: ClaimID?

    package init(owner: Owner?, state: State, claim: ClaimID?) {
        self.owner = owner
        self.state = state
        self.claim = claim
    }

    package static let none = Ownership(owner: nil, state: .unowned, claim: nil)

    /// While several outlets claim a customer and nothing is settled, marketing messages to the
    /// customer pause (`sync.md`).
    package var holdsMarketing: Bool { state == .contested }

    /// Before settlement every place shows the owner that the order would choose from the claims
    /// it knows.
    package init(settled previous: Claim?, unsettled claims: [Claim]) {
        guard let subject = claims.first ?? previous else {
            self = .none
            return
        }
        let decision = Settlement(
            customer: subject.customer, firstTier: subject.firstTier, previous: previous,
            claims: claims
        ).decide()
        let moving = decision.outcomes.values.filter { $0 != .late && $0 != .refused }
        let state: State
        if moving.isEmpty {
            state = previous == nil ? .unowned : .confirmed
        } else {
            state = decision.comparisons.isEmpty ? .provisional : .contested
        }
        self.init(
            owner: decision.owner.flatMap(Owner.init), state: state, claim: decision.owner?.id)
    }
}

extension Settlement {
    /// The claims that a settlement has to decide: those that none has decided yet and, where
    /// nobody owns the customer, the late ones whose request had no answer (`sync.md`,
    /// settlement 5). What only ends an ownership is no candidate for one.
    package static func open(
        _ claims: [(claim: Claim, outcome: Decision.Outcome?)], isOwned: Bool,
        answered: [ClaimID: Decision.Answer]
    ) -> [Claim] {
        claims.filter { claim, outcome in
            outcome == nil
                || outcome == .late && !isOwned && claim.kind.gives && answered[claim.id] == nil
        }.map(\.claim)
    }
}

extension Ownership.Owner {
    /// Nil where the claim gives the customer to nobody.
    package init?(_ claim: Claim) {
        guard let outlet = claim.outlet else { return nil }
        self.init(manager: claim.manager, outlet: outlet, since: claim.businessDate)
    }
}
