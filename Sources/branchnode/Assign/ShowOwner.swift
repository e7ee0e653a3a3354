import ArgumentParser
import Bank
import Commands
import Store
import Texts

/// Who owns any customer of the first-tier branch, with a line or without.
struct ShowOwner: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Show who looks after any customer of the first-tier branch, also offline.",
        discussion: """
            A customer number has one answer, whoever knows it. Any other key is answered with every \
            customer who has it, {"found":[…]} with --json; nobody is an answer too. A name alone is \
            refused.

            EXAMPLE: branchnode owner 330000000017 --data DIR
            EXAMPLE: branchnode owner - --by id --json --data DIR < number.txt
            EXAMPLE: branchnode owner --name 王小明 --last4 002X --data DIR
            """)

    @OptionGroup var options: DataOptions
    @OptionGroup var key: KeyOptions

    var readsInput: Bool { key.readsInput }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let search =
            if let name = key.name, let lastFour = key.lastFour {
                try store.owners(by: name, lastFour: lastFour, actor: caller.actor)
            } else {
                try store.owners(by: key.text(caller), as: key.by, actor: caller.actor)
            }
        let asOf = search.asOf.map(instant)
        let sentence =
            asOf.map { caller.say("owner.as-of-line", ["instant": $0]) }
            ?? caller.say("owner.as-of-never")
        let shapes = search.found.map { shape($0, asOf) }
        return Answer(
            json: search.isByNumber
                ? shapes[0] : ["as_of": JSONValue(asOf), "found": .array(shapes)],
            lines: search.found.isEmpty
                ? [caller.say("key.nobody-line", ["asOf": sentence])]
                : search.found.map { found in
                    (found.name.map { "\($0.printable) · " } ?? "")
                        + caller.sentence(
                            found.owner.customer, found.owner.ownership, asOf: sentence)
                })
    }

    private func shape(_ found: OwnerSearch.Found, _ asOf: String?) -> JSONValue {
        [
            "as_of": JSONValue(asOf), "customer": JSONValue(found.owner.customer),
            "first_tier": JSONValue(found.owner.firstTier), "name": JSONValue(found.name),
            "owner": found.owner.ownership.owner?.json ?? .null,
            "pending_here": JSONValue(found.owner.pendingHere),
            "state": .string(found.owner.ownership.state.rawValue),
        ]
    }
}

/// Every claim on a customer, the decision, and why.
struct ShowOwnership: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "ownership",
        abstract: "Show every claim on a customer, the decision and why.",
        discussion: "EXAMPLE: branchnode ownership 330000000017 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let answer = try store.ownership(of: number, by: caller.actor)
        let shape = OwnershipShape(
            customer: number, firstTier: answer.owner.firstTier, ownership: answer.owner.ownership,
            claims: answer.claims, record: answer.record, decision: answer.decision,
            provisional: answer.provisional)
        let asOf = answer.owner.asOf.map(instant)
        var json = shape.json(caller.language).object ?? [:]
        json["as_of"] = JSONValue(asOf)
        json["disputes"] = .array(answer.disputes.map(\.json))
        json["history"] = answer.history?.json ?? .null
        let trace = shape.trace(caller.language)
        let periods = answer.history?.periods.map { $0.sentence(in: caller.language) } ?? []
        return Answer(
            json: .object(json),
            lines: [
                caller.sentence(
                    number, answer.owner.ownership,
                    asOf: asOf.map { caller.say("owner.as-of-line", ["instant": $0]) }
                        ?? caller.say("owner.as-of-never"))
            ] + (trace.isEmpty ? [caller.say("ownership.no-claims")] : trace.map { "  " + $0 })
                + (periods.isEmpty ? [] : [caller.say("period.title")])
                + periods.map { "  " + $0.printable })
    }
}
