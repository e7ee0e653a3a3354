package import Bank
package import Pages

/// A manager's customers, or the whole outlet's for its supervisor.
package struct CustomersPage: Page {
    package static let template = "maintain/customers"

    package let title: Text
    package let filters: [Filter]
    package let columns: [Column]
    package let rows: [Row]
    package let hasRows: Bool
    package let paging: Paging
    package let showsOwner: Bool
    /// Until when some of the results are provisional.
    package let provisional: Text?

    /// - Parameter provisionalOn: the date that the first-tier branch has yet to close.
    package init(
        isOutlets: Bool, question: Question, counts: [TierFilter: Int], rows: [Row],
        provisionalOn: BusinessDay? = nil
    ) {
        provisional = provisionalOn.map { Text("decided.some-provisional", ["date": $0]) }
        title = Text(isOutlets ? "customers.outlet-title" : "customers.title")
        showsOwner = isOutlets
        self.rows = rows
        hasRows = !rows.isEmpty
        let page = question.link
        filters = TierFilter.allCases.map { filter in
            Filter(
                text: filter.text, count: counts[filter] ?? 0, isChosen: filter == question.tier,
                link: page.with("tier", filter == .all ? nil : filter.rawValue).with("page", nil)
                    .text)
        }
        columns = Order.allCases.filter { isOutlets || $0 != .owner }.map {
            Column($0.text, $0, isNumber: $0.isNumber, sort: question.sort, at: page)
        }
        paging = Paging(number: question.page, total: counts[question.tier] ?? 0, at: page)
    }

    /// Which customers, in which order; what the address asks for.
    package struct Question: Sendable, Equatable {
        package let tier: TierFilter
        package let sort: Sort<Order>
        /// Counts from 1.
        package let page: Int

        package init(
            tier: TierFilter = .all, sort: Sort<Order> = Sort(.average, descending: true),
            page: Int = 1
        ) {
            self.tier = tier
            self.sort = sort
            self.page = page
        }

        /// What the query does not say, or says wrongly, is as at the first visit.
        package init(_ query: Form) {
            self.init(
                tier: query["tier"].flatMap(TierFilter.init(rawValue:)) ?? .all,
                sort: query["sort"].flatMap { Sort($0) } ?? Sort(.average, descending: true),
                page: query["page"].flatMap(Int.init).map { min(max(1, $0), 100_000) } ?? 1)
        }

        var link: PageLink {
            PageLink(
                "/customers",
                [
                    "tier": tier == .all ? nil : tier.rawValue, "sort": sort.text,
                    "page": page == 1 ? nil : String(page),
                ])
        }
    }

    /// What a list can be ordered by; the customer number breaks ties.
    package enum Order: String, CaseIterable, Sendable {
        case name, number, pool, tier, assets, average, since, contact, owner

        var text: Text { Text("column.\(rawValue)") }
        var isNumber: Bool { self == .assets || self == .average }
    }

    package struct Filter: Sendable {
        package let text: Text
        package let count: Int
        package let isChosen: Bool
        package let link: String
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let pool: Badge
        package let tier: Badge
        package let isProvisional: Bool
        /// At this outlet, today's close.
        package let assets: HalfFen
        /// The year's average in the first-tier branch.
        package let average: Fen
        package let since: BusinessDay?
        package let contact: BusinessDay?
        package let owner: String?
        package let link: String

        package init(
            number: CustomerNumber, name: String, pool: Pool, tier: Tier?, assets: HalfFen,
            average: Fen, since: BusinessDay?, contact: BusinessDay?, owner: String? = nil,
            isProvisional: Bool = false
        ) {
            self.isProvisional = isProvisional
            self.number = number
            self.name = name
            self.pool = Badge(pool)
            self.tier = Badge(tier)
            self.assets = assets
            self.average = average
            self.since = since
            self.contact = contact
            self.owner = owner
            link = "/customers/\(PageLink.encoded(number.rawValue))"
        }
    }
}

extension TierFilter {
    var text: Text { Text(self == .all ? "customers.all" : "tier.\(rawValue)") }
}
