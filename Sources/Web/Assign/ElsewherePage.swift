package import Bank
package import Pages

/// Targets with an account here whom another outlet looks after: only by whom.
package struct ElsewherePage: Page {
    package static let template = "assign/elsewhere"

    package let title = Text("elsewhere.title")
    package let tabs: [PendingTab]
    package let columns: [Column]
    package let rows: [Row]
    package let hasRows: Bool
    package let paging: Paging

    package init(rows: [Row], pending: Int, total: Int, question: Question = Question()) {
        self.rows = rows
        hasRows = !rows.isEmpty
        tabs = PendingTab.both(pending: pending, elsewhere: total, isElsewhere: true)
        columns = Order.allCases.map {
            Column($0.text, $0, sort: question.sort, at: question.link)
        }
        paging = Paging(number: question.page, total: total, at: question.link)
    }

    /// What the list can be ordered by; the customer number breaks ties.
    package enum Order: String, CaseIterable, Sendable {
        case name, number, outlet, owner, state

        var text: Text { Text(self == .outlet ? "elsewhere.outlet" : "column.\(rawValue)") }
    }

    package struct Question: Sendable, Equatable {
        package let sort: Sort<Order>
        /// Counts from 1.
        package let page: Int

        package init(sort: Sort<Order> = Sort(.number), page: Int = 1) {
            self.sort = sort
            self.page = page
        }

        /// What the query does not say, or says wrongly, is as at the first visit.
        package init(_ query: Form) {
            self.init(
                sort: query["sort"].flatMap { Sort($0) } ?? Sort(.number),
                page: query["page"].flatMap(Int.init).map { min(max(1, $0), 100_000) } ?? 1)
        }

        var link: PageLink {
            PageLink(
                "/pending/elsewhere",
                ["sort": sort.text, "page": page == 1 ? nil : String(page)])
        }
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let owner: Owner
        package let state: Badge
        package let whyLink: String
        /// Where the customer can be asked for.
        package let requestLink: String

        package init(
            number: CustomerNumber, name: String, owner: Owner, state: Ownership.State
        ) {
            self.number = number
            self.name = name
            self.owner = owner
            self.state = Badge(state)
            whyLink = "/ownership/\(PageLink.encoded(number.rawValue))"
            requestLink = "\(whyLink)#ask-manager"
        }
    }
}
