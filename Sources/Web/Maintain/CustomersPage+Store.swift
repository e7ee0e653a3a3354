import Bank
import Pages
import Store

extension CustomersPage {
    /// The reader's own customers; the outlet's for those whose role reaches it.
    init(_ store: BranchStore, _ question: Question, for session: Session) throws {
        let isOutlets = session.reach(for: .holdings) > .own
        let all = try store.customers(
            of: isOutlets ? nil : session.staffID, by: session.staffID.rawValue)
        let names = try store.names(of: all.compactMap { $0.position.ownership.owner?.manager })
        let chosen = all.filter { question.tier.holds($0.position.standing.tier) }
        let rows = chosen.sorted(by: question.sort, number: \.position.number) { row, order in
            row.rank(order, names)
        }
        self.init(
            isOutlets: isOutlets, question: question,
            counts: TierFilter.allCases.reduce(into: [:]) { counts, filter in
                counts[filter] = all.count { filter.holds($0.position.standing.tier) }
            },
            rows: Paging.rows(of: rows, on: question.page).map { Row($0, names) },
            provisionalOn: rows.first(where: \.position.isProvisional)?.position.businessDate)
    }
}

extension CustomersPage.Row {
    fileprivate init(_ row: CustomerRowView, _ names: [StaffID: String]) {
        let position = row.position
        let owner = position.ownership.owner
        self.init(
            number: position.number, name: Mask.name(row.name), pool: position.standing.pool,
            tier: position.standing.tier, assets: position.here,
            average: position.average, since: owner?.since, contact: row.lastContact,
            owner: owner?.manager.map { names[$0] ?? $0.rawValue },
            isProvisional: position.isProvisional)
    }
}

extension CustomerRowView {
    fileprivate func rank(_ order: CustomersPage.Order, _ names: [StaffID: String]) -> Rank {
        let standing = position.standing
        return switch order {
        case .name: .text(name)
        case .number: .text(position.number.rawValue)
        case .pool: .place(standing.pool)
        case .tier: .place(standing.tier)
        case .assets: .number(position.here.rawValue)
        case .average: .number(position.average.rawValue)
        case .since: .day(position.ownership.owner?.since)
        case .contact: .day(lastContact)
        case .owner: .text(position.ownership.owner?.manager.flatMap { names[$0] } ?? "")
        }
    }
}
