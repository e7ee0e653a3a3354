package import Bank
package import Pages

/// Who looks after a customer in each first-tier branch that knows them.
package struct OwnersPage: Page {
    package static let template = "head-office/owners"

    package let title = Text("owner.title")
    /// The customer number that was asked for; no other key is shown again.
    package let number: String
    package let result: Result?

    package struct Result: Sendable {
        package let answers: [Answer]
        package let hasAnswers: Bool
        /// Nil where another key was asked for: each answer has its own.
        package let whyLink: String?
    }

    /// What one first-tier branch says.
    package struct Answer: Sendable {
        package let customer: CustomerNumber
        /// Surname and stars, where somebody says it.
        package let name: String?
        package let firstTier: String
        package let owner: Owner?
        package let state: Badge
        package let meaning: Text
        package let whyLink: String

        package init(
            firstTier: String, owner: Owner?, state: Ownership.State,
            customer: CustomerNumber = "", name: String? = nil
        ) {
            self.customer = customer
            self.name = name
            self.firstTier = firstTier
            self.owner = owner
            self.state = Badge(state)
            meaning = Text("state.\(state.rawValue)-meaning")
            whyLink = "/ownership/\(PageLink.encoded(customer.rawValue))"
        }
    }

    /// `answers` is nil where nothing was asked yet, and empty where no branch knows the number.
    package init(number: String = "", answers: [Answer]? = nil) {
        self.number = number
        result = answers.map {
            Result(
                answers: $0, hasAnswers: !$0.isEmpty,
                whyLink: "/ownership/\(PageLink.encoded(number))")
        }
    }

    /// Everybody who has a key, perhaps nobody.
    package init(found answers: [Answer]) {
        number = ""
        result = Result(answers: answers, hasAnswers: !answers.isEmpty, whyLink: nil)
    }

    package var address: String? {
        number.isEmpty ? "/owner" : "/owner?number=\(PageLink.encoded(number))"
    }
}
