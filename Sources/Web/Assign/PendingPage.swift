package import Bank
package import Pages

/// Targets with an account here whom nobody owns, and the managers they can go to.
package struct PendingPage: Page {
    package static let template = "assign/pending"

    package let title = Text("pending.title")
    package let tabs: [PendingTab]
    package let filters: [Filter]
    package let columns: [Column]
    package let rows: [Row]
    package let hasRows: Bool
    package let managers: [Manager]
    package let rules: [Choice]
    package let paging: Paging
    package let cap: Text
    /// The list's filter, which the form carries on.
    package let tier: String
    /// All of the list, not just one page of it.
    package let whole: Text
    /// Until when the list is provisional.
    package let provisional: Text?

    /// - Parameters:
    ///   - rows: of the page asked for.
    ///   - counts: how many await assignment, by filter.
    ///   - elsewhere: how many are owned elsewhere.
    ///   - provisionalOn: the date that the first-tier branch has yet to close.
    package init(
        rows: [Row], counts: [TierFilter: Int], elsewhere: Int, managers: [Manager],
        bookCap: Int = 200, question: Question = Question(), provisionalOn: BusinessDay? = nil
    ) {
        provisional = provisionalOn.map { Text("decided.provisional", ["date": $0]) }
        self.rows = rows
        hasRows = !rows.isEmpty
        self.managers = managers
        tabs = PendingTab.both(
            pending: counts[.all] ?? 0, elsewhere: elsewhere, isElsewhere: false)
        filters = TierFilter.allCases.map { filter in
            Filter(
                text: filter.text, count: counts[filter] ?? 0, isChosen: filter == question.tier,
                link: question.link.with("tier", filter == .all ? nil : filter.rawValue)
                    .with("page", nil).text)
        }
        columns = Order.allCases.map {
            Column($0.text, $0, isNumber: $0.isNumber, sort: question.sort, at: question.link)
        }
        let total = counts[question.tier] ?? 0
        paging = Paging(number: question.page, total: total, at: question.link)
        cap = Text("pending.cap", ["cap": bookCap])
        tier = question.tier.rawValue
        whole =
            question.tier == .all
            ? Text("pending.whole", ["count": total])
            : Text("pending.whole-tier", ["count": total, "tier": question.tier.text])
        rules = Distribution.Rule.allCases.map {
            Choice(value: $0.rawValue, text: Text("evenly.\($0.rawValue)"), isChosen: $0 == .count)
        }
    }

    /// What a list can be ordered by; the customer number breaks ties.
    package enum Order: String, CaseIterable, Sendable {
        case name, number, tier, assets, everywhere, waiting, suggested

        var text: Text {
            switch self {
            case .assets: Text("column.assets-here")
            case .everywhere: Text("column.assets-first-tier")
            default: Text("column.\(rawValue)")
            }
        }

        var isNumber: Bool { self == .assets || self == .everywhere || self == .waiting }
    }

    package struct Question: Sendable, Equatable {
        package let tier: TierFilter
        package let sort: Sort<Order>
        /// Counts from 1.
        package let page: Int

        package init(
            tier: TierFilter = .all, sort: Sort<Order> = Sort(.waiting, descending: true),
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
                sort: query["sort"].flatMap { Sort($0) } ?? Sort(.waiting, descending: true),
                page: query["page"].flatMap(Int.init).map { min(max(1, $0), 100_000) } ?? 1)
        }

        var link: PageLink {
            PageLink(
                "/pending",
                [
                    "tier": tier == .all ? nil : tier.rawValue, "sort": sort.text,
                    "page": page == 1 ? nil : String(page),
                ])
        }
    }

    package struct Filter: Sendable {
        package let text: Text
        package let count: Int
        package let isChosen: Bool
        package let link: String
    }

    package struct Choice: Sendable {
        package let value: String
        package let text: Text
        package let isChosen: Bool
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let tier: Badge
        package let assets: HalfFen
        /// In the first-tier branch, this outlet's included.
        package let everywhere: HalfFen
        package let waiting: Text
        package let suggested: Suggested?
        package let link: String

        package init(
            number: CustomerNumber, name: String, tier: Tier?, assets: HalfFen,
            everywhere: HalfFen, daysWaiting: Int, suggested: Suggested? = nil
        ) {
            self.everywhere = everywhere
            self.number = number
            self.name = name
            self.tier = Badge(tier)
            self.assets = assets
            waiting = Text("pending.days", ["days": daysWaiting])
            self.suggested = suggested
            link = "/customers/\(PageLink.encoded(number.rawValue))"
        }
    }

    /// Which manager could have the customer, and why.
    package struct Suggested: Sendable {
        package let manager: String
        package let why: Text

        package init(
            manager: String, reason: Suggestion.Reason, formerUntil ended: BusinessDay? = nil
        ) {
            self.manager = manager
            why =
                ended.map { Text("suggestion.\(reason.rawValue)-until", ["date": $0]) }
                ?? Text("suggestion.\(reason.rawValue)")
        }
    }

    /// A manager of the outlet with the size of their book.
    package struct Manager: Sendable {
        package let id: StaffID
        package let label: Text
        package let isFull: Bool

        package init(id: StaffID, name: String, book: Int, bookCap: Int = 200) {
            self.id = id
            isFull = book >= bookCap
            label = Text(
                isFull ? "pending.manager-full" : "pending.manager",
                ["name": name, "staff": id, "book": book])
        }
    }
}

/// The two lists of the assignment page.
package struct PendingTab: Sendable {
    package let text: Text
    package let count: Int
    package let link: String
    package let isChosen: Bool

    static func both(pending: Int, elsewhere: Int, isElsewhere: Bool) -> [PendingTab] {
        [
            PendingTab(
                text: Text("pending.tab-pending"), count: pending, link: "/pending",
                isChosen: !isElsewhere),
            PendingTab(
                text: Text("pending.tab-elsewhere"), count: elsewhere, link: "/pending/elsewhere",
                isChosen: isElsewhere),
        ]
    }
}
