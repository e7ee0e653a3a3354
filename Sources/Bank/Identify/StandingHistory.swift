/// In which pools and tiers a customer was, from when to when, and by which rule.
///
/// Follows from the standings, which no close changes: a period ends when a later one begins.
package struct StandingHistory: Hashable, Sendable {
    /// What began a period: a rule of `domain.md` 2.3.
    package enum Cause: String, Sendable, CaseIterable {
        /// The first close that knew the customer.
        case known
        case potentialEntry = "R1"
        case potentialExit = "R2"
        case targetEntry = "R3"
        case targetExit = "R4"
        case byHand = "R6"
        /// By rule and by hand in one close.
        case both = "R3+R6"

        package var isManual: Bool { self == .byHand || self == .both }
    }

    package struct PoolPeriod: Hashable, Sendable {
        package let pool: Pool
        /// The business date at whose close the pool was entered.
        package let from: BusinessDay
        /// The business date at whose close it was left; nil while it lasts.
        package fileprivate(set) var to: BusinessDay?
        package let cause: Cause

        package init(pool: Pool, from: BusinessDay, to: BusinessDay?, cause: Cause) {
            self.pool = pool
            self.from = from
            self.to = to
            self.cause = cause
        }
    }

    package struct TierPeriod: Hashable, Sendable {
        package let tier: Tier
        /// The day after the month's end that gave the tier.
        package let from: BusinessDay
        /// The business date at whose close it ended; nil while it lasts.
        package fileprivate(set) var to: BusinessDay?

        package init(tier: Tier, from: BusinessDay, to: BusinessDay?) {
            self.tier = tier
            self.from = from
            self.to = to
        }
    }

    package private(set) var pools: [PoolPeriod] = []
    package private(set) var tiers: [TierPeriod] = []

    /// - Parameter standings: a customer's, in the order of their dates.
    package init(_ standings: some Sequence<Standing>) {
        for standing in standings { append(standing) }
    }

    package init(pools: [PoolPeriod], tiers: [TierPeriod]) {
        self.pools = pools
        self.tiers = tiers
    }

    /// Goes on with the standing of a later close.
    package mutating func append(_ standing: Standing) {
        if standing.pool != pools.last?.pool || standing.poolSince != pools.last?.from {
            let cause = Self.cause(of: standing, after: pools.last?.pool)
            if !pools.isEmpty { pools[pools.count - 1].to = standing.date }
            pools.append(
                PoolPeriod(
                    pool: standing.pool, from: standing.poolSince, to: nil, cause: cause))
        }
        let lasting = tiers.last.flatMap { $0.to == nil ? $0 : nil }
        guard standing.tier != lasting?.tier || standing.tierSince != lasting?.from else { return }
        if lasting != nil { tiers[tiers.count - 1].to = standing.date }
        if let tier = standing.tier, let since = standing.tierSince {
            tiers.append(TierPeriod(tier: tier, from: since, to: nil))
        }
    }

    /// Several rules may act in one close; the last one put the customer where they are.
    package static func cause(of standing: Standing, after pool: Pool?) -> Cause {
        switch standing.pool {
        case .target:
            switch standing.origin {
            case .manual: .byHand
            case .both: .both
            case .rule, nil: .targetEntry
            }
        case .potential: pool == .target ? .targetExit : .potentialEntry
        case .retained:
            switch pool {
            case .target: .targetExit
            case .potential: .potentialExit
            case .retained, nil: .known
            }
        }
    }
}

/// A change of pool or tier that a corrected extract made void.
package struct VoidedChange: Hashable, Sendable {
    /// The business date at whose close it was decided.
    package let date: BusinessDay
    package let pool: Pool
    package let origin: Origin?
    package let tier: Tier?
    /// Milliseconds since 1970-01-01 UTC.
    package let voidedAt: Int64

    package init(
        date: BusinessDay, pool: Pool, origin: Origin?, tier: Tier?, voidedAt: Int64
    ) {
        self.date = date
        self.pool = pool
        self.origin = origin
        self.tier = tier
        self.voidedAt = voidedAt
    }
}
