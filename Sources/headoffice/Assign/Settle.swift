import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Sync

/// Settles the claims that are due.
struct Settle: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Settle the claims that are due; --now settles all that were received.",
        discussion: """
            EXAMPLE: headoffice settle --first-tier 33 --data DIR
            EXAMPLE: headoffice settle --now --as 33-T1 --reason 'quarter end' --data DIR
            EXAMPLE: headoffice settle --dry-run --order demand-account,holdings --json --data DIR

            --dry-run writes nothing: it says whom settling now would give to whom and, with \
            --order, which settled customers would have another owner.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "One first-tier branch alone.") var firstTier: UnitCode?
    @Flag(help: "Also those whose outlets have not all closed; needs --as and --reason.")
    var now = false
    @Option(name: .customLong("as"), help: "The first-tier supervisor's staff number.")
    var supervisor: StaffID?
    @Option(help: "Why it cannot wait.") var reason: String?
    @Flag(help: "Say what would change, and write nothing.") var dryRun = false
    @Option(help: "With --dry-run: rules in another order, the first that differs decides.")
    var order: String?
    @Option(help: "With --dry-run: business days to wait for a silent outlet.") var wait: Int?

    func validate() throws {
        guard dryRun || (order == nil && wait == nil) else {
            throw ValidationError(saying: "usage.only-with-dry-run")
        }
        guard !dryRun || !now else { throw ValidationError(saying: "usage.dry-run-or-now") }
        guard (0...30).contains(wait ?? 0) else { throw ValidationError(saying: "usage.wait") }
        guard !now || (supervisor != nil && reason != nil) else {
            throw ValidationError(saying: "usage.now-needs")
        }
        if let rules, Settlement.order(rules) == nil {
            throw ValidationError(
                saying: "refusal.unknown-order",
                [
                    "rules": Settlement.order.map(\.rawValue).joined(separator: ", ")
                ])
        }
    }

    /// The names of the rules as they were given.
    private var rules: [String]? { order?.split(separator: ",").map(String.init) }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        var scope = firstTier
        if let supervisor {
            scope = try store.settlementScope(of: supervisor, asking: firstTier)
        }
        if dryRun { return try tried(store, scope, caller) }
        let records = try store.settle(
            scope, now: now, by: supervisor?.rawValue ?? caller.actor, reason: reason)
        let kinds = try store.decidingKinds(of: records)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "records": .array(records.map(\.shape)),
                "settled": JSONValue(records.count),
            ],
            lines: [caller.say("settle.done", ["count": String(records.count)])]
                + records.map { $0.line(caller, by: kinds[$0]) })
    }

    private func tried(
        _ store: BankStore, _ scope: UnitCode?, _ caller: Caller
    ) throws -> Answer {
        let run = try store.dryRun(
            scope, order: rules, wait: wait,
            by: supervisor?.rawValue ?? caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "changes": .array(run.changes.map(\.json)), "due": .array(run.due.map(\.json)),
            ],
            lines: [
                caller.say(
                    "dry-run.head",
                    ["due": String(run.due.count), "changes": String(run.changes.count)])
            ]
                + (run.due + run.changes).map { change in
                    caller.say(
                        "dry-run.line",
                        [
                            "customer": change.customer.rawValue,
                            "now": caller.name(of: change.now),
                            "then": caller.name(of: change.then),
                            "rule": caller.say("rule.\(change.rule.code(by: change.kind))"),
                        ])
                })
    }
}

extension OwnerChange {
    fileprivate var json: JSONValue {
        [
            "customer": JSONValue(customer), "now": now?.json ?? .null,
            "rule": .string(rule.rawValue), "then": then?.json ?? .null,
        ]
    }
}

extension SettlementRecord {
    fileprivate func line(_ caller: Caller, by kind: Claim.Kind?) -> String {
        caller.say(
            "settle.line",
            [
                "number": String(number), "customer": customer.rawValue,
                "owner": caller.name(of: owner),
                "rule": caller.say("rule.\(rule.code(by: kind))"),
            ])
    }
}
