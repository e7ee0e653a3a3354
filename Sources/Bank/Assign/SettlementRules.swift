/// What one version of the rules of settlement does; every version ever used stays runnable.
package struct SettlementRules: Hashable, Sendable {
    /// Named in every decision that it made.
    package let version: String
    /// Whether a claim on a base that its author may not build on is refused; else it is late.
    let checksLinks: Bool
    /// Whether what builds on a ruling has the ruling's place in the order.
    let chainsCarryRulings: Bool
    /// Whether the decision says which late claims had had their answer.
    let saysAnswers: Bool

    /// The newest last; it decides what is settled now.
    package static let all: [SettlementRules] = [
        SettlementRules(
            version: "1", checksLinks: false, chainsCarryRulings: false, saysAnswers: false),
        SettlementRules(
            version: "2", checksLinks: true, chainsCarryRulings: true, saysAnswers: true),
    ]

    package static let current = all[all.count - 1]

    /// Nil for a version that this program does not know.
    package static func version(_ version: String) -> SettlementRules? {
        all.first { $0.version == version }
    }
}
