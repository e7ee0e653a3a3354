package import Bank
package import Pages

/// Who looks after any customer of the first-tier branch; there is always an answer.
package struct OwnerPage: Page {
    package static let template = "assign/owner"

    package let title = Text("owner.title")
    /// The customer number that was asked for; no other key is shown again.
    package let number: String
    package let answers: [Answer]
    /// Nobody was found; nil where somebody was, and where nothing was asked yet.
    package let nobody: Nobody?
    package let isIdle: Bool
    /// Why head office, which may know more, gave no answer; nil where it did or has none to give.
    package let unanswered: Text?
    /// Whether more have the key than are shown.
    package let hasMore: Bool

    /// `answer` is nil where nothing was asked yet.
    package init(number: String = "", answer: Answer? = nil, unanswered: Text? = nil) {
        self.unanswered = unanswered
        hasMore = false
        self.number = number
        answers = answer.map { [$0] } ?? []
        nobody = nil
        isIdle = answer == nil
    }

    /// Everybody who has a key, perhaps nobody.
    ///
    /// - Parameter isAnswered: whether head office knows nobody either.
    package init(
        found answers: [Answer], asOf: Moment?, isAnswered: Bool = false,
        unanswered: Text? = nil, hasMore: Bool = false
    ) {
        self.unanswered = unanswered
        self.hasMore = hasMore
        number = ""
        self.answers = answers
        nobody = answers.isEmpty ? Nobody(asOf: asOf, isAnswered: isAnswered) : nil
        isIdle = false
    }

    package var address: String? {
        number.isEmpty ? "/owner" : "/owner?number=\(PageLink.encoded(number))"
    }

    package struct Nobody: Sendable {
        package let asOf: Moment?
        package let known: Text

        init(asOf: Moment?, isAnswered: Bool) {
            self.asOf = asOf
            known = Text(isAnswered ? "query.nobody-anywhere" : "key.nobody-known")
        }
    }

    package struct Answer: Sendable {
        /// In full for those who asked by it or whose outlet serves the customer.
        package let customer: String
        /// Surname and stars, where somebody says it.
        package let name: String?
        package let owner: Owner?
        package let state: Badge
        package let meaning: Text
        package let asOf: Moment?
        /// Own claims on the customer that head office has not seen.
        package let pendingHere: Int
        package let hasPending: Bool
        /// Nil where the number is masked.
        package let whyLink: String?
        /// The customer's page, for those who may open it.
        package let customerLink: String?
        /// Of a customer of the outlet, for those who may query any customer.
        package let facts: Facts?

        package init(
            customer: CustomerNumber, owner: Owner?, state: Ownership.State, asOf: Moment?,
            pendingHere: Int, opensCustomer: Bool, name: String? = nil, isMasked: Bool = false,
            facts: Facts? = nil
        ) {
            let segment = PageLink.encoded(customer.rawValue)
            self.customer = isMasked ? Mask.customerNumber(customer) : customer.rawValue
            self.name = name
            self.owner = owner
            self.state = Badge(state)
            meaning = Text("state.\(state.rawValue)-meaning")
            self.asOf = asOf
            self.pendingHere = pendingHere
            hasPending = pendingHere > 0
            whyLink = isMasked ? nil : "/ownership/\(segment)"
            customerLink = opensCustomer ? "/customers/\(segment)" : nil
            self.facts = facts
        }
    }

    /// Who they are, masked, and where they stand; no balances.
    package struct Facts: Sendable {
        package let idNumber: String
        package let mobile: String
        package let pool: Badge?
        package let tier: Badge?
        package let businessDate: BusinessDay?
        /// Nil where it is not known.
        package let card: Text?
        /// Who says so.
        package let source: Text
        /// Who looked after the customer and when, a sentence each.
        package let history: [String]
        package let hasHistory: Bool

        package init(
            idNumber: String?, mobile: String?, pool: Pool?, tier: Tier?,
            businessDate: BusinessDay?, activeCard: Bool? = nil, isHeadOffices: Bool = false,
            history: [String] = []
        ) {
            card = activeCard.map { Text("query.card-\($0)") }
            source = Text(isHeadOffices ? "query.by-head-office" : "query.by-node")
            self.history = history
            hasHistory = !history.isEmpty
            self.idNumber = idNumber ?? "–"
            self.mobile = mobile ?? "–"
            self.pool = pool.map { Badge($0) }
            self.tier = tier.map { Badge($0) }
            self.businessDate = businessDate
        }
    }
}
