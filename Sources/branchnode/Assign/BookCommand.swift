import ArgumentParser
import Bank
import Commands
import Store

/// Managers' books, and their moves.
struct BookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "book",
        abstract: "Show a manager's book, hand it over, split it, recall it.",
        discussion: "EXAMPLE: branchnode book hand-over --help",
        subcommands: [
            ShowBook.self, HandOverBook.self, RecallBook.self, SubmitMove.self, CancelMove.self,
            ListMoves.self, ShowMove.self, MayLeave.self,
        ])
}

/// Moves a book to one manager, or splits it among several.
struct HandOverBook: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: "Hand a manager's book, or some of it, to one manager or several.",
        discussion: """
            EXAMPLE: branchnode book hand-over 330101-RM1 --to 330101-RM2 --to 330101-RM3 \
            --split tier --on 2025-04-07 --reason 'retires' --as 330101-OS1 --data DIR

            Without --on it is carried out at once; with a later business date, after the close of \
            the day before. The whole book is the one of that day.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "Whose book.") var manager: StaffID
    @Option(help: "Who gets the customers; several share them.") var to: [StaffID]
    @Option(parsing: .upToNextOption, help: "These customers alone; otherwise the whole book.")
    var customers: [CustomerNumber] = []
    @Option(help: "How several share: evenly, or by tier, so that each gets as many of every tier.")
    var split = Split.evenly
    @Option(help: "The effective business date.") var on: BusinessDay?
    @Option(help: "Why.") var reason: String
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Flag(help: "Write it down as a draft; see book submit.") var draft = false

    enum Split: String, ExpressibleByArgument, CaseIterable {
        case evenly, tier
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let kind: BookMove.Kind =
            to.count < 2 ? .handOver : split == .tier ? .splitByTier : .splitEvenly
        let receipt = try store.moveBook(
            BookOrder(
                manager: manager, kind: kind, receivers: to,
                customers: customers.isEmpty ? nil : customers,
                effectiveOn: try on ?? store.workingDate(), reason: reason),
            by: supervisor, asDraft: draft)
        return try receipt.answer(store, caller)
    }
}

/// Moves a book to nobody.
struct RecallBook: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Recall a manager's book, or some of it, to await assignment.",
        discussion: """
            EXAMPLE: branchnode book recall 330101-RM1 --reason 'long leave' --as 330101-OS1 \
            --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "Whose book.") var manager: StaffID
    @Option(parsing: .upToNextOption, help: "These customers alone; otherwise the whole book.")
    var customers: [CustomerNumber] = []
    @Option(help: "The effective business date.") var on: BusinessDay?
    @Option(help: "Why.") var reason: String
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID
    @Flag(help: "Write it down as a draft; see book submit.") var draft = false

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let receipt = try store.moveBook(
            BookOrder(
                manager: manager, kind: .recall, receivers: [],
                customers: customers.isEmpty ? nil : customers,
                effectiveOn: try on ?? store.workingDate(), reason: reason),
            by: supervisor, asDraft: draft)
        return receipt.answer(caller)
    }
}

/// Submits a draft, or goes on with what was interrupted.
struct SubmitMove: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Submit a draft, or go on with an interrupted move.",
        discussion: "EXAMPLE: branchnode book submit 7 --as 330101-OS1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The move's number.") var number: Int64
    @Option(help: "Another effective date than the draft's.") var on: BusinessDay?
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.submitMove(number, by: supervisor, effectiveOn: on).answer(store, caller)
    }
}

/// Throws a draft away, or calls off what waits.
struct CancelMove: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Throw a draft away, or call off a move that waits.",
        discussion: "EXAMPLE: branchnode book cancel 7 --as 330101-OS1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The move's number.") var number: Int64
    @Option(name: .customLong("as"), help: "The supervisor's staff number.") var supervisor: StaffID

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        var answer = try store.cancelMove(number, by: supervisor).answer(caller)
        answer.exit = .done
        return answer
    }
}
