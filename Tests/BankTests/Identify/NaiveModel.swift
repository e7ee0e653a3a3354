import Bank
import TestSupport

/// The rules as `domain.md` 2.2 and 2.3 say them, day by day and without any short cut: what the
/// product's event-driven close is held against. It shares nothing with the product's rules.
struct NaiveModel {
    struct Day: Equatable {
        var pool: Pool
        var poolSince: BusinessDay
        var origin: Origin?
        var tier: Tier?
        var tierSince: BusinessDay?
        var belowSince: BusinessDay?
        var accumulated: Int64
        var steps: [String]
    }

    private var now: Day?
    /// Of each day since the first, in order: whether some account was at the potential line, and
    /// half-fen of financial assets. Before the first there was nothing.
    private var atMinimum: [Bool] = []
    private var assets: [Int64] = []

    mutating func close(
        _ day: BusinessDay, _ holdings: [Holding], _ parameters: RuleParameters, byHand: Bool
    ) -> Day {
        var financial: Int64 = 0
        var largest: Int64 = 0
        for holding in holdings {
            let balance = max(0, holding.balance.rawValue)
            switch holding.category {
            case .deposit, .fund, .bond, .wealth: financial += 2 * balance
            case .loan: financial += balance
            case .other: continue
            }
            largest = max(largest, balance)
        }
        assets.append(financial)
        let potentialLine = parameters.potentialMinimum.rawValue
        let targetLine = parameters.targetMinimum.rawValue
        atMinimum.append(largest >= potentialLine)

        let (_, month, dayOfMonth) = day.components
        let days = Int64(day.dayOfYear)
        let sum = assets.suffix(day.dayOfYear).reduce(0, +)
        func averageReaches(_ fen: Int64) -> Bool { sum >= 2 * fen * days }

        var state =
            now
            ?? Day(
                pool: .retained, poolSince: day, origin: nil, tier: nil, tierSince: nil,
                belowSince: nil, accumulated: 0, steps: [])
        state.accumulated = sum
        state.steps = []
        func enter(_ pool: Pool) {
            state.steps.append("\(state.pool)>\(pool)")
            state.pool = pool
            state.poolSince = day
        }

        // R1.
        let entersPotential =
            parameters.potentialInclusive ? largest >= potentialLine : largest > potentialLine
        if state.pool == .retained && entersPotential { enter(.potential) }
        // R3, and R6.
        let isAbove = financial >= 2 * targetLine || averageReaches(targetLine)
        if state.pool == .potential && isAbove {
            enter(.target)
            state.origin = byHand ? .both : .rule
        } else if state.pool != .target && byHand {
            enter(.target)
            state.origin = .manual
        }
        // R4.
        if state.pool == .target {
            if isAbove {
                state.belowSince = nil
            } else if state.belowSince == nil {
                state.belowSince = day
            }
            if let since = state.belowSince,
                day >= Self.adding(parameters.targetExitMonths, to: since)
            {
                let stays = largest >= potentialLine || averageReaches(potentialLine)
                enter(stays ? .potential : .retained)
                (state.origin, state.belowSince, state.tier, state.tierSince) = (nil, nil, nil, nil)
            }
        }
        // R2 and R5.
        if (day + 1).components.month != month {
            let touched = atMinimum.suffix(dayOfMonth).contains(true)
            if state.pool == .potential && !touched && !averageReaches(potentialLine) {
                enter(.retained)
            }
            if state.pool == .target {
                var reached: Tier?
                for tier in [Tier.gold, .platinum, .diamond] {
                    guard let floor = parameters.tierFloors[tier] else { continue }
                    if averageReaches(floor.rawValue) { reached = tier }
                }
                if reached != state.tier {
                    state.tier = reached
                    state.tierSince = reached == nil ? nil : day + 1
                }
            }
        }
        now = state
        return state
    }

    private static func adding(_ months: Int, to day: BusinessDay) -> BusinessDay {
        let (year, month, dayOfMonth) = day.components
        let index = year * 12 + (month - 1) + months
        var clamped = dayOfMonth
        while true {
            if let day = BusinessDay(year: index / 12, month: index % 12 + 1, day: clamped) {
                return day
            }
            clamped -= 1
        }
    }
}
