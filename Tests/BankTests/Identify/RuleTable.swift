import Bank
import TestSupport
import Testing

/// One row of the rules' table: what was, what is held at the day's close, what must come of it.
struct RuleRow: CustomTestStringConvertible, Sendable {
    let name: String
    let day: BusinessDay
    var before: Standing?
    var holdings: [Holding]
    var parameters: RuleParameters
    var entries: DailyClose.Entries
    /// What was held before, from each day on.
    var history: [AssetHistory.Step]
    let expected: Expected

    var testDescription: String { name }

    struct Expected: Equatable, Sendable {
        var pool: Pool
        var poolSince: BusinessDay
        var origin: Origin?
        var tier: Tier?
        var tierSince: BusinessDay?
        var belowSince: BusinessDay?
        /// `retained>potential`, in their order.
        var steps: [String]
    }

    /// `before` is given as the standing at the close of the day before.
    init(
        _ name: String, on day: String, _ holdings: [Holding], after before: Standing? = nil,
        addedByHand: Bool = false, renewedOn: String? = nil,
        held: KeyValuePairs<String, String> = [:],
        with change: (inout RuleParameters) -> Void = { _ in },
        _ expected: Change
    ) {
        self.name = name
        self.day = TestSupport.day(day)
        self.holdings = holdings
        self.before = before
        entries = DailyClose.Entries(
            addedByHand: addedByHand, renewedOn: renewedOn.map { TestSupport.day($0) })
        history = held.map {
            AssetHistory.Step(from: TestSupport.day($0.key), assets: half($0.value))
        }
        parameters = RuleParameters()
        change(&parameters)
        let unmoved = Expected(
            pool: before?.pool ?? .retained, poolSince: before?.poolSince ?? self.day,
            origin: before?.origin, tier: before?.tier, tierSince: before?.tierSince,
            belowSince: before?.belowSince, steps: [])
        self.expected = expected.apply(unmoved)
    }

    var outcome: Expected {
        let (standing, steps) = DailyClose(day: day, parameters: parameters).standing(
            after: before, assets: Assets(of: holdings, weights: parameters.weights),
            entries: entries
        ) {
            AssetHistory(history)
        }
        return Expected(
            pool: standing.pool, poolSince: standing.poolSince, origin: standing.origin,
            tier: standing.tier, tierSince: standing.tierSince, belowSince: standing.belowSince,
            steps: steps.map { "\($0.from)>\($0.to)" })
    }
}

/// How the expected standing differs from the one before.
struct Change: Sendable {
    let apply: @Sendable (RuleRow.Expected) -> RuleRow.Expected

    static let unmoved = Change { $0 }

    static func moved(_ pools: Pool..., on text: String, origin: Origin? = nil) -> Change {
        Change { before in
            var after = before
            for pool in pools {
                after.steps.append("\(after.pool)>\(pool)")
                after.pool = pool
            }
            after.poolSince = day(text)
            after.origin = origin
            if after.pool != .target {
                (after.tier, after.tierSince, after.belowSince) = (nil, nil, nil)
            }
            return after
        }
    }

    static func graded(_ tier: Tier?, since: String?) -> Change {
        Change { before in
            var after = before
            (after.tier, after.tierSince) = (tier, since.map { day($0) })
            return after
        }
    }

    static func below(since: String?) -> Change {
        Change { before in
            var after = before
            after.belowSince = since.map { day($0) }
            return after
        }
    }

    func then(_ next: Change) -> Change { Change { next.apply(apply($0)) } }
}

extension Holding {
    static func deposit(_ text: String) -> Holding {
        Holding(category: .deposit, balance: yuan(text))
    }
    static func loan(_ text: String) -> Holding { Holding(category: .loan, balance: yuan(text)) }
    static func other(_ text: String) -> Holding { Holding(category: .other, balance: yuan(text)) }
}

extension Standing {
    /// A standing at the close before `text`, so that the year-to-date average of `text` comes to
    /// exactly `average` once `today` is held; `less` takes so many half-fen from the year's sum.
    static func made(
        _ pool: Pool, before text: String, since: String = "2024-05-01", average: HalfFen,
        less: Int64 = 0, holding today: [Holding], origin: Origin? = nil, tier: Tier? = nil,
        tierSince: String? = nil, belowSince: String? = nil, lastAtMinimum: String? = nil,
        was: [Holding] = []
    ) -> Standing {
        let day = day(text)
        let sum = average.rawValue * Int64(day.dayOfYear) - less
        return Standing(
            date: day.previous, pool: pool, poolSince: TestSupport.day(since),
            origin: pool == .target ? origin ?? .rule : nil, tier: tier,
            tierSince: tierSince.map { TestSupport.day($0) },
            belowSince: belowSince.map { TestSupport.day($0) }, assets: Assets(of: was),
            accumulated: HalfFen(sum - Assets(of: today).financial.rawValue),
            lastAtMinimum: lastAtMinimum.map { TestSupport.day($0) })
    }
}

/// An average as half-fen: `half("499999.995")`.
func half(_ text: String) -> HalfFen {
    text.hasSuffix("5") && text.split(separator: ".").last?.count == 3
        ? HalfFen(yuan(String(text.dropLast())).halves.rawValue + 1) : yuan(text).halves
}
