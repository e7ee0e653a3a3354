import Bank
import Feed
import Testing
import generate

struct MovementTests {
    @Test func `the product reads every extract without a fault`() throws {
        let branch = try MadeBranch(through: .endOfFebruary)

        for outlet in branch.summary.outlets {
            let extracts = try branch.extracts(of: outlet)
            #expect(extracts.map(\.faults.count).allSatisfy { $0 == 0 })
            #expect(
                extracts.map(\.manifest.businessDate)
                    == (0..<59).map { BusinessDay.newYear + $0 })
        }
    }

    @Test func `each day's movements lead from one balance to the next, all year`() throws {
        let branch = try MadeBranch(through: .newYearsEve)

        for outlet in branch.summary.outlets {
            var balances: [String: Fen] = [:]
            for extract in try branch.extracts(of: outlet) {
                let isOpening = extract.manifest.businessDate == .newYear
                var expected = balances
                for row in extract.movements {
                    expected[row.account, default: .zero] =
                        expected[row.account, default: .zero] + row.amount
                }
                for row in extract.balances { balances[row.account] = row.balance }
                #expect(isOpening || balances == expected, "\(extract.manifest.businessDate)")
            }
        }
    }

    @Test func `an account is closed with nothing on it, and nothing happens to it later`() throws {
        let branch = try MadeBranch(customers: 200, through: .newYearsEve)
        var balances: [String: Fen] = [:]
        var closed: Set<String> = []

        for extract in try branch.extracts(of: branch.summary.outlets[0]) {
            let moved = Set(extract.movements.map(\.account))
            #expect(closed.isDisjoint(with: moved))
            for row in extract.balances { balances[row.account] = row.balance }
            for row in extract.accounts where row.closedOn != nil {
                #expect(row.closedOn == extract.manifest.businessDate)
                #expect(balances[row.number] == .zero)
                closed.insert(row.number)
            }
        }

        #expect(!closed.isEmpty)
    }

    @Test func `a year has arrivals, new accounts, cards and every category`() throws {
        let branch = try MadeBranch(outlets: 1, customers: 600, through: .newYearsEve)

        let extracts = try branch.extracts(of: "330101")
        let later = extracts.dropFirst()
        let accounts = extracts.flatMap(\.accounts)

        #expect(later.contains { !$0.customers.isEmpty })
        #expect(later.contains { $0.accounts.contains { $0.closedOn == nil } })
        #expect(later.contains { !$0.cards.isEmpty })
        #expect(Set(accounts.map(\.category)) == Set(Category.allCases))
        #expect(
            Set(accounts.map(\.subcategory)) == [
                "demand", "time", "housing_loan", "consumer_loan", "fund", "certificate_bond",
                "savings_bond", "wealth", "other",
            ])
        #expect(Set(extracts.flatMap(\.cards).map(\.level)) == Set(Tier.allCases))
    }
}
