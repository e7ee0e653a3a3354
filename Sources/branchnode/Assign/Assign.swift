import ArgumentParser
import Bank
import Commands
import Store

/// Assigns targets of this outlet to one of its managers, or divides them among several by a rule.
struct Assign: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Assign target customers to managers of this outlet; one result per customer.",
        discussion: """
            EXAMPLE: branchnode assign 330000000017 330000000025 --to 330101-RM1 --as 330101-OS1 \
            --data DIR
            EXAMPLE: branchnode assign --evenly tier --to 330101-RM1 --to 330101-RM2 --all-pending \
            --as 330101-OS1 --preview --data DIR

            With one manager, a customer of another manager of this outlet is handed over. With \
            --evenly only those who await assignment are divided, so that the managers' books \
            become even by count, by assets, or by count within each tier; a book above the cap is \
            a warning. --preview says who would get whom and changes nothing.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "Customer numbers.") var numbers: [CustomerNumber] = []
    @Option(help: "The manager's staff number; several with --evenly.") var to: [StaffID]
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Option(help: "Divide by a rule: count, assets or tier.") var evenly: Distribution.Rule?
    @Flag(help: "With --evenly: all who await assignment.") var allPending = false
    @Option(help: "With --evenly: all of a tier: gold, platinum, diamond or none.")
    var tier: TierFilter?
    @Flag(help: "With --evenly: below the cap, who came back goes to the former owner first.")
    var suggestedFirst = false
    @Flag(help: "With --evenly: say who would get whom, and change nothing.") var preview = false

    func validate() throws {
        let isWhole = allPending || tier != nil
        if evenly == nil, to.count > 1 || isWhole || suggestedFirst || preview {
            throw ValidationError(saying: "usage.evenly-needed")
        }
        guard numbers.isEmpty == isWhole else {
            throw ValidationError(
                saying: evenly == nil ? "usage.assign-numbers" : "usage.assign-whom")
        }
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        guard let evenly else { return try toOne(store, caller) }
        let plan = try store.planAssignment(
            of: numbers.isEmpty ? .all(tier ?? .all) : .chosen(numbers), evenly: evenly, among: to,
            followingSuggestions: suggestedFirst, by: supervisor)
        let results = preview ? [] : try store.assign(plan.shares, by: supervisor)
        let books = preview ? [] : try store.books()
        return PlanShape(plan: plan, results: preview ? nil : results, books: books).answer(caller)
    }

    private func toOne(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        guard let manager = to.first else {
            throw Refusal(.notAManager, ["staff": "–"])
        }
        let results = try store.assign(numbers, to: manager, by: supervisor)
        let isRefused = results.contains { $0.refusal != nil }
        let over = try store.fullBooks(of: [manager], caller)
        return Answer(
            json: [
                "manager": JSONValue(manager), "over_cap": .bool(!over.isEmpty),
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
            } + over, exit: isRefused ? .refused : .done,
            diagnostics: results.compactMap(\.refusal).map { caller.say($0.key, $0.facts) })
    }
}

extension BranchStore {
    /// A line for each manager whose book has become fuller than is advised.
    func fullBooks(of managers: [StaffID], _ caller: Caller) throws -> [String] {
        try books().filter { managers.contains($0.manager.id) && $0.customers > $0.cap }.map {
            caller.say(
                "assign.over-cap",
                [
                    "manager": $0.manager.id.rawValue, "count": String($0.customers),
                    "cap": String($0.cap),
                ])
        }
    }
}
