/// What a manager looks after, in numbers.
package struct BookSize: Hashable, Sendable {
    package private(set) var customers: Int
    /// Half-fen at the manager's outlet.
    package private(set) var assets: HalfFen
    /// How many there are of each tier; nil is the target without one.
    private var tiers: [Tier?: Int]

    package static let empty = BookSize()

    package init() {
        (customers, assets, tiers) = (0, .zero, [:])
    }

    package func count(of tier: Tier?) -> Int { tiers[tier, default: 0] }

    /// Takes in customers of one tier with what they hold together.
    package mutating func add(_ count: Int = 1, of tier: Tier?, holding assets: HalfFen) {
        customers += count
        tiers[tier, default: 0] += count
        let (sum, overflow) = self.assets.rawValue.addingReportingOverflow(assets.rawValue)
        // No bank holds so much: what is beyond all counting stays the most there is.
        self.assets = HalfFen(overflow ? .max : sum)
    }
}
