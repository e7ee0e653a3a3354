/// Where a customer stands from one close on, until a balance changes or a rule is due.
///
/// Between two rows nothing is written: with unchanged assets the sums follow by arithmetic
/// (`accumulated(through:)`), and `reviewOn` says when a rule can act without any new balance.
/// Closing every customer on every day gives the same rows; the tests hold both against each other.
package struct Standing: Hashable, Sendable {
    /// The business date at whose close this was decided.
    package var date: BusinessDay
    package var pool: Pool
    /// The business date at whose close the pool was entered.
    package var poolSince: BusinessDay
    package var origin: Origin?
    package var tier: Tier?
    /// The day after the month's end that first gave the tier.
    package var tierSince: BusinessDay?
    /// First day of the unbroken run, while target, with assets and average below the line (R4).
    package var belowSince: BusinessDay?
    package var assets: Assets
    /// `ACC2` of `domain.md` 2.2: half-fen summed over the year's days through `date`.
    package var accumulated: HalfFen
    /// Last business date on which an account was at the potential line, as of `date` (R2).
    package var lastAtMinimum: BusinessDay?
    /// The next date on which a rule may act although nothing changes; nil where none can.
    package var reviewOn: BusinessDay?

    package init(
        date: BusinessDay, pool: Pool, poolSince: BusinessDay, origin: Origin? = nil,
        tier: Tier? = nil, tierSince: BusinessDay? = nil, belowSince: BusinessDay? = nil,
        assets: Assets, accumulated: HalfFen, lastAtMinimum: BusinessDay? = nil,
        reviewOn: BusinessDay? = nil
    ) {
        self.date = date
        self.pool = pool
        self.poolSince = poolSince
        self.origin = origin
        self.tier = tier
        self.tierSince = tierSince
        self.belowSince = belowSince
        self.assets = assets
        self.accumulated = accumulated
        self.lastAtMinimum = lastAtMinimum
        self.reviewOn = reviewOn
    }

    /// Half-fen summed over the days of `day`'s year through `day`, the assets unchanged since `date`.
    package func accumulated(through day: BusinessDay) -> HalfFen {
        day.year == date.year
            ? accumulated + assets.financial * Int64(day - date)
            : assets.financial * Int64(day.dayOfYear)
    }

    /// Whether a later close found only what follows from this row by arithmetic, so that no new
    /// row is needed. Where the potential line moved over unchanged assets, the last date at the
    /// line no longer follows from them and has to be written down.
    package func stillSays(_ later: Standing) -> Bool {
        pool == later.pool && poolSince == later.poolSince && origin == later.origin
            && tier == later.tier && tierSince == later.tierSince
            && belowSince == later.belowSince && assets == later.assets
            && (later.lastAtMinimum == later.date || later.lastAtMinimum == lastAtMinimum)
    }
}

/// A customer's step from one pool to another within one close.
package struct Transition: Hashable, Sendable {
    package let from: Pool
    package let to: Pool
}

/// The rules of one close: R1 to R6 in the order of `domain.md` 2.3.
package struct DailyClose: Sendable {
    package let day: BusinessDay
    package let parameters: RuleParameters
    /// The parameters of the day before, under which unchanged days passed.
    private let earlier: RuleParameters

    package init(
        day: BusinessDay, parameters: RuleParameters, earlier: RuleParameters? = nil
    ) {
        self.day = day
        self.parameters = parameters
        self.earlier = earlier ?? parameters
    }

    /// Where the customer stands after this close, and the steps that led there.
    ///
    /// `previous` is the last standing of an earlier close, nil for a customer new to the outlet;
    /// `addedByHand` says that a manual addition (R6) is pending.
    package func standing(
        after previous: Standing?, assets: Assets, addedByHand: Bool = false
    ) -> (standing: Standing, transitions: [Transition]) {
        var state = brought(forward: previous, to: assets)
        var transitions: [Transition] = []
        func move(to pool: Pool) {
            transitions.append(Transition(from: state.pool, to: pool))
            state.pool = pool
            state.poolSince = day
        }

        if state.pool == .retained, parameters.reachesPotential(assets.largestAccount) {
            move(to: .potential)
        }
        let qualifies = state.pool == .potential && !isBelowTarget(state)
        if state.pool != .target, qualifies || addedByHand {
            move(to: .target)
            state.origin = qualifies ? (addedByHand ? .both : .rule) : .manual
        }
        if state.pool == .target {
            state.belowSince = isBelowTarget(state) ? state.belowSince ?? day : nil
            if let since = state.belowSince,
                day >= since.adding(months: parameters.targetExitMonths)
            {
                move(to: staysPotential(state) ? .potential : .retained)
                state.origin = nil
                state.belowSince = nil
                state.tier = nil
                state.tierSince = nil
            }
        }
        if day.isEndOfMonth {
            if state.pool == .potential, leavesPotential(state) { move(to: .retained) }
            if state.pool == .target { grade(&state) }
        }
        state.reviewOn = review(of: state)
        return (state, transitions)
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

    /// Whether the year-to-date average reaches `minimum`, without dividing (`domain.md` 0.3).
    private func averageReaches(_ minimum: Fen, _ state: Standing) -> Bool {
        state.accumulated >= minimum.halves * Int64(day.dayOfYear)
    }

    private func isBelowTarget(_ state: Standing) -> Bool {
        state.assets.financial < parameters.targetMinimum.halves
            && !averageReaches(parameters.targetMinimum, state)
    }

    private func staysPotential(_ state: Standing) -> Bool {
        state.assets.largestAccount >= parameters.potentialMinimum
            || averageReaches(parameters.potentialMinimum, state)
    }

    private func leavesPotential(_ state: Standing) -> Bool {
        let wasAtMinimum = state.lastAtMinimum.map { $0 >= day.firstOfMonth } ?? false
        return !wasAtMinimum && !averageReaches(parameters.potentialMinimum, state)
    }

    private func grade(_ state: inout Standing) {
        let reached = parameters.tierFloors.filter { averageReaches($0.value, state) }
        let tier = reached.keys.max()
        if tier != state.tier {
            state.tier = tier
            state.tierSince = tier == nil ? nil : day.next
        }
    }

    private func review(of state: Standing) -> BusinessDay? {
        let monthEnd = day.isEndOfMonth ? day.next.endOfMonth : day.endOfMonth
        switch state.pool {
        case .retained:
            return nil
        case .potential:
            let isAtMinimum = state.assets.largestAccount >= parameters.potentialMinimum
            return isAtMinimum ? nil : monthEnd
        case .target:
            let exit = state.belowSince.map { $0.adding(months: parameters.targetExitMonths) }
            return [monthEnd, exit, averageFallsBelow(state)].compactMap(\.self)
                .filter { $0 > day }.min()
        }
    }

    /// The first day on which the average of unchanged assets is below the target line, where the
    /// assets are below it and the average is not yet.
    private func averageFallsBelow(_ state: Standing) -> BusinessDay? {
        let line = parameters.targetMinimum.halves.rawValue
        let shortfall = line - state.assets.financial.rawValue
        let surplus = state.accumulated.rawValue - line * Int64(day.dayOfYear)
        guard shortfall > 0, surplus >= 0 else { return nil }
        let days = surplus / shortfall + 1
        let newYear = day.firstOfYear.adding(months: 12)
        return min(day + Int(min(days, 366)), newYear)
    }
}
