import ArgumentParser
import Bank
import Commands
import Store

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
                "reminders": .array(
                    reminders.map { reminder in
                        var json = reminder.json(caller).object ?? [:]
                        json["stands_in_for"] = JSONValue(
                            reminder.staff == staff ? nil : reminder.staff)
                        return .object(json)
                    }),
                "staff": JSONValue(staff),
            ],
            lines: reminders.isEmpty
                ? [caller.say("reminders.none")]
                : reminders.map { reminder in
                    let line = reminder.line(caller)
                    return reminder.staff == staff
                        ? line
                        : caller.say(
                            "deputies.line", ["staff": reminder.staff.rawValue, "line": line])
                })
    }
}
