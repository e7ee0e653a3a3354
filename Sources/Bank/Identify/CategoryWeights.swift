/// How much a unit of balance of each category counts in financial assets, in half-units
/// (`domain.md` item 10): the deck's loan counts by half, `other` not at all.
package struct CategoryWeights: Hashable, Sendable {
    private var deposit: Int64 = 2
    private var loan: Int64 = 1
    private var fund: Int64 = 2
    private var bond: Int64 = 2
    private var wealth: Int64 = 2
    private var other: Int64 = 0

    package init() {}

    package subscript(category: Category) -> Int64 {
        get {
            switch category {
            case .deposit: deposit
            case .loan: loan
            case .fund: fund
            case .bond: bond
            case .wealth: wealth
            case .other: other
            }
        }
        set {
            switch category {
            case .deposit: deposit = newValue
            case .loan: loan = newValue
            case .fund: fund = newValue
            case .bond: bond = newValue
            case .wealth: wealth = newValue
            case .other: other = newValue
            }
        }
    }

    /// Whether one account of the category can make its customer potential (R1): deposits, loans
    /// and investments, and `other` where the bank lets it count.
    package func entersPotential(_ category: Category) -> Bool { category != .other || other > 0 }

    package static func parameterName(of category: Category) -> String {
        "weight_\(category.rawValue)"
    }
}
