import ArgumentParser
import Bank
import Commands
import Store

/// Ends this outlet's ownership of a customer.
struct Release: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Release a customer whom this outlet owns: nobody's from here on.",
        discussion: """
            EXAMPLE: branchnode release 330000000017 --as 330101-OS1 --reason 'moved abroad' \
            --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Option(help: "Why.") var reason: String

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let claim = try store.release(number, by: supervisor, because: reason)
        let ownership = try store.ownership(of: number)
        return Answer(
            json: [
                "claim": JSONValue(claim), "customer": JSONValue(number),
                "owner": ownership.owner?.json ?? .null,
                "state": .string(ownership.state.rawValue),
            ],
            lines: [caller.say("release.done", ["customer": number.rawValue])])
    }
}
