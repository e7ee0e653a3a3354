package import Bank
package import Pages

/// Targets with an account here whom nobody owns, and the managers they can go to.
package struct PendingPage: Page {
    package static let template = "assign/pending"

    package let title = Text("pending.title")
    package let tabs: [PendingTab]
    package let columns: [Column]
    package let rows: [Row]
    package let hasRows: Bool
    package let managers: [Manager]
    package let paging: Paging
    package let cap: Text
    /// Until when the list is provisional.
    package let provisional: Text?

    package init(
        rows: [Row], total: Int, elsewhere: Int, managers: [Manager], bookCap: Int = 200,
        question: Question = Question(), provisionalOn: BusinessDay? = nil
    ) {
        provisional = provisionalOn.map { Text("decided.provisional", ["date": $0]) }
        self.rows = rows
        hasRows = !rows.isEmpty
        self.managers = managers
        tabs = PendingTab.both(pending: total, elsewhere: elsewhere, isElsewhere: false)
        columns = Order.allCases.map {
            Column($0.text, $0, isNumber: $0.isNumber, sort: question.sort, at: question.link)
        }
        paging = Paging(number: question.page, total: total, at: question.link)
        cap = Text("pending.cap", ["cap": bookCap])
    }

    /// What a list can be ordered by; the customer number breaks ties.
    package enum Order: String, CaseIterable, Sendable {
        case name, number, tier, assets, waiting

        var text: Text { Text(self == .assets ? "column.assets-here" : "column.\(rawValue)") }
        var isNumber: Bool { self == .assets || self == .waiting }
    }

    package struct Question: Sendable, Equatable {
        package let sort: Sort<Order>
        /// Counts from 1.
        package let page: Int

        package init(sort: Sort<Order> = Sort(.waiting, descending: true), page: Int = 1) {
            self.sort = sort
            self.page = page
        }

        /// What the query does not say, or says wrongly, is as at the first visit.
        package init(_ query: Form) {
            self.init(
                sort: query["sort"].flatMap { Sort($0) } ?? Sort(.waiting, descending: true),
                page: query["page"].flatMap(Int.init).map { min(max(1, $0), 100_000) } ?? 1)
        }

        var link: PageLink {
            PageLink(
                "/pending", ["sort": sort.text, "page": page == 1 ? nil : String(page)])
        }
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let tier: Badge
        package let assets: HalfFen
        package let waiting: Text
        package let link: String

        package init(
            number: CustomerNumber, name: String, tier: Tier?, assets: HalfFen, daysWaiting: Int
        ) {
            self.number = number
            self.name = name
            self.tier = Badge(tier)
            self.assets = assets
            waiting = Text("pending.days", ["days": daysWaiting])
            link = "/customers/\(PageLink.encoded(number.rawValue))"
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
