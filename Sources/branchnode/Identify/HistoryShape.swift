import Bank
import Commands

extension Caller {
    func say(_ reason: StandingReason) -> String {
        var values = reason.facts
        if let tier = values["tier"] { values["tier"] = say("tier.\(tier)") }
        return say("why.\(reason.code.rawValue)", values)
    }
}

extension StandingHistory {
    func json(voided: [VoidedChange]) -> JSONValue {
        [
            "pools": .array(
                pools.map {
                    [
                        "by_hand": .bool($0.cause.isManual), "from": JSONValue($0.from),
                        "pool": .string($0.pool.rawValue), "rule": .string($0.cause.rawValue),
                        "to": JSONValue($0.to),
                    ]
                }),
            "tiers": .array(
                tiers.map {
                    [
                        "from": JSONValue($0.from), "tier": .string($0.tier.rawValue),
                        "to": JSONValue($0.to),
                    ]
                }),
            "voided": .array(
                voided.map {
                    [
                        "date": JSONValue($0.date), "origin": JSONValue($0.origin?.rawValue),
                        "pool": .string($0.pool.rawValue), "tier": JSONValue($0.tier?.rawValue),
                        "voided_at": .string(instant($0.voidedAt)),
                    ]
                }),
        ]
    }

    func lines(_ caller: Caller, voided: [VoidedChange]) -> [String] {
        let now = caller.say("history.now")
        return pools.map {
            caller.say(
                "history.pool",
                [
                    "cause": caller.say("cause.\($0.cause.rawValue)"),
                    "from": $0.from.description,
                    "pool": caller.say("pool.\($0.pool.rawValue)"),
                    "to": $0.to?.description ?? now,
                ])
        }
            + tiers.map {
                caller.say(
                    "history.tier",
                    [
                        "from": $0.from.description,
                        "tier": caller.say("tier.\($0.tier.rawValue)"),
                        "to": $0.to?.description ?? now,
                    ])
            }
            + voided.map {
                caller.say(
                    "history.voided",
                    [
                        "at": instant($0.voidedAt), "date": $0.date.description,
                        "pool": caller.say("pool.\($0.pool.rawValue)"),
                        "tier": caller.say("tier.\($0.tier?.rawValue ?? "none")"),
                    ])
            }
    }
}
