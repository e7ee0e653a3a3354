import ArgumentParser
import Bank
import Commands
import Store

/// Targets by hand.
struct TargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "Make good customers targets by hand, and keep them.",
        discussion: "EXAMPLE: branchnode target add --help",
        subcommands: [
            AddTarget.self, CheckTarget.self, CancelTarget.self, RenewTarget.self,
        ])
}

/// Adds a target by hand.
struct AddTarget: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a customer a target after the day's close, and one's own at once.",
        discussion: """
            EXAMPLE: branchnode target add 330000000017 --as 330101-RM1 --code executive \
            --reason 'founder of a listed company' --data DIR

            The customer needs a demand account opened at this outlet, is no target and has no \
            owner in the first-tier branch; see branchnode target check.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The manager's or supervisor's staff number.")
    var staff: StaffID
    @Option(help: "Why: official, executive, introduced or other.")
    var code = ManualAddition.ReasonCode.other
    @Option(help: "Why, in words.") var reason: String

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let added = try store.addTarget(number, by: staff, code: code, because: reason)
        return Answer(
            json: [
                "claim": JSONValue(added.claim), "code": .string(added.reasonCode.rawValue),
                "customer": JSONValue(number), "effective_after": JSONValue(added.date),
                "manager": JSONValue(added.staff), "state": .string(added.state.rawValue),
            ],
            lines: [
                caller.say(
                    "target.added",
                    [
                        "customer": number.rawValue, "staff": added.staff.rawValue,
                        "date": added.date.description,
                    ])
            ])
    }
}

/// Shows what an addition needs.
struct CheckTarget: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Show line by line whether a customer may be added.",
        discussion: "EXAMPLE: branchnode target check 330000000017 --as 330101-RM1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The manager's or supervisor's staff number.")
    var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let lines = try store.checkAddition(of: number, by: staff)
        return Answer(
            json: [
                "customer": JSONValue(number),
                "checks": .array(
                    lines.map { line in
                        [
                            "condition": .string(line.condition.rawValue),
                            "message": JSONValue(
                                line.refusal.map { caller.say($0.key, $0.facts) }),
                            "met": .bool(line.refusal == nil),
                            "reason": JSONValue(line.refusal?.reason.rawValue),
                        ]
                    }),
            ],
            lines: lines.map { line in
                let condition = caller.say("condition.\(line.condition.rawValue)")
                guard let refusal = line.refusal else {
                    return caller.say("target.met", ["condition": condition])
                }
                return caller.say(
                    "target.not-met",
                    ["condition": condition, "why": caller.say(refusal.key, refusal.facts)])
            }, exit: lines.allSatisfy { $0.refusal == nil } ? .done : .refused)
    }
}

/// Takes an addition back.
struct CancelTarget: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take back an addition before the day is closed.",
        discussion: "EXAMPLE: branchnode target cancel 330000000017 --as 330101-RM1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who added, or a supervisor's.")
    var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.cancelAddition(of: number, by: staff)
        return Answer(
            json: ["customer": JSONValue(number), "state": "cancelled"],
            lines: [caller.say("target.cancelled", ["customer": number.rawValue])])
    }
}

/// Keeps a target by hand.
struct RenewTarget: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Keep a target by hand: the months below begin anew.",
        discussion: """
            EXAMPLE: branchnode target renew 330000000017 --as 330101-OS1 \
            --reason 'funds expected in May' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Option(help: "Why.") var reason: String

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let date = try store.renewTarget(number, by: supervisor, because: reason)
        return Answer(
            json: ["customer": JSONValue(number), "from": JSONValue(date)],
            lines: [
                caller.say(
                    "target.renewed",
                    ["customer": number.rawValue, "date": date.description])
            ])
    }
}
