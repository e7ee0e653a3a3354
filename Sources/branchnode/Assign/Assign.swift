import ArgumentParser
import Bank
import Commands
import Store

/// Assigns targets of this outlet to one of its managers.
struct Assign: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Assign target customers to a manager of this outlet; one result per customer.",
        discussion: """
            EXAMPLE: branchnode assign 330000000017 330000000025 --to 330101-RM1 --as 330101-OS1 \
            --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "Customer numbers.") var numbers: [CustomerNumber]
    @Option(help: "The manager's staff number.") var to: StaffID
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let results = try store.assign(numbers, to: to, by: supervisor)
        let isRefused = results.contains { $0.refusal != nil }
        return Answer(
            json: [
                "manager": JSONValue(to),
                "results": .array(
                    results.map { result in
                        [
                            "claim": JSONValue(result.claim),
                            "customer": JSONValue(result.customer),
                            "message": JSONValue(
                                result.refusal.map { caller.say($0.key, $0.facts) }),
                            "reason": JSONValue(result.refusal?.reason.rawValue),
                            "result": result.refusal == nil ? "assigned" : "refused",
                        ]
                    }),
            ],
            lines: results.filter { $0.refusal == nil }.map {
                caller.say("assign.done", ["customer": $0.customer.rawValue])
            }, exit: isRefused ? .refused : .done,
            diagnostics: results.compactMap(\.refusal).map { caller.say($0.key, $0.facts) })
    }
}
