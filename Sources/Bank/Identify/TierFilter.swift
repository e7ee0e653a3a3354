/// Of which tier the customers of a list are to be.
package enum TierFilter: String, Sendable, CaseIterable {
    /// `none` are the targets without a tier.
    case all, diamond, platinum, gold, none

    package var tier: Tier? { Tier(rawValue: rawValue) }

    package func holds(_ tier: Tier?) -> Bool { self == .all || tier == self.tier }
}
