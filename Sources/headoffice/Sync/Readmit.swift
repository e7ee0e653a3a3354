import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Lets a fenced node back in.
struct Readmit: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let a node come in again that was taken for a copy.",
        discussion: """
            EXAMPLE: headoffice readmit 330101 --as 00-SA1 --reason 'the other copy is gone' \
            --data DIR

            The next node of the outlet that comes with something new gets a new epoch; whatever \
            runs beside it is fenced from then on.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode
    @Option(name: .customLong("as"), help: "The administrator's staff number.") var staff: StaffID
    @Option(help: "Why it may come in again.") var reason: String

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.readmit(outlet, as: staff, reason: reason)
        return Answer(
            json: ["outlet": JSONValue(outlet), "readmitted": true],
            lines: [caller.say("readmit.done", ["outlet": outlet.rawValue])])
    }
}
