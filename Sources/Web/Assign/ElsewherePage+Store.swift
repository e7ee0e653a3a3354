import Bank
import Pages
import Store

extension ElsewherePage {
    init(_ store: BranchStore, _ question: Question, by supervisor: StaffID) throws {
        let all = try store.ownedElsewhere(by: supervisor)
        let names = try store.names(of: all.compactMap(\.owner.manager))
        let rows = all.sorted(by: question.sort, number: \.number) { $0.rank($1, names) }
        self.init(
            rows: Paging.rows(of: rows, on: question.page).map { customer in
                Row(
                    number: customer.number, name: Mask.name(customer.name),
                    owner: Owner(
                        manager: customer.owner.manager.map { names[$0] ?? $0.rawValue },
                        outlet: customer.outletName, since: customer.owner.since),
                    state: customer.state)
            },
            pending: try store.pendingCount(), total: all.count, question: question)
    }
}

extension OwnedElsewhere {
    fileprivate func rank(_ order: ElsewherePage.Order, _ names: [StaffID: String]) -> Rank {
        switch order {
        case .name: .text(name)
        case .number: .text(number.rawValue)
        case .outlet: .text(outletName)
        case .owner: .text(owner.manager.map { names[$0] ?? $0.rawValue } ?? "")
        case .state: .place(state)
        }
    }
}
