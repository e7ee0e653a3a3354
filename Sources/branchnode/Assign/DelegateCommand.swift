import ArgumentParser
import Bank
import Commands
import Store

/// Who stands in for a manager on leave.
struct DelegateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegate",
        abstract: "Name who stands in for a manager during leave; ownership stays.",
        discussion: """
            EXAMPLE: branchnode delegate 330101-RM1 --to 330101-RM2 --from 2025-04-07 \
            --through 2025-04-18 --reason 'annual leave' --as 330101-RM1 --data DIR
            """,
        subcommands: [NameDeputy.self, ListDeputies.self, EndDeputy.self],
        defaultSubcommand: NameDeputy.self)
}

/// Names a deputy.
struct NameDeputy: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "name", abstract: "Name a deputy of the same outlet for some business dates.",
        discussion: """
            EXAMPLE: branchnode delegate 330101-RM1 --to 330101-RM2 --from 2025-04-07 \
            --through 2025-04-18 --reason 'annual leave' --as 330101-RM1 --data DIR

            The deputy sees the manager's customers and reminders and writes marketing records.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The manager's staff number.") var manager: StaffID
    @Option(help: "The deputy's staff number.") var to: StaffID
    @Option(help: "The first business date.") var from: BusinessDay
    @Option(help: "The last business date.") var through: BusinessDay
    @Option(help: "Why.") var reason: String
    @Option(name: .customLong("as"), help: "The manager's own or a supervisor's staff number.")
    var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.delegate(
            manager, to: to, from: from, through: through, by: staff, because: reason
        )
        .answer(caller, on: store.workingDate())
    }
}

/// All of them.
struct ListDeputies: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the delegations, the latest first.",
        discussion: "EXAMPLE: branchnode delegate list --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let delegations = try store.delegations()
        let day = try delegations.isEmpty ? nil : store.workingDate()
        let shown = day.map { day in delegations.map { ($0, day) } } ?? []
        return Answer(
            json: ["delegations": .array(shown.map { $0.json(on: $1) })],
            lines: shown.isEmpty
                ? [caller.say("deputies.none")] : shown.map { $0.line(caller, on: $1) })
    }
}

/// Ends one by hand.
struct EndDeputy: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End a delegation that runs or is to come.",
        discussion: "EXAMPLE: branchnode delegate end 3 --as 330101-RM1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The delegation's number.") var number: Int64
    @Option(name: .customLong("as"), help: "The manager's own or a supervisor's staff number.")
    var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.endDelegation(number, by: staff).answer(caller, on: store.workingDate())
    }
}

extension Delegation {
    fileprivate func answer(_ caller: Caller, on day: BusinessDay) -> Answer {
        Answer(json: json(on: day), lines: [line(caller, on: day)])
    }

    fileprivate func json(on day: BusinessDay) -> JSONValue {
        [
            "deputy": JSONValue(deputy), "ended_at": JSONValue(endedAt.map(instant)),
            "ended_by": JSONValue(endedBy), "from": JSONValue(days.lowerBound),
            "made_at": .string(instant(madeAt)), "made_by": JSONValue(madeBy),
            "manager": JSONValue(manager), "number": .int(number), "reason": .string(reason),
            "state": .string(state(on: day).rawValue), "through": JSONValue(days.upperBound),
        ]
    }

    fileprivate func line(_ caller: Caller, on day: BusinessDay) -> String {
        caller.say(
            "deputies.shown",
            [
                "number": String(number), "manager": manager.rawValue, "deputy": deputy.rawValue,
                "from": days.lowerBound.description, "through": days.upperBound.description,
                "state": caller.say("delegation.\(state(on: day).rawValue)"),
            ])
    }
}
