package import Bank
package import Pages

/// The requests and objections of a first-tier branch: the open ones, then those that are closed.
package struct DisputesPage: Page {
    package static let template = "head-office/disputes"

    package let title = Text("disputes.title")
    package let open: [Row]
    package let closed: [Row]
    package let hasOpen: Bool
    package let hasClosed: Bool

    package init(rows: [Row]) {
        open = rows.filter { $0.view.ending == nil }
        closed = rows.filter { $0.view.ending != nil }
        hasOpen = !open.isEmpty
        hasClosed = !closed.isEmpty
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        package let view: DisputeView
        package let link: String

        package init(number: CustomerNumber, id: DisputeStepID, view: DisputeView) {
            self.number = number
            self.view = view
            link = "/disputes/\(PageLink.encoded(id.rawValue))"
        }
    }
}
