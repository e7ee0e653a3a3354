import Bank
import Commands
import HeadOfficeStore

extension Standing {
    /// What a first-tier branch's close decided. Amounts are for who looks after the customer.
    var tierJSON: [String: JSONValue] {
        [
            "below_since": JSONValue(belowSince), "origin": JSONValue(origin?.rawValue),
            "pool": .string(pool.rawValue), "pool_since": JSONValue(poolSince),
            "tier": JSONValue(tier?.rawValue), "tier_since": JSONValue(tierSince),
        ]
    }

    func tierLine(closedThrough date: BusinessDay, _ caller: Caller) -> String {
        caller.say(
            "owner.standing",
            [
                "pool": caller.say("pool.\(pool.rawValue)"), "since": poolSince.description,
                "tier": caller.say("tier.\(tier?.rawValue ?? "none")"),
                "date": date.description,
            ])
    }
}

extension TierStanding {
    var json: JSONValue {
        var json = standing.tierJSON
        json["business_date"] = JSONValue(through)
        return .object(json)
    }

    func line(_ caller: Caller) -> String {
        standing.tierLine(closedThrough: through, caller)
    }
}
