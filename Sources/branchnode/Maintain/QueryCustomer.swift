import ArgumentParser
import Bank
import Commands
import Courier
import Store
import Sync
import Texts

/// One customer of the first-tier branch by any strong key: who, which pool, whose.
struct QueryCustomer: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract:
            "Show a customer's masked identity, pool, tier, owner and former owners, by any key.",
        discussion: """
            Of the outlet's own customers the node answers by itself. For all others of the \
            first-tier branch it asks head office, for three seconds at most; without a line, and \
            at once where the last exchange found none, it answers what it knows, the owners of \
            owned customers: ask again when the line is back. By any key but an own customer's \
            number it asks too, since others may have it. No balances.

            EXAMPLE: branchnode query 330000000017 --data DIR
            EXAMPLE: branchnode query - --by mobile --json --data DIR < number.txt
            EXAMPLE: branchnode query 330000000017 --offline --data DIR
            """)

    @OptionGroup var options: DataOptions
    @OptionGroup var key: KeyOptions

    @Flag(help: "Answer from this node alone, without asking head office.") var offline = false

    var readsInput: Bool { key.readsInput }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        var search =
            if let name = key.name, let lastFour = key.lastFour {
                try store.query(by: name, lastFour: lastFour, actor: caller.actor)
            } else {
                try store.query(by: key.text(caller), as: key.by, actor: caller.actor)
            }
        var unanswered = offline ? nil : search.unasked
        if !offline, let question = search.question {
            do {
                search = try store.complete(
                    search, by: Enquiry(store).ask(question), actor: caller.actor)
            } catch let error as CourierError {
                // That there is no line is an ordinary state.
                unanswered = Unanswered(code: error.code)
            }
        }
        return search.answer(caller, unanswered: unanswered)
    }
}

extension CustomerSearch {
    /// - Parameter unanswered: why head office gave no answer; nil where it did, or was not asked.
    fileprivate func answer(_ caller: Caller, unanswered: Unanswered?) -> Answer {
        let asOf = (reply?.asOf ?? search.asOf).map(instant)
        let sentence = caller.asOf(asOf)
        var lines = customers.flatMap { $0.lines(caller, isAnswered: reply != nil) }
        if customers.isEmpty {
            lines = [
                caller.say("key.nobody-line", ["asOf": sentence]),
                caller.say(reply == nil ? "key.nobody-known" : "query.nobody-anywhere"),
            ]
        }
        if search.hasMore { lines.append(caller.say("query.more")) }
        if let unanswered { lines.append(caller.say(unanswered.cause.key)) }
        return Answer(
            json: [
                "answered_by": .string(Self.answerer(reply != nil)), "as_of": JSONValue(asOf),
                "found": .array(customers.map(\.json)), "more": .bool(search.hasMore),
                "unanswered": JSONValue(unanswered?.code),
            ], lines: lines)
    }

    fileprivate static func answerer(_ isHeadOffice: Bool) -> String {
        isHeadOffice ? "head-office" : "node"
    }
}

extension Caller {
    fileprivate func asOf(_ instant: String?) -> String {
        instant.map { say("owner.as-of-line", ["instant": $0]) } ?? say("owner.as-of-never")
    }
}

extension CustomerQuery {
    fileprivate var json: JSONValue {
        let owner = found.owner
        return [
            "active_card": facts?.activeCard.map(JSONValue.bool) ?? .null,
            "answered_by": .string(CustomerSearch.answerer(facts?.isOfFirstTier == true)),
            "as_of": JSONValue(owner.asOf.map(instant)),
            "business_date": JSONValue(facts?.businessDate),
            "cards": cards,
            "customer": JSONValue(owner.customer), "first_tier": JSONValue(owner.firstTier),
            "history": history?.json ?? .null, "id_number": JSONValue(facts?.idNumber),
            "is_served": .bool(found.isServed), "mobile": JSONValue(facts?.mobile),
            "name": JSONValue(found.name), "owner": owner.ownership.owner?.json ?? .null,
            "pool": JSONValue(facts?.pool?.rawValue),
            "pool_since": JSONValue(facts?.poolSince),
            "state": .string(owner.ownership.state.rawValue),
            "tier": JSONValue(facts?.tier?.rawValue),
        ]
    }

    /// Empty where the node knows none, null where head office answers, which has none.
    private var cards: JSONValue {
        guard let facts else { return [] }
        return facts.cards.map { cards in
            .array(
                cards.map { ["level": .string($0.level.rawValue), "status": .string($0.status)] })
        } ?? .null
    }

    /// - Parameter isAnswered: whether head office was asked and answered.
    fileprivate func lines(_ caller: Caller, isAnswered: Bool) -> [String] {
        let owner = caller.sentence(
            found.owner.customer, found.owner.ownership,
            asOf: caller.asOf(found.owner.asOf.map(instant)))
        let first = (found.name.map { "\($0.printable) · " } ?? "") + owner
        guard let facts else {
            return [first, "  " + caller.say(isAnswered ? "query.no-more" : "query.elsewhere")]
        }
        let standing = caller.say(
            facts.isOfFirstTier ? "query.line-first-tier" : "query.line",
            [
                "id": facts.idNumber ?? "–", "mobile": facts.mobile ?? "–",
                "pool": facts.pool.map { caller.say("pool.\($0.rawValue)") } ?? "–",
                "tier": facts.tier.map { caller.say("tier.\($0.rawValue)") } ?? "–",
                "card": facts.activeCard.map { caller.say("query.card-\($0)") } ?? "–",
                "date": facts.businessDate?.description ?? "–",
            ])
        let periods = (history?.periods ?? []).map {
            "  " + $0.sentence(in: caller.language).printable
        }
        return [first, "  " + standing] + periods
    }
}
