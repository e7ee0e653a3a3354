import ArgumentParser
import Bank
import Certificates
import Commands
import HeadOfficeStore

/// Invites an outlet's node.
struct Enrol: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a one-time token with which a node of the outlet may enrol.",
        discussion: """
            EXAMPLE: headoffice enrol 330101 --hours 48 --data DIR

            The token also carries the fingerprint of head office's authority, by which the node \
            knows head office at the first contact. Take it to the outlet on a way of its own.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode
    @Option(help: "For how many hours the token is good, at most 720.")
    var hours = BankStore.tokenHours.usual

    func validate() throws {
        guard BankStore.tokenHours.allowed.contains(hours) else {
            throw ValidationError(saying: "enrol.hours")
        }
    }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let token = try store.invite(outlet, by: caller.actor, hours: hours).text
        // A new node takes the other's place the moment it shows the token.
        let warnings =
            try store.hasNode(outlet)
            ? [caller.say("enrol.has-node", ["outlet": outlet.rawValue])] : []
        return Answer(
            json: ["outlet": JSONValue(outlet), "token": .string(token)], lines: [token],
            diagnostics: warnings)
    }
}
