package import Bank
package import Pages

/// Who looks after a customer in each first-tier branch that knows the number.
package struct OwnersPage: Page {
    package static let template = "head-office/owners"

    package let title = Text("owner.title")
    package let number: String
    package let result: Result?

    package struct Result: Sendable {
        package let answers: [Answer]
        package let hasAnswers: Bool
        package let whyLink: String
    }

    /// What one first-tier branch says.
    package struct Answer: Sendable {
        package let firstTier: String
        package let owner: Owner?
        package let state: Badge
        package let meaning: Text

        package init(firstTier: String, owner: Owner?, state: Ownership.State) {
            self.firstTier = firstTier
            self.owner = owner
            self.state = Badge(state)
            meaning = Text("state.\(state.rawValue)-meaning")
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
}
