import Bank
import Hummingbird
import Pages
import Store

/// The outlet's analyses.
struct AnalyseRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self).get("below-standard", use: belowStandard)
    }

    @Sendable private func belowStandard(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .outletReports)
        let question = BelowStandardPage.Question(Form(encoded: request.uri.query ?? "") ?? Form())
        let page = try await branch.ask { try BelowStandardPage($0, question, for: session) }
        return try await branch.site.respond(page, request, context)
    }
}

extension BelowStandardPage {
    fileprivate init(_ store: BranchStore, _ question: Question, for session: Session) throws {
        let all = try store.belowStandard(for: session.staffID)
        let names = try store.names(of: all.compactMap { $0.ownership.owner?.manager })
        let rows = all.sorted(by: question.sort, number: \.customer) { $0.rank($1, names) }
        self.init(
            rows: Paging.rows(of: rows, on: question.page).map {
                Row(
                    number: $0.customer, name: Mask.name($0.name), card: $0.card, tier: $0.tier,
                    months: $0.months, since: $0.since, average: $0.average, gap: $0.gap,
                    owner: $0.ownerName(names))
            }, total: all.count, question: question)
    }
}

extension BelowStandard {
    fileprivate func ownerName(_ names: [StaffID: String]) -> String {
        guard let owner = ownership.owner else { return "–" }
        return owner.manager.map { names[$0] ?? $0.rawValue } ?? owner.outlet.rawValue
    }

    fileprivate func rank(
        _ order: BelowStandardPage.Order, _ names: [StaffID: String]
    ) -> Rank {
        switch order {
        case .name: .text(name)
        case .number: .text(customer.rawValue)
        case .card: .place(card)
        case .tier: .place(tier)
        case .months: .number(Int64(months))
        case .average: .number(average.rawValue)
        case .gap: .number(gap.rawValue)
        case .owner: .text(ownerName(names))
        }
    }
}
