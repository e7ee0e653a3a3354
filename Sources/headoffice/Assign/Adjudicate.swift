import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Sync

/// Rules whose a customer is.
struct Adjudicate: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rule whose a customer is: settled at once, open disputes are closed with it.",
        discussion: """
            EXAMPLE: headoffice adjudicate 330000000017 --to 330102 --manager 330102-RM1 \
            --as 33-T1 --opinion 'the older relationship' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(help: "The outlet that gets the customer.") var to: UnitCode
    @Option(help: "Its manager; without one the customer awaits assignment there.")
    var manager: StaffID?
    @Option(help: "The first-tier branch; the supervisor's own in any case.")
    var firstTier: UnitCode?
    @Option(name: .customLong("as"), help: "The first-tier supervisor's staff number.")
    var supervisor: StaffID
    @Option(help: "The opinion.") var opinion: String

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let ruling = try store.adjudicate(
            number, to: to, manager: manager, firstTier: firstTier, by: supervisor,
            opinion: opinion)
        let record = ruling.record
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "claim": JSONValue(ruling.claim),
                "closed": .array(ruling.closed.map { JSONValue($0) }),
                "customer": JSONValue(number), "first_tier": JSONValue(record.firstTier),
                "owner": record.owner?.json ?? .null, "record": record.shape,
            ],
            lines: [
                caller.say(
                    "adjudicate.done",
                    [
                        "customer": number.rawValue, "owner": caller.name(of: record.owner),
                        "number": String(record.number), "closed": String(ruling.closed.count),
                    ])
            ])
    }
}

extension Caller {
    /// An owner in one line's worth of words.
    func name(of owner: Ownership.Owner?) -> String {
        owner.map { "\($0.manager?.rawValue ?? say("owner.awaiting")) @ \($0.outlet)" }
            ?? say("settle.nobody")
    }
}
