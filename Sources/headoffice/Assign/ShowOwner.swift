import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// Who owns a customer, in each first-tier branch.
struct ShowOwner: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Show who looks after a customer, across first-tier branches.",
        discussion: "EXAMPLE: headoffice owner 330000000017 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let owners = try store.owners(of: number, by: caller.actor)
        let asOf = instant(store.now())
        let sentence = caller.say("owner.as-of-line", ["instant": asOf])
        return Answer(
            json: [
                "as_of": .string(asOf), "customer": JSONValue(number),
                "owners": .array(
                    owners.map {
                        [
                            "first_tier": JSONValue($0.firstTier),
                            "owner": $0.ownership.owner?.json ?? .null,
                            "standing": $0.standing?.json ?? .null,
                            "state": .string($0.ownership.state.rawValue),
                        ]
                    }),
            ],
            lines: owners.isEmpty
                ? [caller.sentence(number, .none, asOf: sentence)]
                : owners.flatMap { entry in
                    [
                        caller.say("owner.first-tier", ["unit": entry.firstTier.rawValue])
                            + caller.sentence(number, entry.ownership, asOf: sentence)
                    ] + (entry.standing.map { [$0.line(caller)] } ?? [])
                })
    }
}

extension TierStanding {
    /// Amounts are for who looks after the customer.
    fileprivate var json: JSONValue {
        [
            "below_since": JSONValue(standing.belowSince), "business_date": JSONValue(through),
            "origin": JSONValue(standing.origin?.rawValue),
            "pool": .string(standing.pool.rawValue), "pool_since": JSONValue(standing.poolSince),
            "tier": JSONValue(standing.tier?.rawValue), "tier_since": JSONValue(standing.tierSince),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        "  "
            + caller.say(
                "owner.standing",
                [
                    "pool": caller.say("pool.\(standing.pool.rawValue)"),
                    "since": standing.poolSince.description,
                    "tier": caller.say("tier.\(standing.tier?.rawValue ?? "none")"),
                    "date": through.description,
                ])
    }
}

/// Every claim on a customer, the decision, and why.
struct ShowOwnership: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "ownership",
        abstract: "Show every claim on a customer, the decision and why.",
        discussion: "EXAMPLE: headoffice ownership 330000000017 --first-tier 33 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(help: "One first-tier branch; needed for one document where several know the customer.")
    var firstTier: UnitCode?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let entries = try store.ownership(of: number, firstTier: firstTier, by: caller.actor)
        let asOf = instant(store.now())
        let sentence = caller.say("owner.as-of-line", ["instant": asOf])
        let shapes = entries.map {
            OwnershipShape(
                customer: number, firstTier: $0.owner.firstTier, ownership: $0.owner.ownership,
                claims: $0.claims, record: $0.record, decision: $0.decision,
                provisional: $0.provisional)
        }
        let documents = zip(shapes, entries).map { shape, entry in
            var json = shape.json(caller.language).object ?? [:]
            json["as_of"] = .string(asOf)
            json["disputes"] = .array(entry.disputes.map(\.json))
            return JSONValue.object(json)
        }
        return Answer(
            json: document(documents, asOf),
            lines: shapes.isEmpty
                ? [caller.sentence(number, .none, asOf: sentence)]
                : shapes.flatMap { shape in
                    [
                        caller.say("owner.first-tier", ["unit": shape.firstTier.rawValue])
                            + caller.sentence(number, shape.ownership, asOf: sentence)
                    ] + shape.trace(caller.language).map { "  " + $0 }
                })
    }

    /// One first-tier branch gives its document alone; several, a list of them.
    private func document(_ documents: [JSONValue], _ asOf: String) -> JSONValue {
        switch documents.count {
        case 0:
            [
                "as_of": .string(asOf), "claims": [], "customer": JSONValue(number),
                "decision": .null, "disputes": [], "first_tier": JSONValue(firstTier),
                "owner": .null,
                "state": "unowned",
            ]
        case 1: documents[0]
        default: ["customer": JSONValue(number), "ownerships": .array(documents)]
        }
    }
}
