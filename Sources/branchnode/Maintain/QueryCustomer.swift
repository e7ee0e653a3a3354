import ArgumentParser
import Bank
import Commands
import Store
import Texts

/// One customer of the first-tier branch by any strong key: who, which pool, whose.
struct QueryCustomer: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract:
            "Show a customer's masked identity, pool, tier, owner and former owners, by any key.",
        discussion: """
            For the outlet's own customers and the first-tier branch's owned ones; of any other this \
            node knows nothing: ask head office when the line is back. No balances.

            EXAMPLE: branchnode query 330000000017 --data DIR
            EXAMPLE: branchnode query - --by mobile --json --data DIR < number.txt
            """)

    @OptionGroup var options: DataOptions
    @OptionGroup var key: KeyOptions

    var readsInput: Bool { key.readsInput }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let (search, customers) =
            if let name = key.name, let lastFour = key.lastFour {
                try store.query(by: name, lastFour: lastFour, actor: caller.actor)
            } else {
                try store.query(by: key.text(caller), as: key.by, actor: caller.actor)
            }
        let asOf = search.asOf.map(instant)
        let sentence =
            asOf.map { caller.say("owner.as-of-line", ["instant": $0]) }
            ?? caller.say("owner.as-of-never")
        return Answer(
            json: [
                "as_of": JSONValue(asOf), "found": .array(customers.map { $0.json(asOf) }),
            ],
            lines: customers.isEmpty
                ? [
                    caller.say("key.nobody-line", ["asOf": sentence]),
                    caller.say("key.nobody-known"),
                ]
                : customers.flatMap { $0.lines(caller, sentence) })
    }
}

extension CustomerQuery {
    fileprivate func json(_ asOf: String?) -> JSONValue {
        let owner = found.owner
        return [
            "as_of": JSONValue(asOf),
            "business_date": JSONValue(facts?.businessDate),
            "cards": .array(
                (facts?.cards ?? []).map {
                    ["level": .string($0.level.rawValue), "status": .string($0.status)]
                }),
            "customer": JSONValue(owner.customer), "first_tier": JSONValue(owner.firstTier),
            "history": history?.json ?? .null, "id_number": JSONValue(facts?.idNumber),
            "is_served": .bool(found.isServed), "mobile": JSONValue(facts?.mobile),
            "name": JSONValue(found.name), "owner": owner.ownership.owner?.json ?? .null,
            "pool": JSONValue(facts?.standing?.pool.rawValue),
            "pool_since": JSONValue(facts?.standing?.poolSince),
            "state": .string(owner.ownership.state.rawValue),
            "tier": JSONValue(facts?.standing?.tier?.rawValue),
        ]
    }

    fileprivate func lines(_ caller: Caller, _ asOf: String) -> [String] {
        let owner = caller.sentence(found.owner.customer, found.owner.ownership, asOf: asOf)
        let first = (found.name.map { "\($0.printable) · " } ?? "") + owner
        guard let facts else { return [first, "  " + caller.say("query.elsewhere")] }
        let standing = caller.say(
            "query.line",
            [
                "id": facts.idNumber ?? "–", "mobile": facts.mobile ?? "–",
                "pool": facts.standing.map { caller.say("pool.\($0.pool.rawValue)") } ?? "–",
                "tier": facts.standing?.tier.map { caller.say("tier.\($0.rawValue)") } ?? "–",
                "date": facts.businessDate?.description ?? "–",
            ])
        let periods = (history?.periods ?? []).map {
            "  " + $0.sentence(in: caller.language).printable
        }
        return [first, "  " + standing] + periods
    }
}
