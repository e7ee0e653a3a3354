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
        package let history: [Period]
        package let hasHistory: Bool
        /// Whose result it is, where a first-tier branch decides.
        package let decision: Text?

        /// - Parameter provisionalOn: the date that the first-tier branch has yet to close.
        package init(
            pool: Pool, poolSince: BusinessDay, tier: Tier?, tierSince: BusinessDay?,
            origin: Origin?, belowSince: BusinessDay?, reasons: [StandingReason] = [],
            history: StandingHistory = StandingHistory([]), voided: [VoidedChange] = [],
            decidedBy: DecidedBy = .outlet, provisionalOn: BusinessDay? = nil
        ) {
            self.pool = Badge(pool)
            self.poolSince = poolSince
            self.tier = pool == .target ? Badge(tier) : nil
            self.tierSince = tierSince
            self.origin = origin.map { Text("origin.\($0.rawValue)") }
            self.belowSince = belowSince
            self.reasons = reasons.map(Text.init)
            hasReasons = !reasons.isEmpty
            self.history =
                history.pools.reversed().map(Period.init)
                + history.tiers.reversed().map(Period.init) + voided.map(Period.init)
            hasHistory = !self.history.isEmpty
            decision =
                decidedBy == .firstTier
                ? Text("decided.first-tier")
                : provisionalOn.map { Text("decided.provisional", ["date": $0]) }
        }
    }

    /// A pool or tier from a close to a close, and why.
    package struct Period: Sendable {
        package let from: BusinessDay
        package let to: any Speakable
        package let what: Badge
        package let cause: Text
        /// By hand or by rule; nil for a tier, which has rules alone.
        package let hand: Badge?

        fileprivate init(_ period: StandingHistory.PoolPeriod) {
            from = period.from
            to = Self.end(period.to)
            what = Badge(period.pool)
            cause = Text("cause.\(period.cause.rawValue)")
            hand = Badge("by", period.cause.isManual ? "hand" : "rule")
        }

        fileprivate init(_ period: StandingHistory.TierPeriod) {
            from = period.from
            to = Self.end(period.to)
            what = Badge(period.tier)
            cause = Text("period.graded")
            hand = nil
        }

        /// What a corrected extract made void.
        fileprivate init(_ change: VoidedChange) {
            from = change.date
            to = "–"
            what = change.tier.map { Badge($0) } ?? Badge(change.pool)
            cause = Text("period.voided", ["at": Moment(unixMilliseconds: change.voidedAt)])
            hand = change.origin.map { Badge("by", $0 == .rule ? "rule" : "hand") }
        }

        private static func end(_ day: BusinessDay?) -> any Speakable {
            day ?? Text("history.now") as any Speakable
        }
    }
}

extension Text {
    fileprivate init(_ reason: StandingReason) {
        var values: [String: any Speakable] = reason.facts
        if let tier = reason.facts["tier"] { values["tier"] = Text("tier.\(tier)") }
        self.init("why.\(reason.code.rawValue)", values)
    }
}
