/// Where a customer stands from one close on, until a balance changes or a rule is due.
///
/// Between two rows nothing is written: with unchanged assets the sums follow by arithmetic
/// (`accumulated(through:)`), and `reviewOn` says when a rule can act without any new balance.
/// Closing every customer on every day gives the same rows; the tests hold both against each other.
package struct Standing: Hashable, Sendable {
    /// The business date at whose close this was decided.
    package var date: BusinessDay
    package var pool: Pool
    /// The business date at whose close the pool was entered.
    package var poolSince: BusinessDay
    package var origin: Origin?
    package var tier: Tier?
    /// The day after the month's end that first gave the tier.
    package var tierSince: BusinessDay?
    /// First day of the unbroken run, while target, with assets and average below the line (R4).
    package var belowSince: BusinessDay?
    package var assets: Assets
    /// `ACC2` of `domain.md` 2.2: half-fen summed over the year's days through `date`.
    package var accumulated: HalfFen
    /// Last business date on which an account was at the potential line, as of `date` (R2).
    package var lastAtMinimum: BusinessDay?
    /// The next date on which a rule may act although nothing changes; nil where none can.
    package var reviewOn: BusinessDay?

    package init(
        date: BusinessDay, pool: Pool, poolSince: BusinessDay, origin: Origin? = nil,
        tier: Tier? = nil, tierSince: BusinessDay? = nil, belowSince: BusinessDay? = nil,
        assets: Assets, accumulated: HalfFen, lastAtMinimum: BusinessDay? = nil,
        reviewOn: BusinessDay? = nil
    ) {
        self.date = date
        self.pool = pool
        self.poolSince = poolSince
        self.origin = origin
        self.tier = tier
        self.tierSince = tierSince
        self.belowSince = belowSince
        self.assets = assets
        self.accumulated = accumulated
        self.lastAtMinimum = lastAtMinimum
        self.reviewOn = reviewOn
    }

    /// Half-fen summed over the days of `day`'s year through `day`, the assets unchanged since `date`.
    package func accumulated(through day: BusinessDay) -> HalfFen {
        day.year == date.year
            ? accumulated + assets.financial * Int64(day - date)
            : assets.financial * Int64(day.dayOfYear)
    }

    /// Whether a later close found only what follows from this row by arithmetic, so that no new
    /// row is needed. Where the potential line moved over unchanged assets, the last date at the
    /// line no longer follows from them and has to be written down.
    package func stillSays(_ later: Standing) -> Bool {
        pool == later.pool && poolSince == later.poolSince && origin == later.origin
            && tier == later.tier && tierSince == later.tierSince
            && belowSince == later.belowSince && assets == later.assets
            && (later.lastAtMinimum == later.date || later.lastAtMinimum == lastAtMinimum)
    }
}

/// A customer's step from one pool to another within one close.
package struct Transition: Hashable, Sendable {
    package let from: Pool
    package let to: Pool
}
