/// A number that a rule uses and that the bank may set, with its default, unit and range.
package struct Parameter: Sendable {
    package enum Unit: Hashable, Sendable {
        case yuan, months, days, flag, count
        /// Half-units of financial assets per unit of balance: 2 counts whole, 1 by half.
        case halves
        /// One of these words.
        case choice([String])
    }

    package let name: String
    package let unit: Unit
    package let defaultValue: String
    /// Inclusive, in the unit; for yuan in whole yuan; of a flag or a choice without meaning.
    package let range: ClosedRange<Int64>
    package let meaning: String

    package func admits(_ value: String) -> Bool {
        switch unit {
        case .flag: value == "true" || value == "false"
        case .yuan:
            Fen(value).map {
                Fen(range.lowerBound * 100) <= $0 && $0 <= Fen(range.upperBound * 100)
            } ?? false
        case .months, .days, .count, .halves:
            Int64(value).map { range.contains($0) && String($0) == value } ?? false
        case .choice(let words): words.contains(value)
        }
    }

    package static let all: [String: Parameter] = Dictionary(
        uniqueKeysWithValues: list.map { ($0.name, $0) })

    private static let list: [Parameter] =
        [
            Parameter(
                name: "pot_min", unit: .yuan, defaultValue: "10000", range: 1...100_000_000,
                meaning: "one account of this balance makes a customer potential (R1, R2)"),
            Parameter(
                name: "pot_inclusive", unit: .flag, defaultValue: "true", range: 0...1,
                meaning: "whether the balance itself is enough (R1)"),
            Parameter(
                name: "pot_exit_window",
                unit: .choice(PotentialExitWindow.allCases.map(\.rawValue)),
                defaultValue: "calendar_month", range: 0...0,
                meaning: "the month without an account at the line: the calendar's or any (R2)"),
            Parameter(
                name: "tgt_min", unit: .yuan, defaultValue: "100000", range: 1...1_000_000_000,
                meaning: "financial assets or their average that make a target (R3, R4)"),
            Parameter(
                name: "tgt_exit_months", unit: .months, defaultValue: "6", range: 1...36,
                meaning: "months below the line after which a target leaves (R4)"),
            Parameter(
                name: "tgt_exit_mode", unit: .choice(TargetExitMode.allCases.map(\.rawValue)),
                defaultValue: "daily_run", range: 0...0,
                meaning: "whether every day of those months counts or their ends alone (R4)"),
            Parameter(
                name: "manual_exempt", unit: .flag, defaultValue: "false", range: 0...1,
                meaning: "whether targets added by hand stay below the line (R4, R6)"),
            Parameter(
                name: "aad_method", unit: .choice(AveragingMethod.allCases.map(\.rawValue)),
                defaultValue: "ytd", range: 0...0,
                meaning: "the days that the average of financial assets is over"),
            Parameter(
                name: "january_policy", unit: .choice(JanuaryPolicy.words), defaultValue: "reset",
                range: 0...0,
                meaning: "whether last year's average still counts in the first months of a year"),
            Parameter(
                name: "downgrade_grace_months", unit: .months, defaultValue: "0", range: 0...12,
                meaning: "months' ends below the tier's floor that a tier outlives (R5)"),
            Parameter(
                name: "tier_gold", unit: .yuan, defaultValue: "100000", range: 0...1_000_000_000,
                meaning: "least average of the gold tier (R5)"),
            Parameter(
                name: "tier_platinum", unit: .yuan, defaultValue: "500000",
                range: 0...1_000_000_000,
                meaning: "least average of the platinum tier (R5)"),
            Parameter(
                name: "tier_diamond", unit: .yuan, defaultValue: "1000000",
                range: 0...1_000_000_000,
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
        + Category.allCases.map { category in
            Parameter(
                name: CategoryWeights.parameterName(of: category), unit: .halves,
                defaultValue: String(CategoryWeights()[category]), range: 0...4,
                meaning: "half-units of financial assets per unit of \(category) balance (item 10)")
        }
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
