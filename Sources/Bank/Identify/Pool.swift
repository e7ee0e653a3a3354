/// Where a customer stands with the bank (`domain.md` item 2); each is in exactly one.
package enum Pool: String, Codable, Hashable, Sendable, CaseIterable {
    case retained, potential, target
}

/// A target's level, from the year's average at a month's end (R5). No tier is below gold.
package enum Tier: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
    case gold, platinum, diamond

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .gold: 1
        case .platinum: 2
        case .diamond: 3
        }
    }
}

/// How a customer became a target: by rule R3, by hand (R6), or both on one day.
package enum Origin: String, Codable, Hashable, Sendable {
    case rule, manual, both
}
