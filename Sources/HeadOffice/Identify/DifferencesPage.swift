package import Bank
package import Pages

/// What late or corrected figures decided otherwise on closed dates: the open ones, to mark as
/// seen, and the last ones that were.
package struct DifferencesPage: Page {
    package static let template = "head-office/differences"

    package let title = Text("differences.title")
    package let open: [Row]
    package let seen: [Row]
    package let hasOpen: Bool
    package let hasSeen: Bool
    package let paging: Paging

    /// - Parameters:
    ///   - open: those of the page.
    ///   - total: how many are open.
    ///   - page: counted from 1.
    package init(open: [Row], of total: Int, seen: [Row], page: Int = 1) {
        self.open = open
        self.seen = seen
        hasOpen = !open.isEmpty
        hasSeen = !seen.isEmpty
        paging = Paging(number: page, total: total, at: PageLink("/differences"))
    }

    package struct Row: Sendable {
        package let number: String
        package let customer: CustomerNumber
        package let link: String
        package let from: BusinessDay
        package let through: BusinessDay
        package let then: [Badge]
        /// None where no outlet knows the customer any more.
        package let now: [Badge]
        package let cause: Text
        package let outlets: String
        package let foundAt: Moment
        package let seenBy: String?
        package let seenAt: Moment?

        /// `cause` is the difference's; the names are those of outlets and staff.
        package init(
            number: Int64, customer: CustomerNumber, dates: ClosedRange<BusinessDay>,
            then: Decided, now: Decided?, cause: Text, outlets: [String], foundAt: Moment,
            seenBy: String? = nil, seenAt: Moment? = nil
        ) {
            self.number = String(number)
            self.customer = customer
            link = "/ownership/\(PageLink.encoded(customer.rawValue))"
            from = dates.lowerBound
            through = dates.upperBound
            self.then = then.badges
            self.now = now?.badges ?? []
            self.cause = cause
            self.outlets = outlets.joined(separator: ", ")
            self.foundAt = foundAt
            self.seenBy = seenBy
            self.seenAt = seenAt
        }
    }

    /// A pool and tier as they were decided.
    package struct Decided: Sendable {
        fileprivate let badges: [Badge]

        package init(_ pool: Pool, _ tier: Tier?) {
            badges = [Badge(pool)] + (tier.map { [Badge($0)] } ?? [])
        }
    }
}
