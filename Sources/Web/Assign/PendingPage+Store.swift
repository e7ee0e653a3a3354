import Bank
import Pages
import Store

extension PendingPage {
    init(_ store: BranchStore, _ question: Question, by supervisor: StaffID) throws {
        let pool = try store.pendingPool(by: supervisor)
        let names = Dictionary(pool.books.map { ($0.manager.id, $0.manager.name) }) { one, _ in one
        }
        let rows = pool.customers.filter { question.tier.holds($0.tier) }
            .sorted(by: question.sort, number: \.number) { $0.rank($1, names) }
        self.init(
            rows: Paging.rows(of: rows, on: question.page).map { Row($0, names) },
            counts: TierFilter.allCases.reduce(into: [:]) { counts, filter in
                counts[filter] = pool.customers.count { filter.holds($0.tier) }
            },
            elsewhere: pool.elsewhere,
            managers: pool.books.map {
                Manager(
                    id: $0.manager.id, name: $0.manager.name, book: $0.customers, bookCap: $0.cap)
            },
            bookCap: pool.books.first?.cap ?? 200, question: question,
            provisionalOn: try store.provisionalDate())
    }
}

extension PendingPage.Row {
    fileprivate init(_ customer: PendingCustomer, _ names: [StaffID: String]) {
        self.init(
            number: customer.number, name: Mask.name(customer.name), tier: customer.tier,
            assets: customer.financialAssets, everywhere: customer.firstTierAssets,
            daysWaiting: customer.daysWaiting,
            suggested: customer.suggestion.map { suggestion in
                PendingPage.Suggested(
                    manager: names[suggestion.manager] ?? suggestion.manager.rawValue,
                    reason: suggestion.reason,
                    formerUntil: suggestion.reason == .lightestBook ? nil : customer.former?.endedOn
                )
            })
    }
}

extension PendingCustomer {
    fileprivate func rank(_ order: PendingPage.Order, _ names: [StaffID: String]) -> Rank {
        switch order {
        case .name: .text(name)
        case .number: .text(number.rawValue)
        case .tier: .place(tier)
        case .assets: .number(financialAssets.rawValue)
        case .everywhere: .number(firstTierAssets.rawValue)
        case .waiting: .number(Int64(daysWaiting))
        case .suggested: .text(suggestion.map { names[$0.manager] ?? "" } ?? "")
        }
    }
}
