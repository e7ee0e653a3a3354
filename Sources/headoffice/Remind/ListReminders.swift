import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// What a first-tier supervisor has to do or know.
struct ListReminders: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminders",
        abstract: "Show what a first-tier supervisor has to do or know; --done closes one.",
        discussion: "EXAMPLE: headoffice reminders --as 33-T1 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(name: .customLong("as"), help: "The staff number.") var staff: StaffID
    @Option(help: "Close the reminder of this id first.") var done: String?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        if let done { try store.finishReminder(done, by: staff) }
        let reminders = try store.reminders(of: staff)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "reminders": .array(reminders.map { $0.json(caller) }),
                "staff": JSONValue(staff),
            ],
            lines: reminders.isEmpty
                ? [caller.say("reminders.none")] : reminders.map { $0.line(caller) })
    }
}
