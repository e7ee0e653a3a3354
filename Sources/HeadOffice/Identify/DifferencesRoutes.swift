import Bank
import HeadOfficeStore
import Hummingbird
import Pages

/// The first-tier supervisor's list of what closing again decided otherwise.
struct DifferencesRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("differences", use: list)
            .post("differences/seen", use: mark)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .settleNow, atLeast: .firstTier)
        let number = Form(encoded: request.uri.query ?? "")?["page"].flatMap(Int.init) ?? 1
        let page = try await bank.ask { store in
            guard let code = try Scope(store, session, for: .settleNow).unit else {
                throw Trouble.forbidden
            }
            let units = Dictionary(try store.units().map { ($0.code, $0.name) }) { first, _ in
                first
            }
            let people = try store.staffNames()
            let total = try store.openDifferences(of: code)
            let page = Paging.range(of: total, on: number)
            let (open, seen) = try store.differences(
                of: code, open: page, seen: Paging.size, by: session.staffID.rawValue)
            func rows(_ differences: [TierDifference]) -> [DifferencesPage.Row] {
                differences.map { DifferencesPage.Row($0, units, people) }
            }
            return DifferencesPage(
                open: rows(open), of: total, seen: rows(seen),
                page: page.lowerBound / Paging.size + 1)
        }
        return try await bank.site.respond(page, request, context)
    }

    @Sendable private func mark(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .settleNow, atLeast: .firstTier)
        let numbers = context.form.all("number").compactMap { Int64($0) }
        guard !numbers.isEmpty else { throw Trouble.refused(Text("differences.nothing-chosen")) }
        try await bank.ask { _ = try $0.markSeen(numbers, by: session.staffID) }
        return bank.site.redirect(
            to: "/differences", saying: Text("flash.differences-seen"), request)
    }
}

extension DifferencesPage.Row {
    fileprivate init(
        _ difference: TierDifference, _ units: [UnitCode: String], _ people: [StaffID: String]
    ) {
        self.init(
            number: difference.number, customer: difference.customer, dates: difference.dates,
            then: .init(difference.then.pool, difference.then.tier),
            now: difference.now.map { .init($0.pool, $0.tier) },
            cause: Text("difference.\(difference.cause.rawValue)"),
            outlets: difference.outlets.map { units[$0] ?? $0.rawValue },
            foundAt: Moment(unixMilliseconds: difference.foundAt),
            seenBy: difference.seenBy.map { people[$0] ?? $0.rawValue },
            seenAt: difference.seenAt.map(Moment.init))
    }
}
