import ArgumentParser
import Bank
import Commands
import Store
import Texts

/// What a member of staff has to do or know today.
struct ListReminders: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminders",
        abstract: "Show what a member of staff has to do or know today.",
        discussion: "EXAMPLE: branchnode reminders --as 330101-RM1 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(name: .customLong("as"), help: "The staff number.") var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let reminders = try store.reminders(of: staff)
        let date = try store.lastClosed()?.next
        let asOf = try store.lineState().contactedAt.map(instant)
        return Answer(
            json: [
                "as_of": JSONValue(asOf), "business_date": JSONValue(date),
                "reminders": .array(reminders.map { $0.json(caller) }),
                "staff": JSONValue(staff),
            ],
            lines: reminders.isEmpty
                ? [caller.say("reminders.none")] : reminders.map { $0.line(caller) })
    }
}

extension Reminder {
    private func sentence(_ caller: Caller) -> String {
        let values = facts.map { fact in
            Words.codedFacts.contains(fact.key)
                ? (fact.key, caller.say("\(fact.key).\(fact.value)")) : (fact.key, fact.value)
        }
        return caller.say(
            "reminder.\(kind.rawValue)-sentence", Dictionary(uniqueKeysWithValues: values))
    }

    fileprivate func json(_ caller: Caller) -> JSONValue {
        [
            "customer": JSONValue(customer), "due": JSONValue(dueOn), "id": .string(id),
            "kind": .string(kind.rawValue), "text": .string(sentence(caller)),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "reminders.line",
            [
                "due": dueOn.description, "kind": caller.say("reminder.\(kind.rawValue)"),
                "customer": customer?.rawValue ?? "–", "sentence": sentence(caller),
            ])
    }
}
