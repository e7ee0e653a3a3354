import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Vault

/// Consolidated views.
struct ShowView: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Show a consolidated view; without a name, list them.",
        discussion: "EXAMPLE: headoffice view customers --unit 33 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The view's name.") var name: String?
    @Option(help: "The unit whose subtree it covers (default: the whole bank).")
    var unit: UnitCode?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        guard let name else {
            return Answer(json: ["views": ["customers"]], lines: [caller.say("view.list")])
        }
        guard name == "customers" else { throw Refusal(.unknownView, ["view": name]) }
        let branches = try store.customersView(of: unit, by: caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "first_tiers": .array(branches.map(\.json)), "view": .string(name),
            ],
            lines: branches.flatMap { $0.lines(caller) })
    }
}

extension CustomerCounts {
    fileprivate var json: JSONValue {
        [
            "customers": JSONValue(total),
            "pools": .object(
                Dictionary(
                    uniqueKeysWithValues: Pool.allCases.map {
                        ($0.rawValue, JSONValue(pools[$0] ?? 0))
                    })),
            "tiers": .object(
                Dictionary(
                    uniqueKeysWithValues: Tier.allCases.map {
                        ($0.rawValue, JSONValue(tiers[$0] ?? 0))
                    } + [("none", JSONValue(untiered))])),
        ]
    }

    fileprivate var facts: [String: String] {
        var facts: [String: String] = [:]
        for pool in Pool.allCases { facts[pool.rawValue] = String(pools[pool] ?? 0) }
        for tier in Tier.allCases { facts[tier.rawValue] = String(tiers[tier] ?? 0) }
        return facts
    }
}

extension OutletCustomers {
    fileprivate var json: JSONValue {
        var json = counts.json.object ?? [:]
        json["accounts"] = JSONValue(accounts)
        json["balance_fen"] = JSONValue(balance)
        json["business_date"] = JSONValue(businessDate)
        json["financial_assets_half_fen"] = JSONValue(financialAssets)
        json["last_contact"] = JSONValue(contactedAt.map(instant))
        json["name"] = .string(outlet.name)
        json["outlet"] = JSONValue(outlet.code)
        return .object(json)
    }
}

extension FirstTierCustomers {
    fileprivate var json: JSONValue {
        var sum = self.sum.json.object ?? [:]
        sum["accounts"] = JSONValue(accounts)
        sum["balance_fen"] = JSONValue(balance)
        sum["business_date"] = JSONValue(completeThrough)
        return [
            "closed_through": JSONValue(closed?.through), "first_tier": JSONValue(unit.code),
            "late": .array((closed?.late ?? []).map { JSONValue($0) }),
            "name": .string(unit.name), "outlets": .array(outlets.map(\.json)),
            "persons": persons.json,
            "sum": .object(sum),
        ]
    }

    fileprivate func lines(_ caller: Caller) -> [String] {
        func line(
            _ unit: String, _ name: String, _ counts: CustomerCounts, _ accounts: Int,
            _ balance: Fen, _ date: String
        ) -> String {
            caller.say(
                "view.line",
                counts.facts.merging([
                    "unit": unit, "name": name, "accounts": String(accounts),
                    "balance": balance.grouped, "date": date,
                ]) { first, _ in first })
        }
        let rows = outlets.map {
            line(
                $0.outlet.code.rawValue, $0.outlet.name, $0.counts, $0.accounts, $0.balance,
                $0.businessDate?.description ?? "–")
        }
        let total = line(
            unit.code.rawValue, "\(unit.name) \(caller.say("view.sum-line"))", sum, accounts,
            balance, completeThrough?.description ?? "–")
        var persons = "  " + caller.say("view.persons-line", persons.facts)
        if let closed {
            persons += caller.say(
                closed.late.isEmpty ? "view.closed-through" : "view.closed-but-late",
                [
                    "date": closed.through.description,
                    "outlets": closed.late.map(\.rawValue).joined(separator: ", "),
                ])
        }
        return rows + [total, persons]
    }
}
