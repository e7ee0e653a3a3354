package import Bank
package import Pages

/// For whom the reader stands in, with those customers; and who stands in for whom.
package struct DeputiesPage: Page {
    package static let template = "assign/deputies"

    package let title = Text("deputies.title")
    package let books: [Book]
    package let hasBooks: Bool
    package let delegations: [Delegation]
    package let hasDelegations: Bool
    package let form: Naming

    package init(books: [Book], delegations: [Delegation], form: Naming) {
        self.books = books
        hasBooks = !books.isEmpty
        self.delegations = delegations
        hasDelegations = !delegations.isEmpty
        self.form = form
    }

    package var address: String? { "/deputies" }

    /// The customers of a manager on leave.
    package struct Book: Sendable {
        package let title: Text
        package let rows: [Row]

        package init(manager: String, rows: [Row]) {
            title = Text("deputies.for", ["name": manager])
            self.rows = rows
        }
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let tier: Badge
        package let assets: HalfFen
        package let contact: BusinessDay?
        package let link: String

        package init(
            number: CustomerNumber, name: String, tier: Tier?, assets: HalfFen,
            contact: BusinessDay?
        ) {
            self.number = number
            self.name = name
            self.tier = Badge(tier)
            self.assets = assets
            self.contact = contact
            link = "/customers/\(PageLink.encoded(number.rawValue))"
        }
    }

    package struct Delegation: Sendable {
        package let manager: String
        package let deputy: String
        package let from: BusinessDay
        package let through: BusinessDay
        package let reason: String
        package let state: Badge
        /// Where it is ended; nil where it has ended.
        package let ending: String?

        package init(
            _ delegation: Bank.Delegation, manager: String, deputy: String, on day: BusinessDay
        ) {
            self.manager = manager
            self.deputy = deputy
            from = delegation.days.lowerBound
            through = delegation.days.upperBound
            reason = delegation.reason
            let state = delegation.state(on: day)
            self.state = Badge("delegation", state.rawValue)
            ending = state == .ended ? nil : "/deputies/\(delegation.number)/ending"
        }
    }

    /// The form that names a deputy, with what was typed where it was refused.
    package struct Naming: Sendable {
        package let managers: [Choice]
        package let deputies: [Choice]
        package let from: String
        package let through: String
        package let reason: String
        package let longestReason: String
        package let failure: Text?

        package init(
            managers: [Choice], deputies: [Choice], from: String = "", through: String = "",
            reason: String = "", failure: Text? = nil
        ) {
            self.managers = managers
            self.deputies = deputies
            self.from = from
            self.through = through
            self.reason = reason
            longestReason = String(DisputeStep.longestText)
            self.failure = failure
        }
    }

    package struct Choice: Sendable {
        package let id: StaffID
        package let name: String
        package let isChosen: Bool

        package init(id: StaffID, name: String, isChosen: Bool) {
            self.id = id
            self.name = name
            self.isChosen = isChosen
        }
    }
}
