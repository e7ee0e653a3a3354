import ArgumentParser
import Bank
import Commands
import Store

/// One manager's book.
struct ShowBook: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show whom a manager looks after.",
        discussion: "EXAMPLE: branchnode book show 330101-RM1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The manager's staff number.") var manager: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let owner = try store.bookOwner(manager, by: caller.actor)
        let customers = try store.customers(of: manager, by: caller.actor).map(\.position)
        let warning = owner.isInOffice || owner.customers == 0 ? [] : ["book.out-of-office"]
        var json = owner.json.object ?? [:]
        json["business_date"] = JSONValue(try store.lastClosed())
        json["customers"] = .array(
            customers.map { position in
                [
                    "customer": JSONValue(position.number),
                    "local_half_fen": JSONValue(position.here),
                    "since": JSONValue(position.ownership.owner?.since),
                    "state": .string(position.ownership.state.rawValue),
                    "tier": JSONValue(position.standing.tier?.rawValue),
                ]
            })
        return Answer(
            json: .object(json),
            lines: [
                caller.say(
                    "book.shown",
                    [
                        "name": owner.name, "staff": owner.staff.rawValue,
                        "count": String(owner.customers), "settled": String(owner.settled),
                    ])
            ] + warning.map { caller.say($0) }
                + customers.map { position in
                    caller.say(
                        "book.customer",
                        [
                            "customer": position.number.rawValue,
                            "tier": caller.say(
                                "tier.\(position.standing.tier?.rawValue ?? "none")"),
                            "since": position.ownership.owner?.since.description ?? "–",
                        ])
                })
    }
}

/// All moves.
struct ListMoves: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the moves of books, the latest first.",
        discussion: "EXAMPLE: branchnode book list --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let moves = try store.bookMoves()
        return Answer(
            json: ["moves": .array(moves.map(\.json))],
            lines: moves.isEmpty ? [caller.say("book.no-moves")] : moves.map { $0.line(caller) })
    }
}

/// One move with what became of each customer.
struct ShowMove: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Show a move, customer by customer.",
        discussion: "EXAMPLE: branchnode book receipt 7 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The move's number.") var number: Int64

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        var answer = try store.bookReceipt(number, by: caller.actor).answer(caller)
        answer.exit = .done
        return answer
    }
}

/// Whether a manager may leave, or move to another outlet.
struct MayLeave: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "may-leave",
        abstract: "Say whether a manager may be disabled or move to another outlet.",
        discussion: """
            EXAMPLE: branchnode book may-leave 330101-RM1 --data DIR

            The book has to be empty; exit code 1 says that it is not. The staff record itself \
            changes at head office.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The manager's staff number.") var manager: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let owner = try store.requireEmptyBook(of: manager, by: caller.actor)
        return Answer(
            json: owner.json,
            lines: [
                caller.say(
                    "book.may-leave", ["name": owner.name, "staff": owner.staff.rawValue])
            ])
    }
}
