package import Bank
package import Pages

/// Customers who hold a card above their tier: a manager's own, or the whole outlet's.
package struct BelowStandardPage: Page {
    package static let template = "analyse/below-standard"

    package let title = Text("below.title")
    package let columns: [Column]
    package let rows: [Row]
    package let hasRows: Bool
    package let paging: Paging

    package init(rows: [Row], total: Int, question: Question = Question()) {
        self.rows = rows
        hasRows = !rows.isEmpty
        columns = Order.allCases.map {
            Column($0.text, $0, isNumber: $0.isNumber, sort: question.sort, at: question.link)
        }
        paging = Paging(number: question.page, total: total, at: question.link)
    }

    /// What the list can be ordered by; the customer number breaks ties.
    package enum Order: String, CaseIterable, Sendable {
        case name, number, card, tier, months, average, gap, owner

        var text: Text {
            switch self {
            case .card, .months, .gap: Text("below.\(rawValue)")
            case .tier: Text("below.tier")
            case .name, .number, .average, .owner: Text("column.\(rawValue)")
            }
        }
        var isNumber: Bool { self == .months || self == .average || self == .gap }
    }

    package struct Question: Sendable, Equatable {
        package let sort: Sort<Order>
        /// Counts from 1.
        package let page: Int

        package init(sort: Sort<Order> = Sort(.months, descending: true), page: Int = 1) {
            self.sort = sort
            self.page = page
        }

        /// What the query does not say, or says wrongly, is as at the first visit.
        package init(_ query: Form) {
            self.init(
                sort: query["sort"].flatMap { Sort($0) } ?? Sort(.months, descending: true),
                page: query["page"].flatMap(Int.init).map { min(max(1, $0), 100_000) } ?? 1)
        }

        var link: PageLink {
            PageLink(
                "/below-standard",
                ["sort": sort.text, "page": page == 1 ? nil : String(page)])
        }
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let card: Badge
        package let tier: Badge
        package let months: Int
        package let since: BusinessDay
        package let average: Fen
        package let gap: Fen
        package let owner: String
        package let link: String

        package init(
            number: CustomerNumber, name: String, card: Tier, tier: Tier?, months: Int,
            since: BusinessDay, average: Fen, gap: Fen, owner: String
        ) {
            self.number = number
            self.name = name
            self.card = Badge(card)
            self.tier = Badge(tier)
            self.months = months
            self.since = since
            self.average = average
            self.gap = gap
            self.owner = owner
            link = "/customers/\(PageLink.encoded(number.rawValue))"
        }
    }
}
