import ArgumentParser
import Bank
import Commands
import Store

/// The pool awaiting assignment, or the targets whom another outlet looks after.
struct ListPending: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending",
        abstract: "List the targets of this outlet who await assignment, or are owned elsewhere.",
        discussion: """
            EXAMPLE: branchnode pending --tier gold --as 330101-OS1 --json --data DIR
            EXAMPLE: branchnode pending --elsewhere --as 330101-OS1 --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Flag(help: "Those whom another outlet looks after, with outlet and manager alone.")
    var elsewhere = false
    @Option(help: "Only those of a tier: gold, platinum, diamond or none.")
    var tier: TierFilter = .all

    func validate() throws {
        if elsewhere, tier != .all { throw ValidationError(saying: "usage.elsewhere-tier") }
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let asOf = JSONValue(try store.lineState().contactedAt.map(instant))
        let date = JSONValue(try store.lastClosed())
        guard !elsewhere else {
            let customers = try store.ownedElsewhere(by: supervisor)
            return Answer(
                json: [
                    "as_of": asOf, "business_date": date,
                    "elsewhere": .array(customers.map(\.json)),
                ],
                lines: customers.isEmpty
                    ? [caller.say("elsewhere.none")] : customers.map { $0.line(caller) })
        }
        let pool = try store.pendingPool(by: supervisor)
        let customers = pool.customers.filter { tier.holds($0.tier) }
        return Answer(
            json: [
                "as_of": asOf, "business_date": date,
                "elsewhere_count": JSONValue(pool.elsewhere),
                "managers": .array(pool.books.map(\.json)),
                "pending": .array(customers.map(\.json)),
            ],
            lines: customers.isEmpty
                ? [caller.say("pending.none")] : customers.map { $0.line(caller) })
    }
}

extension PendingCustomer {
    fileprivate var json: JSONValue {
        [
            "customer": JSONValue(number), "days_waiting": JSONValue(daysWaiting),
            "financial_assets_half_fen": JSONValue(firstTierAssets),
            "former_owner": former.map {
                ["ended_on": JSONValue($0.endedOn), "manager": JSONValue($0.manager)]
            } ?? .null,
            "local_half_fen": JSONValue(financialAssets), "name": .string(Mask.name(name)),
            "suggested": suggestion.map {
                ["manager": JSONValue($0.manager), "reason": .string($0.reason.rawValue)]
            } ?? .null,
            "target_since": JSONValue(targetSince), "tier": JSONValue(tier?.rawValue),
            "waiting_since": JSONValue(waitingSince),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "pending.line",
            [
                "customer": number.rawValue, "tier": caller.say("tier.\(tier?.rawValue ?? "none")"),
                "assets": financialAssets.rounded.grouped, "days": String(daysWaiting),
                "manager": suggestion?.manager.rawValue ?? "–",
                "why": suggestion.map { caller.say("suggestion.\($0.reason.rawValue)") } ?? "–",
            ])
    }
}

extension OwnedElsewhere {
    fileprivate var json: JSONValue {
        [
            "customer": JSONValue(number), "name": .string(Mask.name(name)), "owner": owner.json,
            "state": .string(state.rawValue),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "elsewhere.line",
            [
                "customer": number.rawValue, "outlet": owner.outlet.rawValue,
                "manager": owner.manager?.rawValue ?? caller.say("owner.awaiting"),
                "state": caller.say("state.\(state.rawValue)"),
            ])
    }
}

extension Store.Book {
    fileprivate var json: JSONValue {
        [
            "assets_half_fen": JSONValue(size.assets), "cap": JSONValue(cap),
            "customers": JSONValue(customers), "manager": JSONValue(manager.id),
        ]
    }
}
