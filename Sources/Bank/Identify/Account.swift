/// What an account holds, and so how it counts in the measures (`domain.md` item 10).
package enum Category: String, Codable, Hashable, Sendable, CaseIterable {
    case deposit, loan, fund, bond, wealth, other
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
    /// `FA2` of `domain.md` 2.2: each balance by the weight of its category.
    package let financial: HalfFen
    /// The largest single account that can make a customer potential (R1).
    package let largestAccount: Fen

    package init(financial: HalfFen, largestAccount: Fen) {
        self.financial = financial
        self.largestAccount = largestAccount
    }

    package init(of holdings: some Sequence<Holding>, weights: CategoryWeights = CategoryWeights())
    {
        var financial = HalfFen.zero
        var largest = Fen.zero
        for holding in holdings {
            let halves = HalfFen(holding.counted.rawValue * weights[holding.category])
            financial = min(financial + halves, Self.most)
            if weights.entersPotential(holding.category) {
                largest = max(largest, holding.counted)
            }
        }
        self.init(financial: financial, largestAccount: largest)
    }

    /// What a customer has at all outlets, from what each of them says. They are bounded here because
    /// a wrong one comes from outside.
    package init(at outlets: some Sequence<Assets>) {
        var financial = HalfFen.zero
        var largest = Fen.zero
        for assets in outlets {
            financial = min(financial + min(max(assets.financial, .zero), Self.most), Self.most)
            largest = max(largest, assets.largestAccount)
        }
        self.init(financial: financial, largestAccount: largest)
    }

    /// Fifty trillion yuan: no person has it, and a year's sum of it is still an integer.
    package static let most = HalfFen(10_000_000_000_000_000)

    package static let none = Assets(financial: .zero, largestAccount: .zero)

    /// What two places hold of one customer; accounts are not added up.
    package static func + (left: Assets, right: Assets) -> Assets {
        Assets(
            financial: min(left.financial + right.financial, most),
            largestAccount: max(left.largestAccount, right.largestAccount))
    }
}
