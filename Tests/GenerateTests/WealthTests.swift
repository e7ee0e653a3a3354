import Bank
import Feed
import Testing
import generate

struct WealthTests {
    @Test func `balances have a bank's long tail`() throws {
        let branch = try MadeBranch(outlets: 1, customers: 20_000)
        let extract = try branch.extracts(of: "330101")[0]
        let balances = Dictionary(
            uniqueKeysWithValues: extract.balances.map { ($0.account, $0.balance) })
        var holdings: [CustomerNumber: [Holding]] = [:]
        for account in extract.accounts {
            let balance = try #require(balances[account.number])
            holdings[account.customer, default: []].append(
                Holding(category: account.category, balance: balance))
        }

        let assets = holdings.values.map { Assets(of: $0).financial }
        func perThousand(above yuan: Int64) -> Int {
            assets.count { $0 >= Fen(yuan * 100).halves } * 1_000 / assets.count
        }

        #expect((370...410).contains(perThousand(above: 10_000)))
        #expect((110...130).contains(perThousand(above: 100_000)))
        #expect((7...13).contains(perThousand(above: 1_000_000)))
        #expect((1...2).contains(perThousand(above: 6_000_000)))
        #expect(balances.values.contains { $0 < .zero })
    }

    @Test(arguments: [7, 8, 9] as [UInt64])
    func `three customers of each outlet have over 150,000 in deposits at the next one, too`(
        seed: UInt64
    ) throws {
        let branch = try MadeBranch(seed: seed, customers: 9, through: .newYearsEve)
        let outlets = branch.summary.outlets
        let least = try outlets.map { try Deposits.least(branch.extracts(of: $0)) }

        for (index, home) in least.enumerated() {
            let guests = least[(index + 1) % outlets.count]
            let shared = home.keys.filter { number in
                guard let there = guests[number], let here = home[number] else { return false }
                return min(here, there) > Fen(150_000_00) && here != there
            }
            #expect(shared.count >= 3)
        }
        let first = branch.summary.shared.prefix(3)
        #expect(first.allSatisfy { $0.outlets.prefix(2) == ["330101", "330102"] })
        #expect(first.allSatisfy { least[0][$0.customer] != nil && least[1][$0.customer] != nil })
    }
}

/// What customers have at an outlet in demand and time deposits.
private enum Deposits {
    /// The least at any day's end, of those who have a demand account throughout.
    static func least(_ extracts: [OutletExtract]) throws -> [CustomerNumber: Fen] {
        var owners: [String: CustomerNumber] = [:]
        var balances: [String: Fen] = [:]
        var least: [CustomerNumber: Fen] = [:]
        var withDemand: Set<CustomerNumber> = []
        for extract in extracts {
            for account in extract.accounts where account.category == .deposit {
                owners[account.number] = account.customer
                if account.subcategory == "demand", account.closedOn == nil {
                    withDemand.insert(account.customer)
                }
            }
            for row in extract.balances where owners[row.account] != nil {
                balances[row.account] = row.balance
            }
            var sums: [CustomerNumber: Fen] = [:]
            for (account, customer) in owners {
                sums[customer, default: .zero] =
                    sums[customer, default: .zero] + max(.zero, balances[account] ?? .zero)
            }
            least.merge(sums) { min($0, $1) }
        }
        return least.filter { withDemand.contains($0.key) }
    }
}
