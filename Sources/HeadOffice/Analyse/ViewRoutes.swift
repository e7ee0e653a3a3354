import Bank
import HeadOfficeStore
import Hummingbird
import Pages

/// The consolidated view: the bank, a first-tier branch, or a supervisor's own units.
struct ViewRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self).get("/", use: show)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .consolidatedViews)
        let page = try await bank.ask { store in
            let scope = try Scope(store, session, for: .consolidatedViews)
            let now = store.now()
            return ViewPage(
                branches: try store.customersView(of: scope.unit, by: session.staffID.rawValue)
                    .map { ViewPage.Branch($0, at: now) }, persons: nil)
        }
        return try await bank.site.respond(page, request, context)
    }
}

extension ViewPage.Branch {
    fileprivate init(_ branch: FirstTierCustomers, at now: Int64) {
        self.init(
            code: branch.unit.code, name: branch.unit.name,
            outlets: branch.outlets.map { row in
                ViewPage.Outlet(
                    code: row.outlet.code, name: row.outlet.name, figures: ViewPage.Figures(row),
                    closedThrough: row.businessDate,
                    contact: LastContact(row.contactedAt, now: now))
            },
            persons: branch.persons.total,
            closed: branch.closed.map { mark in
                mark.late.isEmpty
                    ? Text("view.closed-all", ["date": mark.through.description])
                    : Text(
                        "view.closed-late",
                        [
                            "date": mark.through.description,
                            "outlets": mark.late.map(\.rawValue).joined(separator: ", "),
                        ])
            })
    }
}

extension ViewPage.Figures {
    fileprivate init(_ row: OutletCustomers) {
        self.init(
            retained: row.counts.pools[.retained] ?? 0,
            potential: row.counts.pools[.potential] ?? 0, target: row.counts.pools[.target] ?? 0,
            diamond: row.counts.tiers[.diamond] ?? 0, platinum: row.counts.tiers[.platinum] ?? 0,
            gold: row.counts.tiers[.gold] ?? 0, assets: row.financialAssets)
    }
}

extension LastContact {
    /// A node that was quiet for so long is shown as unknown since then, milliseconds.
    private static let quietMaximum: Int64 = 60 * 60 * 1000

    init(_ contactedAt: Int64?, now: Int64) {
        guard let contactedAt else {
            self = .never
            return
        }
        let moment = Moment(unixMilliseconds: contactedAt)
        self = now - contactedAt > Self.quietMaximum ? .silent(since: moment) : .heard(moment)
    }
}
