/// Why a customer stands where they do: a sentence's code, with the numbers that it names.
package struct StandingReason: Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        /// No account is at the potential line.
        case retained
        /// An account is at the potential line.
        case potentialByAccount = "potential-by-account"
        /// None is, but the average is.
        case potentialByAverage = "potential-by-average"
        /// Neither is, and the month without is not over.
        case potentialForNow = "potential-for-now"
        case targetByAssets = "target-by-assets"
        case targetByAverage = "target-by-average"
        case targetByHand = "target-by-hand"
        /// Below the line, with the day on which the customer leaves.
        case targetBelow = "target-below"
        /// Below the line, where months' ends decide.
        case targetBelowAtMonthsEnds = "target-below-at-months-ends"
        /// Below the line, and stays all the same.
        case targetExempt = "target-exempt"
        /// Graded by the average at a month's end.
        case graded
        /// Below the tier's floor at the month's end, in the months of grace.
        case keptByGrace = "kept-by-grace"
        /// A target of less than a month's end.
        case notGradedYet = "not-graded-yet"
        /// Below every tier's floor at the last month's end.
        case belowTiers = "below-tiers"
    }

    package let code: Code
    /// Amounts in yuan, dates and counts as they are said; under `tier` a tier.
    package let facts: [String: String]

    package init(_ code: Code, _ facts: [String: String]) {
        self.code = code
        self.facts = facts
    }
}

extension Standing {
    /// Why the pool and the tier are what they are at the close of `day`.
    ///
    /// - Parameters:
    ///   - average: at that close.
    ///   - graded: the average at the last month's end, nil where there was none.
    package func reasons(
        on day: BusinessDay, average: Average, graded: Average?, by parameters: RuleParameters
    ) -> [StandingReason] {
        switch pool {
        case .retained:
            [
                StandingReason(
                    .retained,
                    [
                        "largest": assets.largestAccount.grouped,
                        "line": parameters.potentialMinimum.grouped,
                    ])
            ]
        case .potential: [potentialReason(on: day, average, parameters)]
        case .target:
            targetReasons(average, parameters) + [tierReason(on: day, graded, parameters)]
        }
    }

    private func potentialReason(
        on day: BusinessDay, _ average: Average, _ parameters: RuleParameters
    ) -> StandingReason {
        let line = parameters.potentialMinimum
        if assets.largestAccount >= line {
            return StandingReason(
                .potentialByAccount,
                ["largest": assets.largestAccount.grouped, "line": line.grouped])
        }
        if average.reaches(line) {
            return StandingReason(
                .potentialByAverage,
                [
                    "average": average.rounded.grouped, "largest": assets.largestAccount.grouped,
                    "line": line.grouped,
                ])
        }
        return StandingReason(
            .potentialForNow,
            [
                "last": lastAtMinimum?.description ?? "–", "line": line.grouped,
                "until": monthBelowEnds(after: day, parameters).description,
            ])
    }

    /// When the month without an account at the line is over, if none comes.
    private func monthBelowEnds(
        after day: BusinessDay, _ parameters: RuleParameters
    ) -> BusinessDay {
        if parameters.potentialExitWindow == .rollingMonth, let last = lastAtMinimum {
            return max(last.next.adding(months: 1), day.next)
        }
        let end = day.next.endOfMonth
        let isWhole = lastAtMinimum.map { $0 < end.firstOfMonth } ?? true
        return isWhole ? end : end.next.endOfMonth
    }

    private func targetReasons(
        _ average: Average, _ parameters: RuleParameters
    ) -> [StandingReason] {
        let line = parameters.targetMinimum
        let numbers = [
            "assets": assets.financial.rounded.grouped, "average": average.rounded.grouped,
            "line": line.grouped,
        ]
        let hand =
            origin == .rule
            ? [] : [StandingReason(.targetByHand, ["date": poolSince.description])]
        if assets.financial >= line.halves {
            return hand + [StandingReason(.targetByAssets, numbers)]
        }
        guard let since = belowSince else {
            return hand + [StandingReason(.targetByAverage, numbers)]
        }
        var facts = numbers
        facts["since"] = since.description
        if parameters.manualExempt, origin != .rule {
            return hand + [StandingReason(.targetExempt, facts)]
        }
        switch parameters.targetExitMode {
        case .dailyRun:
            facts["until"] = since.adding(months: parameters.targetExitMonths).description
            return hand + [StandingReason(.targetBelow, facts)]
        case .monthPoints:
            facts["months"] = String(parameters.targetExitMonths)
            return hand + [StandingReason(.targetBelowAtMonthsEnds, facts)]
        }
    }

    private func tierReason(
        on day: BusinessDay, _ graded: Average?, _ parameters: RuleParameters
    ) -> StandingReason {
        let end = day.isEndOfMonth ? day : day.firstOfMonth.previous
        guard poolSince <= end, let graded else {
            return StandingReason(
                .notGradedYet, ["date": day.next.endOfMonth.description])
        }
        var facts = ["average": graded.rounded.grouped, "date": end.description]
        guard let tier else {
            facts["floor"] = parameters.tierFloors.values.min()?.grouped ?? "–"
            return StandingReason(.belowTiers, facts)
        }
        facts["tier"] = tier.rawValue
        let floor = parameters.tierFloors[tier]
        facts["floor"] = floor?.grouped ?? "–"
        if let floor, parameters.downgradeGraceMonths > 0, !graded.reaches(floor) {
            facts["months"] = String(parameters.downgradeGraceMonths)
            return StandingReason(.keptByGrace, facts)
        }
        return StandingReason(.graded, facts)
    }
}
