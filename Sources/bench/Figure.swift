import Bank
import CBaseline

/// What one run of one side took, in seconds.
struct Timing {
    let cpu: Double
    let wall: Double

    static func of(_ body: () throws -> Void) rethrows -> Timing {
        let (cpu, wall) = (cbaseline_cpu(), cbaseline_wall())
        try body()
        return Timing(cpu: cbaseline_cpu() - cpu, wall: cbaseline_wall() - wall)
    }
}

/// What a figure should be.
enum Reach {
    case atLeast(Double)
    case atMost(Double)
    case report

    func isReached(by value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        case .report: true
        }
    }
}

/// One line of the report.
struct Figure {
    let goal: Goal
    let what: String
    let value: Double
    var unit = "×"
    var reach = Reach.report
    /// The smallest and the largest of the pairs; nil for what is exact.
    var spread: (Double, Double)?
    /// Medians of both sides, where there are two.
    var ours: Timing?
    var theirs: Timing?

    /// How much of the bare library's rate is reached, by CPU time, or how much of our time it
    /// takes where `isCost`.
    static func rate(
        _ goal: Goal, _ what: String, _ pairs: [(ours: Timing, theirs: Timing)], _ reach: Reach,
        by clock: KeyPath<Timing, Double> = \.cpu, isCost: Bool = false
    ) -> Figure {
        let ratios = pairs.map { pair in
            let (ours, theirs) = (pair.ours[keyPath: clock], pair.theirs[keyPath: clock])
            return isCost ? ours / theirs : theirs / ours
        }
        return Figure(
            goal: goal, what: what, value: ratios.median, reach: reach,
            spread: (ratios.min() ?? 0, ratios.max() ?? 0), ours: pairs.map(\.ours).median,
            theirs: pairs.map(\.theirs).median)
    }
}

extension [Double] {
    var median: Double {
        let sorted = sorted()
        guard let middle = sorted.dropFirst(count / 2).first else { return 0 }
        return count % 2 == 1 ? middle : (middle + sorted[count / 2 - 1]) / 2
    }
}

extension [Timing] {
    fileprivate var median: Timing {
        Timing(cpu: map(\.cpu).median, wall: map(\.wall).median)
    }
}

/// Runs both sides in turn, the one that goes first changing from pair to pair.
func interleaved(
    _ pairs: Int, ours: (Int) throws -> Timing, theirs: (Int) throws -> Timing
) rethrows -> [(ours: Timing, theirs: Timing)] {
    try (0..<pairs).map { pair in
        if pair % 2 == 0 {
            let first = try ours(pair)
            return (first, try theirs(pair))
        }
        let first = try theirs(pair)
        return (try ours(pair), first)
    }
}

enum Report {
    static func table(_ figures: [Figure]) -> String {
        let head = [
            "row", "what", "figure", "reach", "", "spread", "ours CPU (wall)", "bare CPU (wall)",
        ]
        let lines = figures.map { figure in
            [
                figure.goal.rawValue, figure.what, "\(shown(figure.value)) \(figure.unit)",
                shown(figure.reach),
                figure.reach.isReached(by: figure.value) ? "" : "missed",
                figure.spread.map { "\(shown($0.0))–\(shown($0.1))" } ?? "exact",
                figure.ours.map(shown) ?? "", figure.theirs.map(shown) ?? "",
            ]
        }
        let all = [head, head.map { _ in "---" }] + lines
        return all.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }

    static func json(_ figures: [Figure], _ pairs: Int, _ rows: Int) -> String {
        let list = figures.map { figure -> JSONValue in
            [
                "isReached": .bool(figure.reach.isReached(by: figure.value)),
                "reach": .string(shown(figure.reach)), "row": .string(figure.goal.rawValue),
                "spread": figure.spread.map {
                    [.string(shown($0.0)), .string(shown($0.1))]
                } ?? .null,
                "unit": .string(figure.unit), "value": .string(shown(figure.value)),
                "what": .string(figure.what),
            ]
        }
        let report: JSONValue = [
            "figures": .array(list), "pairs": .int(Int64(pairs)), "rows": .int(Int64(rows)),
        ]
        return report.description
    }

    private static func shown(_ reach: Reach) -> String {
        switch reach {
        case .atLeast(let bound): "≥ \(shown(bound))"
        case .atMost(let bound): "≤ \(shown(bound))"
        case .report: ""
        }
    }

    private static func shown(_ timing: Timing) -> String {
        "\(shown(timing.cpu * 1000)) (\(shown(timing.wall * 1000))) ms"
    }

    /// Two digits after the point, none where there are many before it.
    static func shown(_ value: Double) -> String {
        guard value.magnitude < 1000 else { return String(Int64(value.rounded())) }
        let hundredths = Int64((value.magnitude * 100).rounded())
        let digits = String(hundredths % 100)
        return (value < 0 ? "-" : "") + String(hundredths / 100) + "."
            + (digits.count == 1 ? "0" : "") + digits
    }
}
