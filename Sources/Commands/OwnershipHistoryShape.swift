package import Bank

extension OwnershipHistory {
    /// The periods, the earliest first.
    package var json: JSONValue { .array(periods.map(\.json)) }
}

extension OwnershipHistory.Period {
    fileprivate var json: JSONValue {
        [
            "claim": JSONValue(claim), "ended_by": JSONValue(ending?.rawValue),
            "entered_by": JSONValue(enteredBy), "from": JSONValue(from), "is_over": .bool(isOver),
            "manager": JSONValue(manager), "outlet": JSONValue(outlet),
            "reason": JSONValue(reason?.rawValue), "record": JSONValue(record),
            "rule": JSONValue(rule?.rawValue),
            "state": .string(isProvisional ? "provisional" : "confirmed"), "to": JSONValue(to),
        ]
    }
}

extension FormerOwner {
    package var json: JSONValue {
        [
            "ended_by": JSONValue(ending?.rawValue), "manager": JSONValue(manager),
            "outlet": JSONValue(outlet), "since": JSONValue(since), "until": JSONValue(until),
        ]
    }
}
