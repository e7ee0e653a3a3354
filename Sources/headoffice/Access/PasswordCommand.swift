import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Vault

/// Sets the password with which a member of staff logs in to head office's pages.
struct PasswordCommand: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set the password of a member of staff; it is read from standard input.",
        discussion: "EXAMPLE: headoffice password 00-HA1 --data DIR < password.txt")

    @OptionGroup var options: DataOptions
    @Argument(help: "The staff number.") var staff: StaffID

    var readsInput: Bool { true }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.logIns.setPassword(caller.input, of: staff, by: caller.actor)
        return Answer(
            json: ["staff": JSONValue(staff)],
            lines: [caller.say("password.done", ["staff": staff.rawValue])])
    }
}
