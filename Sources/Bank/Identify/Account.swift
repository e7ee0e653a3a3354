/// What an account holds, and so how it counts in the measures (`domain.md` item 10).
package enum Category: String, Codable, Hashable, Sendable, CaseIterable {
    case deposit, loan, fund, bond, wealth, other

    /// Half-fen of financial assets per fen of balance: a loan counts by half, `other` not at all.
    package var halvesPerFen: Int64 {
        switch self {
        case .deposit, .fund, .bond, .wealth: 2
        case .loan: 1
        case .other: 0
        }
    }

    /// Whether one account of this category can make its customer potential (R1).
    package var entersPotential: Bool { self != .other }
}

/// What one account held at a day's close.
package struct Holding: Hashable, Sendable {
    package let category: Category
    /// The book balance; negative where a deposit is overdrawn, 0 once the account is closed.
    package let balance: Fen

    package init(category: Category, balance: Fen) {
        self.category = category
        self.balance = balance
    }

    /// The balance as the rules count it: an overdrawn deposit counts as 0.
    package var counted: Fen { max(balance, .zero) }
}

/// What a customer's accounts amounted to at one day's close.
package struct Assets: Hashable, Sendable {
    /// `FA2` of `domain.md` 2.2: deposits, funds, bonds and wealth products at two half-fen per
    /// fen, loans at one.
    package let financial: HalfFen
    /// The largest single account that can make a customer potential (R1).
    package let largestAccount: Fen

    package init(financial: HalfFen, largestAccount: Fen) {
        self.financial = financial
        self.largestAccount = largestAccount
    }

    package init(of holdings: some Sequence<Holding>) {
        var financial = HalfFen.zero
        var largest = Fen.zero
        for holding in holdings {
            let halves = HalfFen(holding.counted.rawValue * holding.category.halvesPerFen)
            financial = min(financial + halves, Self.most)
            if holding.category.entersPotential { largest = max(largest, holding.counted) }
        }
        self.init(financial: financial, largestAccount: largest)
    }

    /// Fifty trillion yuan: no person has it, and a year's sum of it is still an integer.
    private static let most = HalfFen(10_000_000_000_000_000)

    package static let none = Assets(financial: .zero, largestAccount: .zero)
}
