import ArgumentParser
import Bank
import Commands
import Store

/// Closes every missed business date in order.
struct CloseDay: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Close every missed business date in order, by default through the latest imported one.",
        discussion: "EXAMPLE: branchnode close-day --through 2025-03-31 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The last business date to close, such as 2025-03-31.")
    var through: BusinessDay?

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let days = try store.closeDays(through: through, by: caller.actor) { date, number, all in
            caller.progress(
                caller.say(
                    "close.progress",
                    ["date": date.description, "number": String(number), "all": String(all)]))
        }
        return Answer(
            json: ["days": .array(days.map(\.json))],
            lines: days.isEmpty ? [caller.say("close.nothing")] : days.map { $0.line(caller) })
    }
}

extension ClosedDay {
    fileprivate var json: JSONValue {
        [
            "accounts": JSONValue(accounts), "balance_fen": JSONValue(balance),
            "date": JSONValue(date), "estimated": .bool(isEstimated),
            "potential": ["in": JSONValue(potentialIn), "out": JSONValue(potentialOut)],
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
            "close.day",
            [
                "date": date.description, "accounts": String(accounts),
                "estimated": isEstimated ? caller.say("close.estimated") : "",
                "potentialIn": String(potentialIn), "potentialOut": String(potentialOut),
                "targetIn": String(targetIn), "targetOut": String(targetOut),
            ])
    }
}
