package import Bank
package import Pages

/// The receipt of an assignment: what became of each customer.
package struct AssignmentPage: Page {
    package static let template = "assign/assignment"

    package let title = Text("assignment.title")
    /// One for each manager who got somebody, by staff number.
    package let summaries: [Text]
    package let refusals: Text?
    /// By whom, for which date.
    package let entered: Text
    package let rows: [Row]

    package init(rows: [Row], entered: Text) {
        self.rows = rows
        self.entered = entered
        summaries = Dictionary(grouping: rows.filter(\.isDone), by: \.staff)
            .sorted { $0.key < $1.key }.map { _, rows in
                Text(
                    "assignment.summary",
                    ["count": rows.count, "manager": rows.first?.manager ?? ""])
            }
        let refused = rows.count { !$0.isDone }
        refusals = refused == 0 ? nil : Text("assignment.refusals", ["count": refused])
    }

    package var address: String? { "/pending" }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let staff: StaffID
        package let manager: String
        package let result: Badge
        package let sentence: Text
        package let isDone: Bool
        package let link: String
        package let whyLink: String

        /// Assigned, in the state that the claim has now.
        package init(
            number: CustomerNumber, name: String, to staff: StaffID, _ manager: String,
            assigned state: Ownership.State
        ) {
            self.init(
                number, name, staff, manager, Badge("result", "done"),
                Text("assignment.\(state.rawValue)"), true)
        }

        package init(
            number: CustomerNumber, name: String, to staff: StaffID, _ manager: String,
            refused refusal: Refusal
        ) {
            self.init(
                number, name, staff, manager, Badge("result", "refused"),
                Text(refusal.key, refusal.facts), false)
        }

        private init(
            _ number: CustomerNumber, _ name: String, _ staff: StaffID, _ manager: String,
            _ result: Badge, _ sentence: Text, _ isDone: Bool
        ) {
            self.number = number
            self.name = name
            self.staff = staff
            self.manager = manager
            self.result = result
            self.sentence = sentence
            self.isDone = isDone
            link = "/customers/\(PageLink.encoded(number.rawValue))"
            whyLink = "/ownership/\(PageLink.encoded(number.rawValue))"
        }
    }
}
