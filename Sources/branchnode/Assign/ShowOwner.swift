import ArgumentParser
import Bank
import Commands
import Store

/// Who owns any customer of the first-tier branch, with a line or without.
struct ShowOwner: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "owner",
        abstract: "Show who looks after any customer of the first-tier branch, also offline.",
        discussion: "EXAMPLE: branchnode owner 330000000017 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let answer = try store.owner(of: number, by: caller.actor)
        let asOf = answer.asOf.map(instant)
        return Answer(
            json: [
                "as_of": JSONValue(asOf), "customer": JSONValue(number),
                "first_tier": JSONValue(answer.firstTier),
                "owner": answer.ownership.owner?.json ?? .null,
                "pending_here": JSONValue(answer.pendingHere),
                "state": .string(answer.ownership.state.rawValue),
            ],
            lines: [
                caller.sentence(
                    number, answer.ownership,
                    asOf: asOf.map { caller.say("owner.as-of-line", ["instant": $0]) }
                        ?? caller.say("owner.as-of-never"))
            ])
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
        let trace = shape.trace(caller.language)
        return Answer(
            json: .object(json),
            lines: [
                caller.sentence(
                    number, answer.owner.ownership,
                    asOf: asOf.map { caller.say("owner.as-of-line", ["instant": $0]) }
                        ?? caller.say("owner.as-of-never"))
            ] + (trace.isEmpty ? [caller.say("ownership.no-claims")] : trace.map { "  " + $0 }))
    }
}
