import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// The first-tier branches' close.
struct CloseDay: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Close dates for the first-tier branches, by default through the latest delivered one.",
        discussion: """
            EXAMPLE: headoffice close-day --first-tier 33 --through 2025-03-31 --data DIR

            Every date is closed in order from the figures of all outlets; those of a late outlet \
            are carried forward. Whose figures came late or changed is closed again first. At the \
            end customers who left the target pool are released, and what is due is settled.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "One first-tier branch alone.") var firstTier: UnitCode?
    @Option(help: "The last business date to close, such as 2025-03-31.")
    var through: BusinessDay?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let closes = try store.closeDays(
            firstTier: firstTier, through: through, by: caller.actor
        ) { code, day in
            caller.progress(
                caller.say(
                    "tier-close.progress", ["unit": code.rawValue, "date": day.description]))
        }
        return Answer(json: closes.json, lines: closes.lines(caller))
    }
}

extension TierCloses {
    fileprivate var json: JSONValue {
        // Who was closed again was before the first new date of their branch.
        var reclosed = reclosed
        return [
            "days": .array(
                days.map { $0.json(reclosed: reclosed.removeValue(forKey: $0.firstTier)) }),
            "differences": JSONValue(differences), "exits": JSONValue(exits.count),
            "reclosed": JSONValue(self.reclosed.values.reduce(0, +)),
            "settled": JSONValue(settled.count),
        ]
    }

    fileprivate func lines(_ caller: Caller) -> [String] {
        let again = reclosed.sorted { $0.key < $1.key }.map {
            caller.say(
                "tier-close.again", ["unit": $0.key.rawValue, "customers": String($0.value)])
        }
        var lines = again + days.map { $0.line(caller) }
        if differences > 0 {
            lines.append(caller.say("tier-close.differences", ["count": String(differences)]))
        }
        if !exits.isEmpty {
            lines.append(caller.say("tier-close.exits", ["count": String(exits.count)]))
        }
        if !settled.isEmpty {
            lines.append(caller.say("settle.done", ["count": String(settled.count)]))
        }
        return lines.isEmpty ? [caller.say("close.nothing")] : lines
    }
}

extension TierClosedDay {
    fileprivate func json(reclosed: Int?) -> JSONValue {
        [
            "customers": JSONValue(customers), "date": JSONValue(date),
            "first_tier": JSONValue(firstTier), "late": .array(late.map { JSONValue($0) }),
            "potential": ["in": JSONValue(potentialIn), "out": JSONValue(potentialOut)],
            "reclosed": JSONValue(reclosed ?? 0),
            "target": ["in": JSONValue(targetIn), "out": JSONValue(targetOut)],
            "tiers": tiers.map { tiers in
                .object(
                    Dictionary(
                        uniqueKeysWithValues: tiers.map { ($0.key.rawValue, JSONValue($0.value)) })
                )
            } ?? .null,
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "tier-close.day",
            [
                "unit": firstTier.rawValue, "date": date.description,
                "customers": String(customers), "potentialIn": String(potentialIn),
                "potentialOut": String(potentialOut), "targetIn": String(targetIn),
                "targetOut": String(targetOut),
                "late": late.isEmpty
                    ? ""
                    : caller.say(
                        "tier-close.late",
                        ["outlets": late.map(\.rawValue).joined(separator: ", ")]),
            ])
    }
}
