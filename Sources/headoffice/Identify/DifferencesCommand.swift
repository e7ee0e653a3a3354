import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// What closing again decided otherwise on closed dates.
struct DifferencesCommand: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "differences",
        abstract: "List what late or corrected figures changed on closed dates; mark it as seen.",
        discussion: """
            EXAMPLE: headoffice differences --first-tier 33 --json --data DIR
            EXAMPLE: headoffice differences --seen 4 5 --as 33-T1 --data DIR

            Claims and settlements stay as they are: a first-tier supervisor looks at what follows.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "One first-tier branch alone.") var firstTier: UnitCode?
    @Option(
        parsing: .upToNextOption,
        help: "Mark the differences of these numbers as seen; needs --as.")
    var seen: [Int64] = []
    @Option(name: .customLong("as"), help: "The first-tier supervisor's staff number.")
    var supervisor: StaffID?

    func validate() throws {
        guard seen.isEmpty == (supervisor == nil) else {
            throw ValidationError(saying: "usage.seen-needs")
        }
    }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let differences =
            try supervisor.map { try store.markSeen(seen, firstTier: firstTier, by: $0) }
            ?? store.differences(of: firstTier, by: caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "differences": .array(differences.map(\.json)),
            ],
            lines: differences.isEmpty
                ? [caller.say("differences.none")] : differences.map { $0.line(caller) })
    }
}

extension TierDecision {
    fileprivate var json: JSONValue {
        ["pool": .string(pool.rawValue), "tier": JSONValue(tier?.rawValue)]
    }

    fileprivate func said(_ caller: Caller) -> String {
        let pool = caller.say("pool.\(pool.rawValue)")
        return tier.map { "\(pool) \(caller.say("tier.\($0.rawValue)"))" } ?? pool
    }
}

extension TierDifference {
    fileprivate var json: JSONValue {
        [
            "cause": .string(cause.rawValue), "customer": JSONValue(customer),
            "first_tier": JSONValue(firstTier), "found_at": .string(instant(foundAt)),
            "from": JSONValue(dates.lowerBound), "now": now?.json ?? .null,
            "number": .int(number), "outlets": .array(outlets.map { JSONValue($0) }),
            "seen_at": JSONValue(seenAt.map(instant)), "seen_by": JSONValue(seenBy),
            "then": then.json, "through": JSONValue(dates.upperBound),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "differences.line",
            [
                "number": String(number), "unit": firstTier.rawValue,
                "customer": customer.rawValue, "from": dates.lowerBound.description,
                "through": dates.upperBound.description, "then": then.said(caller),
                "now": now?.said(caller) ?? caller.say("differences.unknown"),
                "cause": caller.say("difference.\(cause.rawValue)"),
                "outlets": outlets.map(\.rawValue).joined(separator: ", "),
            ])
    }
}
