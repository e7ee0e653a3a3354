package import Bank
package import Pages

/// Who would get whom, and what that makes of the books, before it is confirmed.
package struct PreviewPage: Page {
    package static let template = "assign/preview"

    package let title = Text("preview.title")
    package let summary: Text
    package let refusals: Text?
    /// That somebody's book would be larger than is advised.
    package let caution: Text?
    package let books: [BookRow]
    package let rows: [Row]
    /// What the form carries: `AssignmentOrder`.
    package let plan: String
    package let hasPlan: Bool

    package init(
        rule: Distribution.Rule, date: BusinessDay, rows: [Row], books: [BookRow],
        order: AssignmentOrder
    ) {
        self.rows = rows
        self.books = books
        let refused = rows.count { $0.manager == nil }
        summary = Text(
            "preview.summary",
            [
                "count": rows.count - refused, "managers": books.count,
                "rule": Text("evenly.\(rule.rawValue)"), "date": date,
            ])
        refusals = refused == 0 ? nil : Text("preview.refusals", ["count": refused])
        let full = books.count { $0.warning != nil }
        caution = full == 0 ? nil : Text("preview.caution", ["count": full])
        plan = order.text
        hasPlan = rows.count > refused
    }

    package var address: String? { "/pending" }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let tier: Badge?
        package let assets: HalfFen?
        /// Who would get the customer; nil where nobody can.
        package let manager: String?
        /// Why nobody can.
        package let sentence: Text?

        package init(
            number: CustomerNumber, name: String, tier: Tier?, assets: HalfFen, to manager: String
        ) {
            self.number = number
            self.name = name
            self.tier = Badge(tier)
            self.assets = assets
            self.manager = manager
            sentence = nil
        }

        package init(number: CustomerNumber, name: String, refused refusal: Refusal) {
            self.number = number
            self.name = name
            (tier, assets, manager) = (nil, nil, nil)
            sentence = Text(refusal.key, refusal.facts)
        }
    }
}

/// A manager's book before and after.
package struct BookRow: Sendable {
    package let manager: String
    package let staff: StaffID
    package let before: Int
    package let after: Int
    package let assetsBefore: HalfFen
    package let assetsAfter: HalfFen
    /// That the book is larger than is advised.
    package let warning: Text?

    package init(
        manager: String, staff: StaffID, before: BookSize, after: BookSize, cap: Int
    ) {
        self.manager = manager
        self.staff = staff
        self.before = before.customers
        self.after = after.customers
        assetsBefore = before.assets
        assetsAfter = after.assets
        warning = after.customers > cap ? Text("preview.over", ["cap": cap]) : nil
    }
}
