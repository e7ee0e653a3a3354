import ArgumentParser
import Bank
import Commands
import Store
import Vault

/// Sets the password with which a member of staff logs in to the pages.
struct PasswordCommand: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set the password of a member of staff; it is read from standard input.",
        discussion: "EXAMPLE: branchnode password 330101-RM1 --data DIR < password.txt")

    @OptionGroup var options: DataOptions
    @Argument(help: "The staff number.") var staff: StaffID

    var readsInput: Bool { true }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.logIns.setPassword(caller.input, of: staff, by: caller.actor)
        return Answer(
            json: ["staff": JSONValue(staff)],
            lines: [caller.say("password.done", ["staff": staff.rawValue])])
    }
}
