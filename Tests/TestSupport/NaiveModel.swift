package import Bank

/// The rules as `domain.md` 2.2 and 2.3 say them, day by day and without any short cut: what the
/// product's event-driven close is held against. It shares nothing with the product's rules.
package struct NaiveModel: Sendable {
    package struct Day: Equatable, Sendable {
        package var pool: Pool
        package var poolSince: BusinessDay
        package var origin: Origin?
        package var tier: Tier?
        package var tierSince: BusinessDay?
        package var belowSince: BusinessDay?
        package var accumulated: Int64
        package var steps: [String]

        package init(
            pool: Pool, poolSince: BusinessDay, origin: Origin?, tier: Tier?,
            tierSince: BusinessDay?, belowSince: BusinessDay?, accumulated: Int64,
            steps: [String]
        ) {
            self.pool = pool
            self.poolSince = poolSince
            self.origin = origin
            self.tier = tier
            self.tierSince = tierSince
            self.belowSince = belowSince
            self.accumulated = accumulated
            self.steps = steps
        }
    }

    private var now: Day?
    private var first: BusinessDay?
    private var renewedOn: BusinessDay?
    /// Of each day since the first, in order: whether some account was at the potential line, and
    /// half-fen of financial assets. Before the first there was nothing.
    private var atMinimum: [Bool] = []
    private var assets: [Int64] = []

    package init() {}

    package mutating func close(
        _ day: BusinessDay, _ holdings: [Holding], _ parameters: RuleParameters, byHand: Bool,
        renewed: Bool = false
    ) -> Day {
        var financial: Int64 = 0
        var largest: Int64 = 0
        for holding in holdings {
            let balance = max(0, holding.balance.rawValue)
            let weight = parameters.weights[holding.category]
            financial += weight * balance
            if holding.category == .other && weight == 0 { continue }
            largest = max(largest, balance)
        }
        if first == nil { first = day }
        if renewed { renewedOn = day }
        assets.append(financial)
        let potentialLine = parameters.potentialMinimum.rawValue
        let targetLine = parameters.targetMinimum.rawValue
        atMinimum.append(largest >= potentialLine)

        let month = day.components.month
        let isMonthEnd = (day + 1).components.month != month
        func averageReaches(_ fen: Int64) -> Bool { reaches(fen, on: day, parameters) }

        var state =
            now
            ?? Day(
                pool: .retained, poolSince: day, origin: nil, tier: nil, tierSince: nil,
                belowSince: nil, accumulated: 0, steps: [])
        state.accumulated = assets.suffix(day.dayOfYear).reduce(0, +)
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
            } else if state.belowSince == nil || renewed && state.origin != .rule {
                state.belowSince = day
            }
            let isExempt = parameters.manualExempt && state.origin != .rule
            let months = parameters.targetExitMonths
            var leaves = false
            if let since = state.belowSince {
                leaves = day >= Self.adding(months, to: since)
            }
            if parameters.targetExitMode == .monthPoints {
                let renewal = state.origin == .rule ? nil : renewedOn
                let start = renewal.map { max($0, state.poolSince) } ?? state.poolSince
                let ends = monthEnds(from: start, through: day, most: months)
                leaves =
                    !isAbove && ends.count == months
                    && ends.allSatisfy { !reaches(targetLine, on: $0, parameters) }
            }
            if leaves && !isExempt {
                let stays = largest >= potentialLine || averageReaches(potentialLine)
                enter(stays ? .potential : .retained)
                (state.origin, state.belowSince, state.tier, state.tierSince) = (nil, nil, nil, nil)
            }
        }
        // R2.
        if state.pool == .potential && !averageReaches(potentialLine) {
            switch parameters.potentialExitWindow {
            case .calendarMonth:
                let touched = atMinimum.suffix(day.components.day).contains(true)
                if isMonthEnd && !touched { enter(.retained) }
            case .rollingMonth:
                if let last = atMinimum.lastIndex(of: true) {
                    let firstBelow = day + (last - atMinimum.count + 2)
                    if day >= Self.adding(1, to: firstBelow) { enter(.retained) }
                } else {
                    enter(.retained)
                }
            }
        }
        // R5.
        if isMonthEnd && state.pool == .target {
            let reached = tier(on: day, parameters)
            let grace = parameters.downgradeGraceMonths
            let held = state.tier
            let before =
                state.tierSince.map {
                    monthEnds(from: $0, through: day - 1, most: grace)
                } ?? []
            let isLower = Self.rank(reached) < Self.rank(held)
            let isSpared =
                before.count < grace
                || before.contains { Self.rank(tier(on: $0, parameters)) >= Self.rank(held) }
            if reached != held && !(isLower && isSpared) {
                state.tier = reached
                state.tierSince = reached == nil ? nil : day + 1
            }
        }
        now = state
        return state
    }

    private func sum(_ days: ClosedRange<BusinessDay>) -> Int64 {
        guard let first, days.upperBound >= first else { return 0 }
        return assets[(max(days.lowerBound, first) - first)...(days.upperBound - first)]
            .reduce(0, +)
    }

    private func reaches(_ fen: Int64, on day: BusinessDay, _ parameters: RuleParameters) -> Bool {
        let year = day.components.year
        guard let first, let newYear = BusinessDay(year: year, month: 1, day: 1),
            let yearBefore = BusinessDay(year: year - 1, month: 1, day: 1)
        else { return false }
        switch parameters.averaging {
        case .rolling365:
            return sum(day - 364...day) >= 2 * fen * 365
        case .sinceOpen:
            return sum(first...day) >= 2 * fen * Int64(day - first + 1)
        case .yearToDate:
            if sum(newYear...day) >= 2 * fen * Int64(day - newYear + 1) { return true }
            guard case .carry(let through) = parameters.januaryPolicy,
                day.components.month <= through
            else { return false }
            return sum(yearBefore...newYear - 1) >= 2 * fen * Int64(newYear - yearBefore)
        }
    }

    private func tier(on day: BusinessDay, _ parameters: RuleParameters) -> Tier? {
        var reached: Tier?
        for tier in [Tier.gold, .platinum, .diamond] {
            guard let floor = parameters.tierFloors[tier] else { continue }
            if reaches(floor.rawValue, on: day, parameters) { reached = tier }
        }
        return reached
    }

    /// The latest ends of months of a time, back from its last day.
    private func monthEnds(
        from first: BusinessDay, through last: BusinessDay, most: Int
    ) -> [BusinessDay] {
        var ends: [BusinessDay] = []
        var day = last
        while day >= first, ends.count < most {
            if (day + 1).components.day == 1 { ends.append(day) }
            day = day - 1
        }
        return ends
    }

    private static func rank(_ tier: Tier?) -> Int {
        switch tier {
        case nil: 0
        case .gold: 1
        case .platinum: 2
        case .diamond: 3
        }
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

private func - (day: BusinessDay, days: Int) -> BusinessDay { day + -days }
