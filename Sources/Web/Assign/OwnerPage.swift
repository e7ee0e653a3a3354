package import Bank
package import Pages

/// Who looks after any customer of the first-tier branch; there is always an answer.
package struct OwnerPage: Page {
    package static let template = "assign/owner"

    package let title = Text("owner.title")
    package let number: String
    package let answer: Answer?

    /// `answer` is nil where nothing was asked yet.
    package init(number: String = "", answer: Answer? = nil) {
        self.number = number
        self.answer = answer
    }

    package struct Answer: Sendable {
        package let customer: CustomerNumber
        package let owner: Owner?
        package let state: Badge
        package let meaning: Text
        package let asOf: Moment?
        /// Own claims on the customer that head office has not seen.
        package let pendingHere: Int
        package let hasPending: Bool
        package let whyLink: String
        /// The customer's page, for those who may open it.
        package let customerLink: String?

        package init(
            customer: CustomerNumber, owner: Owner?, state: Ownership.State, asOf: Moment?,
            pendingHere: Int, opensCustomer: Bool
        ) {
            let segment = PageLink.encoded(customer.rawValue)
            self.customer = customer
            self.owner = owner
            self.state = Badge(state)
            meaning = Text("state.\(state.rawValue)-meaning")
            self.asOf = asOf
            self.pendingHere = pendingHere
            hasPending = pendingHere > 0
            whyLink = "/ownership/\(segment)"
            customerLink = opensCustomer ? "/customers/\(segment)" : nil
        }
    }
}
