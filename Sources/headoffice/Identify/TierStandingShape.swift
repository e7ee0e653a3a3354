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
}

extension TierStanding {
    var json: JSONValue {
        var json = standing.tierJSON
        json["business_date"] = JSONValue(through)
        return .object(json)
    }

    func line(_ caller: Caller) -> String {
        caller.say(
            "owner.standing",
            [
                "pool": caller.say("pool.\(standing.pool.rawValue)"),
                "since": standing.poolSince.description,
                "tier": caller.say("tier.\(standing.tier?.rawValue ?? "none")"),
                "date": through.description,
            ])
    }
}
