import ArgumentParser
import Bank
import Commands
import Store
import Texts

/// One customer of this outlet.
struct ShowCustomer: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Show a customer's pool, tier, origin, measures, accounts and owner.",
        discussion: "EXAMPLE: branchnode customer 330000000017 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let view = try store.customer(number, by: caller.actor)
        let former = try store.formerOwner(of: view.customer.number)
        var json = view.position.json.object ?? [:]
        json["accounts"] = .array(view.accounts.map(\.json))
        json["former_owner"] = former?.json ?? .null
        json["history"] = view.history.json(voided: view.voided)
        json["why"] = .array(
            view.reasons.map { reason in
                [
                    "code": .string(reason.code.rawValue), "text": .string(caller.say(reason)),
                ]
            })
        json["marketing_hold"] = JSONValue(view.marketingHold?.rawValue)
        json["merged_numbers"] = .array(view.mergedNumbers.map { JSONValue($0) })
        return Answer(
            json: .object(json),
            lines: view.position.lines(caller)
                + view.mergedNumbers.map {
                    caller.say("customer.merged", ["customer": $0.rawValue])
                } + (former.map { [$0.sentence(in: caller.language).printable] } ?? [])
                + view.reasons.map { "  " + caller.say($0) }
                + view.accounts.map { $0.line(caller) }
                + (view.accounts.contains(where: \.isForeign)
                    ? ["  " + caller.say("customer.foreign")] : [])
                + view.history.lines(caller, voided: view.voided)
                + (view.marketingHold.map { [caller.line(of: $0)] } ?? []))
    }
}

/// Every customer of this outlet, for an operator's checks.
struct ListCustomers: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract: "List every customer of this outlet with pool, tier and measures.",
        discussion: "EXAMPLE: branchnode customers --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let customers = try store.standings(by: caller.actor)
        let totals = try store.totals()
        let date = try store.lastClosed()
        let asOf = try store.lineState().contactedAt.map(instant)
        let provisional =
            customers.first(where: \.isProvisional).map {
                [
                    caller.say(
                        "decided.some-provisional", ["date": $0.businessDate.description])
                ]
            } ?? []
        return Answer(
            json: [
                "accounts": JSONValue(totals.accounts), "as_of": JSONValue(asOf),
                "balance_fen": JSONValue(totals.balance), "business_date": JSONValue(date),
                "customers": .array(customers.map(\.json)),
            ],
            lines: [
                caller.say(
                    "customers.line",
                    [
                        "count": String(customers.count), "accounts": String(totals.accounts),
                        "balance": totals.balance.grouped, "date": date?.description ?? "–",
                    ])
            ] + customers.map { $0.line(caller) } + provisional)
    }
}

extension CustomerStanding {
    fileprivate var json: JSONValue {
        [
            "accumulated_half_fen": JSONValue(accumulated),
            "below_since": JSONValue(standing.belowSince),
            "business_date": JSONValue(businessDate), "customer": JSONValue(number),
            "days": JSONValue(days), "decided_by": .string(decidedBy.rawValue),
            "financial_assets_half_fen": JSONValue(standing.assets.financial),
            "local_half_fen": JSONValue(here),
            "origin": JSONValue(standing.origin?.rawValue),
            "owner": ownership.owner?.json ?? .null, "provisional": .bool(isProvisional),
            "pool": .string(standing.pool.rawValue), "pool_since": JSONValue(standing.poolSince),
            "tier": JSONValue(standing.tier?.rawValue),
            "tier_since": JSONValue(standing.tierSince),
        ]
    }

    /// With the sentence that says whose result it is.
    fileprivate func lines(_ caller: Caller) -> [String] {
        guard isProvisional else { return [line(caller)] }
        return [
            line(caller),
            "  " + caller.say("decided.provisional", ["date": businessDate.description]),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        let by = isProvisional ? "decided.mark" : "decided.by-\(decidedBy.rawValue)"
        return caller.say(
            "customer.line",
            [
                "customer": number.rawValue, "pool": caller.say("pool.\(standing.pool.rawValue)"),
                "since": standing.poolSince.description,
                "tier": caller.say("tier.\(standing.tier?.rawValue ?? "none")"),
                "assets": standing.assets.financial.rounded.grouped, "average": average.grouped,
                "days": String(days), "date": businessDate.description, "by": caller.say(by),
            ])
    }
}

extension AccountView {
    fileprivate var json: JSONValue {
        [
            "account": .string(Mask.card(number)), "balance_fen": JSONValue(balance),
            "category": .string(category.rawValue), "closed_on": JSONValue(closedOn),
            "currency": .string(currency), "matures_on": JSONValue(maturesOn),
            "opened_on": JSONValue(openedOn), "status": .string(status),
            "subcategory": .string(subcategory),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "customer.account",
            [
                "category": caller.say("category.\(category.rawValue)"),
                "subcategory": subcategory, "number": Mask.card(number),
                "balance": balance.grouped + (isForeign ? " " + currency : ""),
            ])
    }
}
