package import Bank
package import Pages

/// What became of each customer of an assignment.
package struct AssignmentPage: Page {
    package static let template = "assign/assignment"

    package let title = Text("assignment.title")
    package let summary: Text
    package let refusals: Text?
    package let rows: [Row]

    package init(manager: String, rows: [Row]) {
        self.rows = rows
        let refused = rows.filter { !$0.isDone }.count
        summary = Text(
            "assignment.summary", ["count": rows.count - refused, "manager": manager])
        refusals = refused == 0 ? nil : Text("assignment.refusals", ["count": refused])
    }

    package var address: String? { "/pending" }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let result: Badge
        package let sentence: Text
        package let isDone: Bool
        package let link: String

        /// Assigned, in the state that the claim has now.
        package init(number: CustomerNumber, name: String, assigned state: Ownership.State) {
            self.init(
                number, name, Badge("result", "done"), Text("assignment.\(state.rawValue)"), true)
        }

        package init(number: CustomerNumber, name: String, refused refusal: Refusal) {
            self.init(
                number, name, Badge("result", "refused"), Text(refusal.key, refusal.facts), false)
        }

        private init(
            _ number: CustomerNumber, _ name: String, _ result: Badge, _ sentence: Text,
            _ isDone: Bool
        ) {
            self.number = number
            self.name = name
            self.result = result
            self.sentence = sentence
            self.isDone = isDone
            link = "/customers/\(PageLink.encoded(number.rawValue))"
        }
    }
}
