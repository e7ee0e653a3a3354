/// What the first-tier branch's close last decided of a customer, as an outlet hears it.
///
/// An outlet's own result is provisional until then: it knows its own accounts, and of the others
/// what the last word said (`sync.md`, pool and tier).
package struct FirstTierWord: Hashable, Sendable {
    /// Assets and sums are those of the whole first-tier branch. Since when nothing has changed
    /// there is its date.
    package let standing: Standing
    /// Whether some outlet has issued an active VIP card.
    package let activeCard: Bool
    /// How many outlets have an open account.
    package let outlets: Int
    package let history: StandingHistory
    /// Head office's sequence: a later word of a customer has a greater one.
    package let said: Int64

    package init(
        standing: Standing, activeCard: Bool, outlets: Int, history: StandingHistory, said: Int64
    ) {
        self.standing = standing
        self.activeCard = activeCard
        self.outlets = outlets
        self.history = history
        self.said = said
    }

    package var date: BusinessDay { standing.date }

    /// What the customer holds at other outlets, as told from what they hold at this one.
    ///
    /// The largest account elsewhere is known where it is larger than all here, which is where it
    /// counts.
    package func elsewhere(beside here: Assets) -> Assets {
        let whole = standing.assets
        return Assets(
            financial: max(
                .zero, HalfFen(whole.financial.rawValue - here.financial.rawValue)),
            largestAccount: whole.largestAccount > here.largestAccount
                ? whole.largestAccount : .zero)
    }

    /// Whether an addition by hand that head office cannot know yet makes the customer a target.
    package func isOverruled(by entries: DailyClose.Entries) -> Bool {
        entries.addedByHand && standing.pool != .target
    }

    /// The outlet's standing at the close of the word's date.
    package func standing(beside here: Assets, _ entries: DailyClose.Entries) -> Standing {
        var standing = standing
        standing.assets = here + elsewhere(beside: here)
        // Of a renewal head office may not have heard yet.
        if let since = standing.belowSince, let renewed = entries.renewedOn,
            standing.origin != .rule, since < renewed
        {
            standing.belowSince = renewed
        }
        // Looking once more than needed finds the same.
        standing.reviewOn = date.next
        return standing
    }

    /// The steps that lead from the pool of the close before to the word's.
    package func transitions(from pool: Pool) -> [Transition] {
        let end = standing.pool
        guard pool != end else { return [] }
        guard pool == .retained, end == .target, standing.origin != .manual else {
            return [Transition(from: pool, to: end)]
        }
        return [
            Transition(from: .retained, to: .potential), Transition(from: .potential, to: .target),
        ]
    }

    /// Whether an outlet's standing is what the word says. Not since when it is below the line,
    /// which a renewal moves.
    package func agrees(with other: Standing) -> Bool {
        standing.pool == other.pool && standing.poolSince == other.poolSince
            && standing.origin == other.origin && standing.tier == other.tier
            && standing.tierSince == other.tierSince
    }
}

/// Whose result a customer's pool and tier are.
package enum DecidedBy: String, Sendable {
    case outlet
    case firstTier = "first-tier"
}
