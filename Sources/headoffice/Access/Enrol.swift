import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Invites an outlet's node.
struct Enrol: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a one-time token with which a node of the outlet may enrol.",
        discussion: "EXAMPLE: headoffice enrol 330101 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let token = try store.invite(outlet, by: caller.actor)
        return Answer(
            json: ["outlet": JSONValue(outlet), "token": .string(token)], lines: [token])
    }
}
