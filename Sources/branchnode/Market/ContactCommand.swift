import ArgumentParser
import Bank
import Commands
import Store

/// Marketing records.
struct ContactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact", abstract: "Keep marketing records.",
        discussion: "EXAMPLE: branchnode contact add --help",
        subcommands: [AddContact.self])
}

/// Writes a marketing record.
struct AddContact: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record a contact with a customer.",
        discussion: """
            EXAMPLE: branchnode contact add 330000000017 --as 330101-RM1 --way call \
            --note 'wants a time deposit' --follow-up 2025-04-02 --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who had the contact.")
    var staff: StaffID
    @Option(help: "How: call, visit, at-outlet, sms or wechat.") var way: Contact.Way
    @Option(help: "What was said.") var note: String
    @Option(help: "When to follow up, such as 2025-04-02.") var followUp: BusinessDay?

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let contact = try store.addContact(
            with: number, by: staff, way: way, note: note, followUpOn: followUp)
        return Answer(
            json: [
                "customer": JSONValue(number), "date": JSONValue(contact.date),
                "follow_up": JSONValue(contact.followUpOn), "id": .string(contact.id),
                "way": .string(way.rawValue),
            ],
            lines: [
                caller.say(
                    "contact.done",
                    ["customer": number.rawValue, "date": contact.date.description])
            ])
    }
}
