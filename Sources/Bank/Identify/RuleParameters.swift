/// The values in force on one date for one first-tier branch.
package struct RuleParameters: Hashable, Sendable {
    package var potentialMinimum = Fen(10_000_00)
    package var potentialInclusive = true
    package var potentialExitWindow = PotentialExitWindow.calendarMonth
    package var targetMinimum = Fen(100_000_00)
    package var targetExitMonths = 6
    package var targetExitMode = TargetExitMode.dailyRun
    package var manualExempt = false
    package var averaging = AveragingMethod.yearToDate
    package var januaryPolicy = JanuaryPolicy.reset
    package var tierFloors: [Tier: Fen] = [
        .gold: Fen(100_000_00), .platinum: Fen(500_000_00), .diamond: Fen(1_000_000_00),
    ]
    package var downgradeGraceMonths = 0
    package var weights = CategoryWeights()
    package var settlementWait = 3
    package var disputeWait = 5
    package var rulingRest = 90
    package var bookCap = 200

    package init() {}

    /// The latest setting effective on or before `day` counts, the narrower scope first (R7).
    package init(_ settings: [ParameterSetting], on day: BusinessDay, firstTier: UnitCode) {
        self.init(ParameterSetting.effective(settings, on: day, firstTier: firstTier))
    }

    /// NB: a value outside the parameter's range never gets here: `Organisation.faults` names it.
    package init(_ values: [String: String]) {
        self.init()
        for (name, value) in values { apply(name, value) }
    }

    private mutating func apply(_ name: String, _ value: String) {
        switch name {
        case "pot_min": potentialMinimum = Fen(value) ?? potentialMinimum
        case "pot_inclusive": potentialInclusive = value == "true"
        case "pot_exit_window":
            potentialExitWindow = PotentialExitWindow(rawValue: value) ?? potentialExitWindow
        case "tgt_min": targetMinimum = Fen(value) ?? targetMinimum
        case "tgt_exit_months": targetExitMonths = Int(value) ?? targetExitMonths
        case "tgt_exit_mode": targetExitMode = TargetExitMode(rawValue: value) ?? targetExitMode
        case "manual_exempt": manualExempt = value == "true"
        case "aad_method": averaging = AveragingMethod(rawValue: value) ?? averaging
        case "january_policy": januaryPolicy = JanuaryPolicy(word: value) ?? januaryPolicy
        case "tier_gold": tierFloors[.gold] = Fen(value)
        case "tier_platinum": tierFloors[.platinum] = Fen(value)
        case "tier_diamond": tierFloors[.diamond] = Fen(value)
        case "downgrade_grace_months": downgradeGraceMonths = Int(value) ?? downgradeGraceMonths
        case "settlement_wait": settlementWait = Int(value) ?? settlementWait
        case "dispute_wait": disputeWait = Int(value) ?? disputeWait
        case "ruling_rest": rulingRest = Int(value) ?? rulingRest
        case "book_cap": bookCap = Int(value) ?? bookCap
        default:
            guard
                let category = Category.allCases.first(where: {
                    CategoryWeights.parameterName(of: $0) == name
                })
            else { return }
            weights[category] = Int64(value) ?? weights[category]
        }
    }

    package func reachesPotential(_ balance: Fen) -> Bool {
        potentialInclusive ? balance >= potentialMinimum : balance > potentialMinimum
    }

    /// Whether a close has to know what the customer held before: otherwise the standing of the
    /// last one says enough.
    package var needHistory: Bool {
        averaging != .yearToDate || januaryPolicy != .reset || targetExitMode != .dailyRun
            || downgradeGraceMonths > 0
    }
}

extension ParameterSetting {
    /// The value of each parameter that is set on `day`, by name.
    package static func effective(
        _ settings: [ParameterSetting], on day: BusinessDay, firstTier: UnitCode
    ) -> [String: String] {
        let effective = settings.filter { $0.effectiveFrom <= day }
            .sorted { $0.effectiveFrom < $1.effectiveFrom }
        var values: [String: String] = [:]
        for scope in [Scope.bank, .firstTier(firstTier)] {
            for setting in effective where setting.scope == scope {
                values[setting.name] = setting.value
            }
        }
        return values
    }
}

/// Which month without an account at the line lets a potential customer go (R2).
package enum PotentialExitWindow: String, Sendable, CaseIterable {
    /// A whole calendar month; looked at on its last day.
    case calendarMonth = "calendar_month"
    /// Any month, from the first day below to the same day of the next month; looked at daily.
    case rollingMonth = "rolling_month"
}

/// Which days below the line let a target go (R4).
package enum TargetExitMode: String, Sendable, CaseIterable {
    /// Every day of the months.
    case dailyRun = "daily_run"
    /// The averages of the last completed months' ends, and the day's assets.
    case monthPoints = "month_points"
}
