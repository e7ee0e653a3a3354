import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Texts

/// Who owns a customer, in each first-tier branch.
struct ShowOwner: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Show who looks after a customer, across first-tier branches.",
        discussion: """
            A customer number is answered with {"owners":[…]}, any other key with every customer who \
            has it, {"found":[…]}. Accounts and VIP cards are known of owned customers. A name alone \
            is refused.

            EXAMPLE: headoffice owner 330000000017 --data DIR
            EXAMPLE: headoffice owner - --by id --json --data DIR < number.txt
            """)

    @OptionGroup var options: DataOptions
    @OptionGroup var key: KeyOptions

    var readsInput: Bool { key.readsInput }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let search =
            if let name = key.name, let lastFour = key.lastFour {
                try store.owners(by: name, lastFour: lastFour, actor: caller.actor)
            } else {
                try store.owners(by: key.text(caller), as: key.by, actor: caller.actor)
            }
        let asOf = instant(store.now())
        let sentence = caller.say("owner.as-of-line", ["instant": asOf])
        return Answer(
            json: document(search, asOf),
            lines: search.found.isEmpty
                ? [
                    search.number.map { caller.sentence($0, .none, asOf: sentence) }
                        ?? caller.say("key.nobody-line", ["asOf": sentence])
                ]
                : search.found.flatMap { lines(of: $0, asOf: sentence, caller) })
    }

    private func lines(
        of found: OwnersSearch.Found, asOf: String, _ caller: Caller
    ) -> [String] {
        let line =
            caller.say("owner.first-tier", ["unit": found.owner.firstTier.rawValue])
            + (found.name.map { "\($0.printable) · " } ?? "")
            + caller.sentence(found.owner.customer, found.owner.ownership, asOf: asOf)
        return [line] + (found.owner.standing.map { ["  " + $0.line(caller)] } ?? [])
    }

    private func document(_ search: OwnersSearch, _ asOf: String) -> JSONValue {
        guard let number = search.number else {
            return ["as_of": .string(asOf), "found": .array(search.found.map(shape))]
        }
        return [
            "as_of": .string(asOf), "customer": JSONValue(number),
            "owners": .array(search.found.map(shape)),
        ]
    }

    private func shape(_ found: OwnersSearch.Found) -> JSONValue {
        [
            "customer": JSONValue(found.owner.customer),
            "first_tier": JSONValue(found.owner.firstTier), "name": JSONValue(found.name),
            "owner": found.owner.ownership.owner?.json ?? .null,
            "standing": found.owner.standing?.json ?? .null,
            "state": .string(found.owner.ownership.state.rawValue),
        ]
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
            json["history"] = entry.history.json
            return JSONValue.object(json)
        }
        let lines = zip(shapes, entries).flatMap { shape, entry in
            let first =
                caller.say("owner.first-tier", ["unit": shape.firstTier.rawValue])
                + caller.sentence(number, shape.ownership, asOf: sentence)
            return [first] + self.lines(of: shape, entry.history, caller)
        }
        return Answer(
            json: document(documents, asOf),
            lines: shapes.isEmpty ? [caller.sentence(number, .none, asOf: sentence)] : lines)
    }

    private func lines(
        of shape: OwnershipShape, _ history: OwnershipHistory, _ caller: Caller
    ) -> [String] {
        let periods = history.periods.map { "  " + $0.sentence(in: caller.language).printable }
        let trace = shape.trace(caller.language).map { "  " + $0 }
        return periods.isEmpty ? trace : trace + [caller.say("period.title")] + periods
    }

    /// One first-tier branch gives its document alone; several, a list of them.
    private func document(_ documents: [JSONValue], _ asOf: String) -> JSONValue {
        switch documents.count {
        case 0:
            [
                "as_of": .string(asOf), "claims": [], "customer": JSONValue(number),
                "decision": .null, "disputes": [], "first_tier": JSONValue(firstTier),
                "history": [], "owner": .null,
                "state": "unowned",
            ]
        case 1: documents[0]
        default: ["customer": JSONValue(number), "ownerships": .array(documents)]
        }
    }
}
