import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Vault

/// Creates head office.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create head office: its keys, its database and one for each first-tier branch.",
        discussion: "EXAMPLE: headoffice init --org org.json --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The organisation file.") var org: String

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Headoffice.program.variable, caller)
        let organisation = try Organisation.read(caller.absolute(org), caller)
        let credential = options.credential(for: directory, caller)
        try BankStore.create(
            path: directory, credential: credential, organisation: organisation, world: .live,
            actor: caller.actor)
        let json: JSONValue = [
            "directory": .string(directory),
            "first_tiers": .array(
                organisation.units.filter { $0.level == .firstTier }.map { JSONValue($0.code) }),
            "key_file": .string(credential),
        ]
        writeOut(
            options.json
                ? json.description
                : caller.say("init.done", ["path": directory, "key": credential]))
    }
}
