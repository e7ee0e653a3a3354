import Bank

/// How what a customer is worth lies in accounts at one outlet.
struct Portfolio {
    struct Item {
        /// A place in `Product.all`.
        let product: Int
        /// Fen.
        let amount: Int64
    }

    /// The first one is the demand account that everything else is paid from and to.
    private(set) var items: [Item]

    /// Fen of financial assets, a loan at half its balance, fall to a demand account and, with
    /// wealth, to ever more kinds of accounts; `other` comes on top, since it does not count.
    init(worth: Int64, age: Int, _ chance: inout Chance) {
        items = []
        var rest = worth
        var others: [Item] = []

        /// `odds` and bounds in percent; rounded down to what the bank sells the product in.
        func put(_ kind: Product.Kind, odds: Int, _ low: Int, _ high: Int, step: Int) {
            guard chance.hits(percent: odds) else { return }
            let step = Int64.yuan(step)
            let amount = chance.part(of: rest, low, high) / step * step
            guard amount > 0 else { return }
            rest -= amount
            others.append(Item(product: Product.any(kind, &chance), amount: amount))
        }
        func borrow(_ kind: Product.Kind, odds: Int, _ low: Int, _ high: Int, most: Int) {
            guard chance.hits(percent: odds) else { return }
            let half = min(chance.part(of: rest, low, high), .yuan(most) / 2)
            rest -= half
            others.append(Item(product: Product.any(kind, &chance), amount: half * 2))
        }

        if (25...60).contains(age), worth > .yuan(20_000) {
            borrow(.housingLoan, odds: 18, 40, 85, most: 4_000_000)
        } else if worth > .yuan(3_000), age < 65 {
            borrow(.consumerLoan, odds: 6, 20, 60, most: 300_000)
        }
        switch rest {
        case .yuan(100_000)...:
            put(.wealth, odds: 50, 20, 50, step: 1_000)
            put(.fund, odds: 35, 5, 25, step: 10)
            put(.certificateBond, odds: 16, 10, 30, step: 100)
            put(.savingsBond, odds: 16, 10, 30, step: 100)
            put(.time, odds: 75, 40, 80, step: 1_000)
            put(.time, odds: 30, 30, 60, step: 1_000)
        case .yuan(10_000)...:
            put(.wealth, odds: 12, 30, 60, step: 1_000)
            put(.fund, odds: 12, 10, 30, step: 10)
            put(.certificateBond, odds: 4, 20, 50, step: 100)
            put(.savingsBond, odds: 4, 20, 50, step: 100)
            put(.time, odds: 50, 40, 80, step: 1_000)
        case .yuan(2_000)...:
            put(.fund, odds: 5, 10, 40, step: 10)
            put(.time, odds: 12, 50, 80, step: 500)
        default: break
        }
        if worth > .yuan(10_000), chance.hits(percent: 8) {
            others.append(
                Item(
                    product: Product.any(.other, &chance),
                    amount: .yuan(chance.within(1_000...30_000))))
        }
        let isOverdrawn = worth < .yuan(10_000) && chance.hits(perMillion: 6_000)
        if isOverdrawn {
            rest = -Int64(chance.within(1_000...300_000))
        } else if chance.hits(percent: 10) {
            let second = rest / 10
            rest -= second
            others.append(Item(product: Product.demand, amount: second))
        }
        items = [Item(product: Product.demand, amount: rest)] + others
    }

    /// More than 150,000 yuan in a demand and a time account; of one customer's outlets the home
    /// outlet has most, so that no two amounts are the same.
    static func anchored(_ rank: Member.Rank, _ chance: inout Chance) -> Portfolio {
        let thousands =
            switch rank {
            case .home: chance.within(210...300)
            case .guest: chance.within(165...205)
            case .secondGuest: chance.within(155...160)
            }
        return Portfolio(items: [
            Item(product: Product.demand, amount: Int64(chance.within(2_000_000...6_000_000))),
            Item(product: Product.any(.time, &chance), amount: .yuan(thousands * 1_000)),
        ])
    }

    private init(items: [Item]) {
        self.items = items
    }

    /// Fen of financial assets, a loan at half its balance.
    var worth: Int64 {
        items.reduce(0) { sum, item in
            switch Product.all[item.product].kind.category {
            case .loan: sum + item.amount / 2
            case .other: sum
            default: sum + max(0, item.amount)
            }
        }
    }

    var hasLoan: Bool {
        items.contains { Product.all[$0.product].kind.category == .loan }
    }
}
