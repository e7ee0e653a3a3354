import ArgumentParser
import CBaseline

/// The rows of the goals, one after the other.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Holds the product against the bare libraries, row by row of the goals.",
        discussion: """
            Both sides store the same bytes and run in turn in one process; the figure is the \
            median of the pairs' ratios of CPU time, user and system. The data comes from a fixed \
            seed.

            EXAMPLE: bench --only P1,P2 --rows 20000 --pairs 3
            """)

    @Option(help: "The rows to measure, with commas between.")
    var only = Goal.allCases.map(\.rawValue).joined(separator: ",")

    @Option(help: "How often each side runs; at least seven for a figure to keep.")
    var pairs = 7

    @Option(
        help: """
            Records of the large batch; P10 and P11 go to ten times as many. P5 and P6: customers, \
            with ten times as many accounts; P7: a tenth of the directory.
            """)
    var rows = 100_000

    @Option(help: "Where the databases are while it runs; a new directory below it is used.")
    var directory = "/tmp"

    @Flag(help: "Prints the figures as JSON.")
    var json = false

    @Option(help: .hidden)
    var memoryProbe: String?

    @Option(help: .hidden)
    var receiver: String?

    func validate() throws {
        guard pairs > 0, rows >= 1000 else {
            throw ValidationError("At least one pair and a thousand records.")
        }
        guard only.split(separator: ",").allSatisfy({ Goal(rawValue: String($0)) != nil }) else {
            throw ValidationError(
                "Rows are \(Goal.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    func run() throws {
        if let memoryProbe { return try MemoryProbe.run(memoryProbe) }
        if let receiver { return try Acknowledgements.receive(in: receiver) }
        let wanted = Set(only.split(separator: ",").compactMap { Goal(rawValue: String($0)) })
        let workspace = try Workspace(below: directory)
        defer { workspace.remove() }
        var figures: [Figure] = []
        for goal in Goal.allCases where wanted.contains(goal) {
            // P1 brings P2's and P9's figures along: they are about the same batch.
            guard !figures.contains(where: { $0.goal == goal }) else { continue }
            if !json { print("\(goal.rawValue) …") }
            figures += try measure(goal, in: workspace)
        }
        figures = figures.filter { wanted.contains($0.goal) }
        print(json ? Report.json(figures, pairs, rows) : Report.table(figures))
    }

    private func measure(_ goal: Goal, in workspace: Workspace) throws -> [Figure] {
        switch goal {
        case .p1, .p2: try Delivery.measure(rows: rows, pairs: pairs, workspace)
        case .p3: try Capture.measure(rows: rows, pairs: pairs, workspace)
        case .p4: try Decisions.measure(count: rows, pairs: pairs, workspace)
        case .p5: try Closing.measure(rows: rows, pairs: pairs, workspace)
        case .p6: try Loading.measure(rows: rows, pairs: pairs, workspace)
        case .p7: try LookUps.measure(rows: rows, pairs: pairs, workspace)
        case .p9: try WireSize.measure(rows: rows, workspace)
        case .p10: try Growth.measure(rows: rows, pairs: pairs, workspace)
        case .p11: try MemoryProbe.measure(rows: rows, workspace)
        case .p12: try Turnover.measure(pairs: pairs, workspace)
        case .p13: try Acknowledgements.measure(pairs: pairs, workspace)
        case .p14: try Replication.measure(rows: rows, pairs: pairs, workspace)
        }
    }
}

enum Goal: String, CaseIterable {
    case p1 = "P1"
    case p2 = "P2"
    case p3 = "P3"
    case p4 = "P4"
    case p5 = "P5"
    case p6 = "P6"
    case p7 = "P7"
    case p9 = "P9"
    case p10 = "P10"
    case p11 = "P11"
    case p12 = "P12"
    case p13 = "P13"
    case p14 = "P14"
}
