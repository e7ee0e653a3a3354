import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Every customer of a first-tier branch, for an operator's checks.
struct ListTierCustomers: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract:
            "List every customer of a first-tier branch with pool and tier by its last close.",
        discussion: """
            EXAMPLE: headoffice customers --first-tier 33 --json --data DIR

            Amounts are not shown. For counts see headoffice view customers.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "The first-tier branch.") var firstTier: UnitCode

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let list = try store.tierStandings(of: firstTier, by: caller.actor)
        guard let closed = list.closed else {
            return Answer(
                json: document(list), lines: [caller.say("tier-customers.not-closed")])
        }
        let late = closed.late.map(\.rawValue).joined(separator: ", ")
        let heading = caller.say(
            "tier-customers.count",
            [
                "unit": firstTier.rawValue, "count": String(list.customers.count),
                "late": late.isEmpty ? "" : caller.say("tier-close.late", ["outlets": late]),
            ])
        let lines = list.customers.map { row in
            "\(row.customer) \(row.standing.tierLine(closedThrough: closed.through, caller))"
        }
        return Answer(json: document(list), lines: [heading] + lines)
    }

    private func document(_ list: TierStandingList) -> JSONValue {
        [
            "business_date": JSONValue(list.closed?.through),
            "customers": .array(
                list.customers.map {
                    var json = $0.standing.tierJSON
                    json["customer"] = JSONValue($0.customer)
                    json["outlets"] = JSONValue($0.outlets)
                    return .object(json)
                }),
            "first_tier": JSONValue(firstTier),
            "late": .array((list.closed?.late ?? []).map { JSONValue($0) }),
        ]
    }
}
