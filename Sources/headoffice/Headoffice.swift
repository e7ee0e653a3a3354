import ArgumentParser
import Commands
package import HeadOfficeStore
import Vault

/// The head-office endpoint.
@main
struct Headoffice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headoffice",
        abstract:
            "Head office: enrols nodes, takes what they send, settles who owns whom, shows the whole.",
        discussion: """
            EXAMPLE: headoffice owner 330000000017 --data /var/lib/headoffice

            The data directory is --data DIR or HEADOFFICE_DATA. While head office serves, every \
            other command reaches it through its local socket.
            Exit codes: 0 done, 1 the rules said no, 2 wrong usage, 3 the world failed, 4 data \
            found damaged.
            """,
        version: Version.current,
        subcommands: [
            Init.self, Serve.self, ShowAuthority.self, Enrol.self, Revoke.self, CloseDay.self,
            DifferencesCommand.self, ListTierCustomers.self, Settle.self,
            Adjudicate.self, ListDisputes.self, ListReminders.self, ShowOwner.self,
            ShowOwnership.self, ParameterCommand.self,
            OrganisationCommand.self, ListNodes.self, QuarantineCommand.self, Readmit.self,
            ShowView.self, ShowReceived.self,
            PasswordCommand.self,
            BackUp.self, Restore.self, Verify.self, Export.self,
        ])

    static let program = Program<BankStore>(Headoffice.self, variable: "HEADOFFICE_DATA")

    static func main() async {
        await program.main()
    }
}

extension BankStore: Keeper {
    package static func open(path: String, credential: String) throws -> BankStore {
        try BankStore(path: path, credential: credential, world: .live)
    }
}

/// A command of head office's desk.
protocol HeadOfficeCommand: DeskCommand where Desk == BankStore {}
