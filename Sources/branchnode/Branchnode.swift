import ArgumentParser
import Commands
import Courier
package import Store
import Vault

/// The outlet's node.
@main
struct Branchnode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "branchnode",
        abstract:
            "An outlet's node: its customers, who looks after whom, its records and reminders.",
        discussion: """
            EXAMPLE: branchnode owner 330000000017 --data /var/lib/branchnode

            The data directory is --data DIR or BRANCHNODE_DATA. While a node serves, every other \
            command reaches it through its local socket.
            Exit codes: 0 done, 1 the rules said no, 2 wrong usage, 3 the world failed, 4 data \
            found damaged, 5 done but something is quarantined.
            """,
        version: Version.current,
        subcommands: [
            Init.self, Enrol.self, Import.self, CloseDay.self, ShowCustomer.self,
            ListCustomers.self, QueryCustomer.self, ShowOwner.self, ShowOwnership.self,
            ListPending.self, Assign.self, Release.self, BookCommand.self, DelegateCommand.self,
            TargetCommand.self, ListBelowStandard.self,
            TransferCommand.self, ProfileCommand.self, ContactCommand.self, ListReminders.self,
            SyncCommand.self,
            Status.self, QuarantineCommand.self, Serve.self, PasswordCommand.self, BackUp.self,
            Restore.self, Verify.self, Export.self,
        ])

    /// What every exchange of this process goes over: a watch's, and those it asks of a server.
    static let line = KeptLine()

    static let program = Program<BranchStore>(Branchnode.self, variable: "BRANCHNODE_DATA")

    static func main() async {
        await program.main()
    }
}

extension BranchStore: Keeper {
    package static func open(path: String, credential: String) throws -> BranchStore {
        try BranchStore(path: path, credential: credential, world: .live)
    }
}

/// A command of the node's desk.
protocol NodeCommand: DeskCommand where Desk == BranchStore {}
