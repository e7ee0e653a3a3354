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
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "One first-tier branch alone.") var firstTier: UnitCode?
    @Flag(help: "Also those whose outlets have not all closed; needs --as and --reason.")
    var now = false
    @Option(name: .customLong("as"), help: "The first-tier supervisor's staff number.")
    var supervisor: StaffID?
    @Option(help: "Why it cannot wait.") var reason: String?

    func validate() throws {
        guard !now || (supervisor != nil && reason != nil) else {
            throw ValidationError("--now needs --as STAFF and --reason TEXT")
        }
    }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        var scope = firstTier
        if let supervisor {
            scope = try store.settlementScope(of: supervisor, asking: firstTier)
        }
        let records = try store.settle(
            scope, now: now, by: supervisor?.rawValue ?? caller.actor, reason: reason)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "records": .array(records.map(\.json)),
                "settled": JSONValue(records.count),
            ],
            lines: [caller.say("settle.done", ["count": String(records.count)])]
                + records.map { $0.line(caller) })
    }
}

extension SettlementRecord {
    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "settle.line",
            [
                "number": String(number), "customer": customer.rawValue,
                "owner": owner.map {
                    "\($0.manager?.rawValue ?? caller.say("owner.awaiting")) @ \($0.outlet)"
                } ?? caller.say("settle.nobody"),
                "rule": caller.say("rule.\(rule.rawValue)"),
            ])
    }
}
