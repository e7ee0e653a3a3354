package import Bank
package import Pages

/// Targets with an account here whom another outlet looks after: only by whom.
package struct ElsewherePage: Page {
    package static let template = "assign/elsewhere"

    package let title = Text("elsewhere.title")
    package let tabs: [PendingTab]
    package let rows: [Row]
    package let hasRows: Bool
    package let paging: Paging

    /// `page` counts from 1.
    package init(rows: [Row], pending: Int, total: Int, page: Int = 1) {
        self.rows = rows
        hasRows = !rows.isEmpty
        tabs = PendingTab.both(pending: pending, elsewhere: total, isElsewhere: true)
        paging = Paging(number: page, total: total, at: PageLink("/pending/elsewhere"))
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let owner: Owner
        package let state: Badge
        package let whyLink: String

        package init(
            number: CustomerNumber, name: String, owner: Owner, state: Ownership.State
        ) {
            self.number = number
            self.name = name
            self.owner = owner
            self.state = Badge(state)
            whyLink = "/ownership/\(PageLink.encoded(number.rawValue))"
        }
    }
}
