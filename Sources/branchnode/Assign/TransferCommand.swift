import ArgumentParser
import Bank
import Commands
import Store

/// Transfer requests and objections between outlets.
struct TransferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Ask another outlet for its customer, object, answer, withdraw.",
        discussion: "EXAMPLE: branchnode transfer request --help",
        subcommands: [
            RequestTransfer.self, ObjectToOwner.self, AcceptTransfer.self, RefuseTransfer.self,
            WithdrawRequest.self, EscalateRequest.self,
        ])
}

/// What the commands of a dispute have in common.
protocol DisputeCommand: NodeCommand {
    var number: CustomerNumber { get }
    var staff: StaffID { get }
    var text: String { get }
    var act: DisputeAct { get }
}

extension DisputeCommand {
    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let outcome = try store.take(act, about: number, by: staff, because: text)
        var json = outcome.dispute.json.object ?? [:]
        json["customer"] = JSONValue(number)
        json["step"] = JSONValue(outcome.step.id)
        return Answer(
            json: .object(json),
            lines: [
                caller.say(
                    "transfer.done",
                    [
                        "customer": number.rawValue,
                        "step": caller.say("step.\(outcome.step.kind.rawValue)"),
                        "state": outcome.dispute.ending.map {
                            caller.say("ending.\($0.rawValue)")
                        } ?? caller.say("dispute.\(outcome.dispute.state.rawValue)"),
                    ])
            ])
    }
}

/// Asks the owner's outlet for the customer.
struct RequestTransfer: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask the owner's outlet for a customer, for a manager of this outlet.",
        discussion: """
            EXAMPLE: branchnode transfer request 330000000017 --to 330102-RM1 --as 330102-OS1 \
            --reason 'the household banks here' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(help: "The manager of this outlet who is to have the customer.") var to: StaffID
    @Option(name: .customLong("as"), help: "The staff number of who asks.") var staff: StaffID
    @Option(name: [.customLong("reason"), .customLong("opinion")], help: "Why.") var text: String
    @Option(help: "What is new since the last ruling.") var newEvidence: String?

    var act: DisputeAct { .request(to: to, newEvidence: newEvidence) }
}

/// Objects to a decision that went against this outlet's claim.
struct ObjectToOwner: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "object",
        abstract: "Object where this outlet's claim on a customer did not win.",
        discussion: """
            EXAMPLE: branchnode transfer object 330000000017 --to 330102-RM1 --as 330102-OS1 \
            --reason 'we opened the account' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(help: "The manager of this outlet who is to have the customer.") var to: StaffID
    @Option(name: .customLong("as"), help: "The staff number of who objects.") var staff: StaffID
    @Option(name: [.customLong("reason"), .customLong("opinion")], help: "Why.") var text: String
    @Option(help: "What is new since the last ruling.") var newEvidence: String?

    var act: DisputeAct { .object(to: to, newEvidence: newEvidence) }
}

/// Agrees: the customer goes to the outlet and manager that asked.
struct AcceptTransfer: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Agree to another outlet's request or objection.",
        discussion: """
            EXAMPLE: branchnode transfer accept 330000000017 --as 330101-OS1 \
            --opinion 'agreed with the customer' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var staff: StaffID
    @Option(name: [.customLong("opinion"), .customLong("reason")], help: "The opinion.")
    var text: String
    @Option(help: "Which outlet's, where several ask.") var from: UnitCode?

    var act: DisputeAct { .accept(from: from) }
}

/// Does not agree.
struct RefuseTransfer: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Refuse another outlet's request or objection.",
        discussion: """
            EXAMPLE: branchnode transfer refuse 330000000017 --as 330101-OS1 \
            --opinion 'the customer wishes to stay' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var staff: StaffID
    @Option(name: [.customLong("opinion"), .customLong("reason")], help: "The opinion.")
    var text: String
    @Option(help: "Which outlet's, where several ask.") var from: UnitCode?

    var act: DisputeAct { .refuse(from: from) }
}

/// Asks no longer.
struct WithdrawRequest: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Withdraw this outlet's own request or objection.",
        discussion: """
            EXAMPLE: branchnode transfer withdraw 330000000017 --as 330102-OS1 \
            --reason 'settled between us' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who withdraws.") var staff: StaffID
    @Option(name: [.customLong("reason"), .customLong("opinion")], help: "Why; may be left out.")
    var text = ""

    var act: DisputeAct { .withdraw }
}

/// Takes a refusal to the first-tier branch.
struct EscalateRequest: DisputeCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalate", abstract: "Take a refused request to the first-tier branch.",
        discussion: """
            EXAMPLE: branchnode transfer escalate 330000000017 --as 330102-OS1 \
            --reason 'the account was opened here' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who takes it up.")
    var staff: StaffID
    @Option(name: [.customLong("reason"), .customLong("opinion")], help: "Why.") var text: String

    var act: DisputeAct { .escalate }
}
