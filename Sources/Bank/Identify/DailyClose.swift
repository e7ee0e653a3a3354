/// The rules of one close: R1 to R6 in the order of `domain.md` 2.3.
package struct DailyClose: Sendable {
    package let day: BusinessDay
    package let parameters: RuleParameters
    /// The parameters of the close before, under which unchanged days passed.
    private let earlier: RuleParameters

    package init(
        day: BusinessDay, parameters: RuleParameters, earlier: RuleParameters? = nil
    ) {
        self.day = day
        self.parameters = parameters
        self.earlier = earlier ?? parameters
    }

    /// What people entered about the customer, for a close to act on.
    package struct Entries: Hashable, Sendable {
        /// A manual addition is pending (R6).
        package var addedByHand = false
        /// The last business date, this one or an earlier, on which the supervisor renewed a target
        /// by hand. Of one by rule it says nothing.
        package var renewedOn: BusinessDay?

        package init(addedByHand: Bool = false, renewedOn: BusinessDay? = nil) {
            self.addedByHand = addedByHand
            self.renewedOn = renewedOn
        }
    }

    /// Where the customer stands after this close, and the steps that led there.
    ///
    /// `previous` is the last standing of an earlier close, nil for a customer new to the outlet;
    /// `history` is what the customer held before `day`, asked for where the parameters
    /// `needHistory` alone.
    package func standing(
        after previous: Standing?, assets: Assets, entries: Entries = Entries(),
        history: () throws -> AssetHistory
    ) rethrows -> (standing: Standing, transitions: [Transition]) {
        let state = brought(forward: previous, to: assets)
        var known: AssetHistory?
        if parameters.needHistory {
            known = try history()
            known?.append(assets.financial, from: day)
        }
        var close = CustomerClose(
            day: day, parameters: parameters, entries: entries, history: known, state: state)
        close.run()
        return (close.state, close.transitions)
    }

    /// The same under parameters that need no history.
    package func standing(
        after previous: Standing?, assets: Assets, entries: Entries = Entries()
    ) -> (standing: Standing, transitions: [Transition]) {
        precondition(
            !parameters.needHistory, "These parameters need what the customer held before.")
        return standing(after: previous, assets: assets, entries: entries) { AssetHistory() }
    }

    private func brought(forward previous: Standing?, to assets: Assets) -> Standing {
        let isAtMinimum = assets.largestAccount >= parameters.potentialMinimum
        guard let previous else {
            return Standing(
                date: day, pool: .retained, poolSince: day, assets: assets,
                accumulated: assets.financial, lastAtMinimum: isAtMinimum ? day : nil)
        }
        var state = previous
        let yesterday = day.previous
        if previous.assets.largestAccount >= earlier.potentialMinimum {
            state.lastAtMinimum = max(yesterday, previous.date)
        }
        if isAtMinimum { state.lastAtMinimum = day }
        let before =
            day == day.firstOfYear ? HalfFen.zero : previous.accumulated(through: yesterday)
        state.accumulated = before + assets.financial
        state.assets = assets
        state.date = day
        return state
    }
}

/// One customer's way through one close.
private struct CustomerClose {
    let day: BusinessDay
    let parameters: RuleParameters
    let entries: DailyClose.Entries
    /// Through `day`; nil where the year's sum in `state` says enough.
    let history: AssetHistory?
    var state: Standing
    var transitions: [Transition] = []

    mutating func run() {
        let average = average(on: day)
        let isBelowTarget = isBelowTarget(average)
        if state.pool == .retained, parameters.reachesPotential(state.assets.largestAccount) {
            move(to: .potential)
        }
        let qualifies = state.pool == .potential && !isBelowTarget
        if state.pool != .target, qualifies || entries.addedByHand {
            move(to: .target)
            state.origin = qualifies ? (entries.addedByHand ? .both : .rule) : .manual
        }
        if state.pool == .target {
            if !isBelowTarget {
                state.belowSince = nil
            } else if state.belowSince == nil || renewedOn == day {
                state.belowSince = day
            }
            if leavesTarget() {
                move(to: staysPotential(average) ? .potential : .retained)
                state.origin = nil
                state.belowSince = nil
                state.tier = nil
                state.tierSince = nil
            }
        }
        if state.pool == .potential, leavesPotential(average) { move(to: .retained) }
        if day.isEndOfMonth, state.pool == .target { grade(by: average) }
        state.reviewOn = review()
    }

    /// R6. Of targets by hand alone.
    private var renewedOn: BusinessDay? {
        state.origin == .rule ? nil : entries.renewedOn
    }

    private mutating func move(to pool: Pool) {
        transitions.append(Transition(from: state.pool, to: pool))
        state.pool = pool
        state.poolSince = day
    }

    /// The average on `day` or, with a history, on any day; on a later one with unchanged assets.
    private func average(on day: BusinessDay) -> Average {
        history?.average(on: day, by: parameters)
            ?? Average(sum: state.accumulated(through: day), days: day.dayOfYear)
    }

    private func isBelowTarget(_ average: Average) -> Bool {
        state.assets.financial < parameters.targetMinimum.halves
            && !average.reaches(parameters.targetMinimum)
    }

    private func staysPotential(_ average: Average) -> Bool {
        state.assets.largestAccount >= parameters.potentialMinimum
            || average.reaches(parameters.potentialMinimum)
    }

    /// R4. The run of days below the line goes on beside an exemption or the other mode, so that
    /// it is there should either end.
    private func leavesTarget() -> Bool {
        guard let since = state.belowSince else { return false }
        if parameters.manualExempt, state.origin != .rule { return false }
        switch parameters.targetExitMode {
        case .dailyRun: return day >= since.adding(months: parameters.targetExitMonths)
        case .monthPoints: return areMonthEndsBelowTarget()
        }
    }

    /// Whether the averages of the last completed months' ends, this day's too where it is one,
    /// are all below the line. Those before the customer became a target, or was renewed, do not
    /// count, as they do not in a run of days.
    private func areMonthEndsBelowTarget() -> Bool {
        let first = max(state.poolSince, renewedOn ?? state.poolSince)
        var end = day.isEndOfMonth ? day : day.firstOfMonth.previous
        for _ in 0..<parameters.targetExitMonths {
            guard end >= first, !average(on: end).reaches(parameters.targetMinimum) else {
                return false
            }
            end = end.firstOfMonth.previous
        }
        return true
    }

    private func leavesPotential(_ average: Average) -> Bool {
        guard !average.reaches(parameters.potentialMinimum) else { return false }
        guard let last = state.lastAtMinimum else {
            return parameters.potentialExitWindow == .rollingMonth || day.isEndOfMonth
        }
        return switch parameters.potentialExitWindow {
        case .calendarMonth: day.isEndOfMonth && last < day.firstOfMonth
        case .rollingMonth: day >= last.next.adding(months: 1)
        }
    }

    private func tier(for average: Average) -> Tier? {
        parameters.tierFloors.filter { average.reaches($0.value) }.keys.max()
    }

    /// R5. A better tier comes at once; a worse one, too, unless a grace lets the tier outlive
    /// some months' ends below its floor.
    private mutating func grade(by average: Average) {
        let reached = tier(for: average)
        guard reached != state.tier else { return }
        if let held = state.tier, let since = state.tierSince, reached.map({ $0 < held }) ?? true {
            var end = day
            for _ in 0..<parameters.downgradeGraceMonths {
                end = end.firstOfMonth.previous
                guard end >= since, tier(for: self.average(on: end)).map({ $0 < held }) ?? true
                else { return }
            }
        }
        state.tier = reached
        state.tierSince = reached == nil ? nil : day.next
    }

    /// When a rule can act next although no balance changes; looking more often finds the same.
    private func review() -> BusinessDay? {
        let monthEnd = day.isEndOfMonth ? day.next.endOfMonth : day.endOfMonth
        var dates: [BusinessDay?]
        switch state.pool {
        case .retained:
            return nil
        case .potential:
            let isAtMinimum = state.assets.largestAccount >= parameters.potentialMinimum
            if isPlain {
                return isAtMinimum ? nil : monthEnd
            }
            dates = [monthEnd]
            if !isAtMinimum, parameters.potentialExitWindow == .rollingMonth {
                dates.append(state.lastAtMinimum?.next.adding(months: 1))
            }
        case .target:
            let exit = state.belowSince.map { $0.adding(months: parameters.targetExitMonths) }
            dates = [monthEnd, exit]
        }
        dates.append(isPlain ? averageFallsBelow() : averageCrosses(before: monthEnd))
        return dates.compactMap(\.self).filter { $0 > day }.min()
    }

    /// Whether the average of unchanged assets only ever moves towards them, and the lines it
    /// crosses matter to targets alone.
    private var isPlain: Bool {
        parameters.averaging == .yearToDate && parameters.januaryPolicy == .reset
            && parameters.potentialExitWindow == .calendarMonth
    }

    /// The first day on which the average of unchanged assets is below the target line, where the
    /// assets are below it and the average is not yet.
    private func averageFallsBelow() -> BusinessDay? {
        let line = parameters.targetMinimum.halves.rawValue
        let shortfall = line - state.assets.financial.rawValue
        let surplus = state.accumulated.rawValue - line * Int64(day.dayOfYear)
        guard shortfall > 0, surplus >= 0 else { return nil }
        let days = surplus / shortfall + 1
        let newYear = day.firstOfYear.adding(months: 12)
        return min(day + Int(min(days, 366)), newYear)
    }

    /// The first day before `end` on which the average of unchanged assets is on another side of a
    /// line than today. Days leave the average as others join it, so each is looked at.
    private func averageCrosses(before end: BusinessDay) -> BusinessDay? {
        let lines = [parameters.targetMinimum, parameters.potentialMinimum]
        let sides = lines.map(average(on: day).reaches)
        var next = day.next
        while next < end {
            if lines.map(average(on: next).reaches) != sides { return next }
            next = next.next
        }
        return nil
    }
}
