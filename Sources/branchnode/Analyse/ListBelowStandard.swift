import ArgumentParser
import Bank
import Commands
import Store

/// Who holds a card above their tier.
struct ListBelowStandard: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "below-standard",
        abstract: "List customers whose VIP card is of a higher level than their tier.",
        discussion: """
            EXAMPLE: branchnode below-standard --as 330101-OS1 --json --data DIR

            A manager sees their own customers, a supervisor the outlet's.
            """)

    @OptionGroup var options: DataOptions
    @Option(name: .customLong("as"), help: "The staff number.") var staff: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let customers = try store.belowStandard(for: staff)
        let asOf = try store.lineState().contactedAt.map(instant)
        return Answer(
            json: [
                "as_of": JSONValue(asOf), "business_date": JSONValue(try store.lastClosed()),
                "customers": .array(customers.map(\.json)), "staff": JSONValue(staff),
            ],
            lines: customers.isEmpty
                ? [caller.say("below.none")] : customers.map { $0.line(caller) })
    }
}

extension BelowStandard {
    fileprivate var json: JSONValue {
        [
            "average_fen": JSONValue(average), "card": .string(card.rawValue),
            "customer": JSONValue(customer), "gap_fen": JSONValue(gap),
            "months": JSONValue(months), "owner": ownership.owner?.json ?? .null,
            "since": JSONValue(since), "tier": JSONValue(tier?.rawValue),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "below.line",
            [
                "average": average.grouped, "card": caller.say("tier.\(card.rawValue)"),
                "customer": customer.rawValue, "gap": gap.grouped, "months": String(months),
                "since": since.description, "tier": caller.say("tier.\(tier?.rawValue ?? "none")"),
            ])
    }
}
