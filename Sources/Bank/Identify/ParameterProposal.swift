/// A change of a rule parameter that one person proposes and another approves (R7).
package struct ParameterProposal: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable { case proposed, approved, refused }

    /// What people call it by.
    package let number: Int64
    package let setting: ParameterSetting
    package let reason: String
    package let proposedBy: StaffID
    /// Milliseconds since 1970-01-01 UTC.
    package let proposedAt: Int64
    package let state: State
    package let decidedBy: StaffID?
    package let decidedAt: Int64?

    package init(
        number: Int64, setting: ParameterSetting, reason: String, proposedBy: StaffID,
        proposedAt: Int64, state: State = .proposed, decidedBy: StaffID? = nil,
        decidedAt: Int64? = nil
    ) {
        self.number = number
        self.setting = setting
        self.reason = reason
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.state = state
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    /// Throws unless it is open and somebody else than its proposer approves it.
    package func checkApproval(by staff: StaffID) throws(Refusal) {
        try checkOpen()
        guard staff != proposedBy else {
            throw Refusal(
                .approverIsProposer, ["staff": staff.rawValue, "number": String(number)])
        }
    }

    package func checkOpen() throws(Refusal) {
        guard state == .proposed else {
            throw Refusal(.proposalDecided, ["number": String(number)])
        }
    }
}

extension ParameterSetting {
    /// Throws why it may not join the settings that there are: no such parameter, a value that it
    /// does not admit, a date that is closed, another value for the same date, or tiers whose
    /// floors no longer rise.
    ///
    /// - Parameter closed: the newest date closed by any outlet in its scope.
    package func check(
        among settings: [ParameterSetting], closedThrough closed: BusinessDay?
    ) throws(Refusal) {
        guard let parameter = Parameter.all[name] else {
            throw Refusal(.unknownParameter, ["name": name])
        }
        guard parameter.admits(value) else {
            throw Refusal(
                .parameterOutOfRange,
                ["name": name, "value": value, "admitted": parameter.admitted])
        }
        if let closed, effectiveFrom <= closed {
            throw Refusal(
                .effectiveInClosedPeriod,
                ["date": effectiveFrom.description, "closed": closed.description])
        }
        guard !settings.contains(where: isSamePlace) else {
            throw Refusal(
                .parameterOverlaps,
                ["name": name, "scope": scope.rawValue, "date": effectiveFrom.description])
        }
        try checkTiers(among: settings)
    }

    private func isSamePlace(_ other: ParameterSetting) -> Bool {
        name == other.name && scope == other.scope && effectiveFrom == other.effectiveFrom
    }

    /// From its date on, wherever another value joins it.
    private func checkTiers(among settings: [ParameterSetting]) throws(Refusal) {
        guard name.hasPrefix("tier_") else { return }
        let all = settings + [self]
        let branches: Set<UnitCode> =
            switch scope {
            case .firstTier(let code): [code]
            // One of no branch stands for those that override nothing.
            case .bank: Set(all.compactMap(\.scope.firstTier)).union([UnitCode("")])
            }
        let dates = Set(all.map(\.effectiveFrom).filter { $0 >= effectiveFrom })
        for branch in branches.sorted() {
            for date in dates.sorted() {
                let floors = RuleParameters(all, on: date, firstTier: branch).tierFloors
                let rising = Tier.allCases.sorted().compactMap { floors[$0] }
                guard zip(rising, rising.dropFirst()).allSatisfy(<=) else {
                    throw Refusal(.tiersOutOfOrder, ["date": date.description])
                }
            }
        }
    }
}

extension ParameterSetting.Scope {
    package var firstTier: UnitCode? {
        switch self {
        case .bank: nil
        case .firstTier(let code): code
        }
    }
}

extension Parameter {
    /// What it admits, as people read it.
    package var admitted: String {
        switch unit {
        case .flag: "true, false"
        case .choice(let words): words.joined(separator: ", ")
        case .yuan, .months, .days, .count, .halves:
            "\(range.lowerBound) … \(range.upperBound)"
        }
    }
}
