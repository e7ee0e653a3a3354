import ArgumentParser
import Bank
import Commands
import Store

/// Transactions that head office could not apply.
struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "See, retry or give up what head office could not apply.",
        discussion: "EXAMPLE: branchnode quarantine list --data DIR",
        subcommands: [ListQuarantine.self, RetryQuarantined.self, DiscardQuarantined.self])
}

/// Lists them.
struct ListQuarantine: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is quarantined, with the reason.",
        discussion: "EXAMPLE: branchnode quarantine list --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let entries = try store.quarantine()
        return Answer(
            json: ["quarantined": .array(entries.map(\.json))],
            lines: entries.isEmpty
                ? [caller.say("quarantine.none")]
                : entries.map { $0.line(caller) })
    }
}

/// Sends again.
struct RetryQuarantined: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Send what is quarantined again, with the next exchange.",
        discussion: "EXAMPLE: branchnode quarantine retry 3 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "Its number in the list; all where none is given.") var id: Int64?

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let count = try store.retryQuarantined(id, by: caller.actor)
        return Answer(
            json: ["retried": JSONValue(count)],
            lines: [caller.say("quarantine.retried", ["count": String(count)])])
    }
}

/// Gives up.
struct DiscardQuarantined: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Give up sending what is quarantined; the records stay at the node.",
        discussion: """
            EXAMPLE: branchnode quarantine discard 3 4 --reason 'entered again by hand' --data DIR
            EXAMPLE: branchnode quarantine discard --all --reason 'test data' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The numbers in the list.") var ids: [Int64] = []
    @Flag(help: "Everything that is quarantined.") var all = false
    @Option(help: "Why it is given up; it stands in the audit.") var reason: String

    func validate() throws {
        guard all != !ids.isEmpty else { throw ValidationError(saying: "usage.discard-what") }
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let count = try store.discardQuarantined(
            all ? nil : ids, reason: reason, by: caller.actor)
        return Answer(
            json: ["discarded": JSONValue(count)],
            lines: [caller.say("quarantine.discarded", ["count": String(count)])])
    }
}

extension QuarantineEntry {
    fileprivate var json: JSONValue {
        [
            "at": .string(instant(at)), "code": .string(code), "column": JSONValue(column),
            "id": .int(id), "key": .string(key), "record": .string(record),
        ]
    }

    /// What was set apart and why, for people.
    func line(_ caller: Caller) -> String {
        caller.say(
            "quarantine.line",
            [
                "id": String(id), "record": record, "key": key,
                "reason": caller.say(reason.key, reason.facts), "at": instant(at),
            ])
    }
}
