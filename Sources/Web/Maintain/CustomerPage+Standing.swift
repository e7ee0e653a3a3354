package import Bank
package import Pages

extension CustomerPage {
    /// Pool and tier, since when, why, and what they were before.
    package struct Standing: Sendable {
        package let pool: Badge
        package let poolSince: BusinessDay
        package let tier: Badge?
        package let tierSince: BusinessDay?
        package let origin: Text?
        package let belowSince: BusinessDay?
        /// None on the page of one whose balances are not this reader's to see.
        package let reasons: [Text]
        package let hasReasons: Bool
        package let history: [Text]
        package let hasHistory: Bool
        /// Whose result it is, where a first-tier branch decides.
        package let decision: Text?

        /// - Parameter provisionalOn: the date that the first-tier branch has yet to close.
        package init(
            pool: Pool, poolSince: BusinessDay, tier: Tier?, tierSince: BusinessDay?,
            origin: Origin?, belowSince: BusinessDay?, reasons: [StandingReason] = [],
            history: StandingHistory = StandingHistory([]), decidedBy: DecidedBy = .outlet,
            provisionalOn: BusinessDay? = nil
        ) {
            self.pool = Badge(pool)
            self.poolSince = poolSince
            self.tier = pool == .target ? Badge(tier) : nil
            self.tierSince = tierSince
            self.origin = origin.map { Text("origin.\($0.rawValue)") }
            self.belowSince = belowSince
            self.reasons = reasons.map(Text.init)
            hasReasons = !reasons.isEmpty
            self.history = history.pools.map(Text.init) + history.tiers.map(Text.init)
            hasHistory = !self.history.isEmpty
            decision =
                decidedBy == .firstTier
                ? Text("decided.first-tier")
                : provisionalOn.map { Text("decided.provisional", ["date": $0]) }
        }
    }
}

extension Text {
    fileprivate init(_ reason: StandingReason) {
        var values: [String: any Speakable] = reason.facts
        if let tier = reason.facts["tier"] { values["tier"] = Text("tier.\(tier)") }
        self.init("why.\(reason.code.rawValue)", values)
    }

    fileprivate init(_ period: StandingHistory.PoolPeriod) {
        self.init(
            "history.pool",
            [
                "cause": Text("cause.\(period.cause.rawValue)"), "from": period.from,
                "pool": Text("pool.\(period.pool.rawValue)"), "to": Self.end(period.to),
            ])
    }

    fileprivate init(_ period: StandingHistory.TierPeriod) {
        self.init(
            "history.tier",
            [
                "from": period.from, "tier": Text("tier.\(period.tier.rawValue)"),
                "to": Self.end(period.to),
            ])
    }

    private static func end(_ day: BusinessDay?) -> any Speakable {
        day ?? Text("history.now") as any Speakable
    }
}
