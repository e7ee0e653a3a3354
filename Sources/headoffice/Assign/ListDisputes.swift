import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// The requests and objections of a first-tier branch.
struct ListDisputes: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "disputes",
        abstract: "List requests, objections and rulings; opinions stand in the pages.",
        discussion: "EXAMPLE: headoffice disputes --first-tier 33 --open --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "One first-tier branch alone.") var firstTier: UnitCode?
    @Flag(help: "Only those that are open.") var open = false

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let codes = firstTier.map { [$0] } ?? store.firstTierCodes
        let disputes = try codes.flatMap { try store.disputes(of: $0, by: caller.actor) }
            .map(\.dispute).filter { !open || $0.isOpen }
        return Answer(
            json: [
                "as_of": .string(instant(store.now())),
                "disputes": .array(
                    disputes.map { dispute in
                        var json = dispute.json.object ?? [:]
                        json["customer"] = JSONValue(dispute.first.customer)
                        json["first_tier"] = JSONValue(dispute.first.firstTier)
                        return .object(json)
                    }),
            ],
            lines: disputes.isEmpty
                ? [caller.say("disputes.none")]
                : disputes.map { dispute in
                    caller.say(
                        "disputes.line",
                        [
                            "customer": dispute.first.customer.rawValue,
                            "applicant": dispute.first.outlet?.rawValue ?? "–",
                            "asked": dispute.first.counterParty?.rawValue ?? "–",
                            "step": caller.say("step.\(dispute.first.kind.rawValue)"),
                            "state": dispute.ending.map { caller.say("ending.\($0.rawValue)") }
                                ?? caller.say("dispute.\(dispute.state.rawValue)"),
                            "days": String(dispute.waitingDays),
                        ])
                })
    }
}
