extension StandingHistory {
    /// As it travels: dates as days since 1970-01-01.
    package var json: JSONValue {
        func day(_ day: BusinessDay?) -> JSONValue {
            JSONValue(day.map { Int64($0.daysSinceEpoch) })
        }
        return [
            "pools": .array(
                pools.map {
                    [
                        "cause": .string($0.cause.rawValue), "from": day($0.from),
                        "pool": .string($0.pool.rawValue), "to": day($0.to),
                    ]
                }),
            "tiers": .array(
                tiers.map {
                    [
                        "from": day($0.from), "tier": .string($0.tier.rawValue),
                        "to": day($0.to),
                    ]
                }),
        ]
    }

    /// Nil where it is no history.
    package init?(json: JSONValue) {
        guard let pools = json["pools"]?.array, let tiers = json["tiers"]?.array else { return nil }
        func day(_ value: JSONValue?) -> BusinessDay? {
            value?.int.flatMap(Int32.init(exactly:)).map(BusinessDay.init(daysSinceEpoch:))
        }
        let poolPeriods = pools.compactMap { period -> PoolPeriod? in
            guard let pool = period["pool"]?.string.flatMap(Pool.init(rawValue:)),
                let cause = period["cause"]?.string.flatMap(Cause.init(rawValue:)),
                let from = day(period["from"])
            else { return nil }
            return PoolPeriod(pool: pool, from: from, to: day(period["to"]), cause: cause)
        }
        let tierPeriods = tiers.compactMap { period -> TierPeriod? in
            guard let tier = period["tier"]?.string.flatMap(Tier.init(rawValue:)),
                let from = day(period["from"])
            else { return nil }
            return TierPeriod(tier: tier, from: from, to: day(period["to"]))
        }
        guard poolPeriods.count == pools.count, tierPeriods.count == tiers.count else { return nil }
        self.init(pools: poolPeriods, tiers: tierPeriods)
    }

    /// Its newest periods alone, some decades of them.
    package var recent: StandingHistory {
        StandingHistory(pools: Array(pools.suffix(80)), tiers: Array(tiers.suffix(80)))
    }
}
