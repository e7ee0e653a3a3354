/// A number that a rule uses and that the bank may set, with its default, unit and range.
package struct Parameter: Sendable {
    package enum Unit: Sendable { case yuan, months, days, flag, count }

    package let name: String
    package let unit: Unit
    package let defaultValue: String
    /// Inclusive, in the unit; for yuan in whole yuan.
    package let range: ClosedRange<Int64>
    package let meaning: String

    package func admits(_ value: String) -> Bool {
        switch unit {
        case .flag: value == "true" || value == "false"
        case .yuan:
            Fen(value).map { range.contains($0.rawValue / 100) && $0 >= .zero } ?? false
        case .months, .days, .count: Int64(value).map(range.contains) ?? false
        }
    }

    package static let all: [String: Parameter] = Dictionary(
        uniqueKeysWithValues: list.map { ($0.name, $0) })

    private static let list: [Parameter] = [
        Parameter(
            name: "pot_min", unit: .yuan, defaultValue: "10000", range: 1...100_000_000,
            meaning: "one account of this balance makes a customer potential (R1, R2)"),
        Parameter(
            name: "pot_inclusive", unit: .flag, defaultValue: "true", range: 0...1,
            meaning: "whether the balance itself is enough (R1)"),
        Parameter(
            name: "tgt_min", unit: .yuan, defaultValue: "100000", range: 1...1_000_000_000,
            meaning: "financial assets or their average that make a target (R3, R4)"),
        Parameter(
            name: "tgt_exit_months", unit: .months, defaultValue: "6", range: 1...36,
            meaning: "months below the line after which a target leaves (R4)"),
        Parameter(
            name: "tier_gold", unit: .yuan, defaultValue: "100000", range: 0...1_000_000_000,
            meaning: "least average of the gold tier (R5)"),
        Parameter(
            name: "tier_platinum", unit: .yuan, defaultValue: "500000", range: 0...1_000_000_000,
            meaning: "least average of the platinum tier (R5)"),
        Parameter(
            name: "tier_diamond", unit: .yuan, defaultValue: "1000000", range: 0...1_000_000_000,
            meaning: "least average of the diamond tier (R5)"),
        Parameter(
            name: "settlement_wait", unit: .days, defaultValue: "3", range: 0...30,
            meaning: "business days after which claims settle although an outlet is silent"),
        Parameter(
            name: "dispute_wait", unit: .days, defaultValue: "5", range: 0...60,
            meaning: "working days after which an unanswered request or objection goes up"),
        Parameter(
            name: "ruling_rest", unit: .days, defaultValue: "90", range: 0...3660,
            meaning: "days for which a ruling is not raised again without new evidence"),
        Parameter(
            name: "book_cap", unit: .count, defaultValue: "200", range: 1...10_000,
            meaning: "customers per manager above which assignment warns (item 13)"),
    ]
}

/// One dated value of a parameter, for the bank or for one first-tier branch (R7).
package struct ParameterSetting: Codable, Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case bank
        case firstTier(UnitCode)
    }

    package let name: String
    package let scope: Scope
    package let value: String
    package let effectiveFrom: BusinessDay

    package init(name: String, scope: Scope, value: String, effectiveFrom: BusinessDay) {
        self.name = name
        self.scope = scope
        self.value = value
        self.effectiveFrom = effectiveFrom
    }

    private enum CodingKeys: String, CodingKey {
        case name, scope, value
        case effectiveFrom = "effective_from"
    }
}

extension ParameterSetting.Scope: Codable, RawRepresentable {
    package init(rawValue: String) {
        self = rawValue == "bank" ? .bank : .firstTier(UnitCode(rawValue))
    }

    package var rawValue: String {
        switch self {
        case .bank: "bank"
        case .firstTier(let code): code.rawValue
        }
    }
}

/// The values in force on one date for one first-tier branch.
package struct RuleParameters: Hashable, Sendable {
    package var potentialMinimum = Fen(10_000_00)
    package var potentialInclusive = true
    package var targetMinimum = Fen(100_000_00)
    package var targetExitMonths = 6
    package var tierFloors: [Tier: Fen] = [
        .gold: Fen(100_000_00), .platinum: Fen(500_000_00), .diamond: Fen(1_000_000_00),
    ]
    package var settlementWait = 3
    package var disputeWait = 5
    package var rulingRest = 90
    package var bookCap = 200

    package init() {}

    /// The latest setting effective on or before `day` counts, the narrower scope first (R7).
    package init(_ settings: [ParameterSetting], on day: BusinessDay, firstTier: UnitCode) {
        self.init()
        let effective = settings.filter { $0.effectiveFrom <= day }
            .sorted { $0.effectiveFrom < $1.effectiveFrom }
        for scope in [ParameterSetting.Scope.bank, .firstTier(firstTier)] {
            for setting in effective where setting.scope == scope {
                apply(setting.name, setting.value)
            }
        }
    }

    /// NB: a value outside the parameter's range never gets here: `Organisation.faults` names it.
    private mutating func apply(_ name: String, _ value: String) {
        switch name {
        case "pot_min": potentialMinimum = Fen(value) ?? potentialMinimum
        case "pot_inclusive": potentialInclusive = value == "true"
        case "tgt_min": targetMinimum = Fen(value) ?? targetMinimum
        case "tgt_exit_months": targetExitMonths = Int(value) ?? targetExitMonths
        case "tier_gold": tierFloors[.gold] = Fen(value)
        case "tier_platinum": tierFloors[.platinum] = Fen(value)
        case "tier_diamond": tierFloors[.diamond] = Fen(value)
        case "settlement_wait": settlementWait = Int(value) ?? settlementWait
        case "dispute_wait": disputeWait = Int(value) ?? disputeWait
        case "ruling_rest": rulingRest = Int(value) ?? rulingRest
        case "book_cap": bookCap = Int(value) ?? bookCap
        default: break
        }
    }

    package func reachesPotential(_ balance: Fen) -> Bool {
        potentialInclusive ? balance >= potentialMinimum : balance > potentialMinimum
    }
}
