import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Shuts an outlet's node out.
struct Revoke: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shut the outlet's node out from its next contact on.",
        discussion: """
            EXAMPLE: headoffice revoke 330101 --data DIR

            What it has sent stays. `headoffice enrol` lets it, or another node, in again.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.revoke(outlet, by: caller.actor)
        return Answer(
            json: ["outlet": JSONValue(outlet), "revoked": true],
            lines: [caller.say("revoke.done", ["outlet": outlet.rawValue])])
    }
}
