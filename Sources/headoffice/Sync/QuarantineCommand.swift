import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Sync

/// What outlets sent and head office has not applied.
struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "See what was set apart of outlets' records, and what fenced nodes handed over.",
        discussion: "EXAMPLE: headoffice quarantine list --data DIR",
        subcommands: [ListQuarantine.self])
}

/// Lists it.
struct ListQuarantine: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List it by outlet: kinds and numbers of records and the reason, no contents.",
        discussion: """
            EXAMPLE: headoffice quarantine list --outlet 330101 --json --data DIR

            What is set apart is tried again or given up at the outlet (`branchnode quarantine`); \
            what was given up there stays listed here, marked as such. What a fenced node handed \
            over is kept for whoever looks into it; `headoffice readmit` lets the right one of two \
            nodes in again.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "One outlet alone.") var outlet: UnitCode?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let kept = try store.keptApart(of: outlet, by: caller.actor)
        let lines = kept.setApart.map { $0.line(caller) } + kept.handedOver.map { $0.line(caller) }
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "handed_over": .array(kept.handedOver.map(\.json)),
                "set_apart": .array(kept.setApart.map(\.json)),
            ],
            lines: lines.isEmpty ? [caller.say("quarantine.none")] : lines)
    }
}

extension SetApartTransaction {
    fileprivate var json: JSONValue {
        [
            "at": .string(instant(at)), "code": .string(code), "column": JSONValue(column),
            "discarded_at": JSONValue(discardedAt.map(instant)), "key": .string(key),
            "outlet": JSONValue(outlet), "record": .string(record),
            "rows": JSONValue(rows), "transaction": .int(end),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        let reason =
            column.map { caller.say("apart.column", ["column": $0]) }
            ?? (ExchangeError(rawValue: code)?.remedy == .quarantine
                ? caller.say("apart.\(code)") : caller.say("apart.other", ["code": code]))
        let line = caller.say(
            "kept.set-apart",
            [
                "outlet": outlet.rawValue, "record": caller.kind(record), "key": key,
                "reason": reason, "rows": String(rows), "at": instant(at),
            ])
        guard let discardedAt else { return line }
        return line + caller.say("kept.discarded", ["at": instant(discardedAt)])
    }
}

extension Caller {
    /// A kind of record, or the word for one that is not known here.
    fileprivate func kind(_ name: String) -> String {
        name == KeptApart.unknown ? say("kept.unknown") : name
    }
}

extension HandedOverBatch {
    fileprivate var json: JSONValue {
        [
            "at": .string(instant(at)), "epoch": .int(head.epoch),
            "lane": .string(head.lane.rawValue), "node": .string(head.nodeName),
            "number": .int(head.number), "outlet": JSONValue(head.outlet),
            "parts": JSONValue(head.parts), "parts_kept": JSONValue(parts),
            "readable": .bool(isReadable),
            "records": .object(
                records.mapValues {
                    ["ids": .array($0.ids.map(JSONValue.string)), "rows": JSONValue($0.rows)]
                }),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        let what = records.sorted { $0.key < $1.key }.map {
            "\(caller.kind($0.key)) \($0.value.rows)"
        }
        return caller.say(
            "kept.handed-over",
            [
                "outlet": head.outlet.rawValue, "node": head.nodeName,
                "lane": head.lane.rawValue, "number": String(head.number),
                "records": what.isEmpty ? "–" : what.joined(separator: ", "),
                "kept": String(parts), "parts": String(head.parts), "at": instant(at),
            ])
    }
}
