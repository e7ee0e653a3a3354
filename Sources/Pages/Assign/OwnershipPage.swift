package import Bank

/// Why a customer has the owner that they have: every claim, the decision and its reasons.
///
/// An outlet shows the one answer of its first-tier branch, head office one for each.
package struct OwnershipPage: Page {
    package static let template = "assign/ownership"

    package let title = Text("ownership.title")
    package let number: CustomerNumber
    package let answers: [Answer]
    /// Requests and objections, as far as the reader may know of them.
    package let disputes: [DisputeView]
    /// What the reader may do; nil at head office, where disputes have pages of their own.
    package let desk: OwnershipDesk?

    package init(
        number: CustomerNumber, answers: [Answer], disputes: [DisputeView] = [],
        desk: OwnershipDesk? = nil
    ) {
        self.number = number
        self.answers = answers
        self.disputes = disputes
        self.desk = desk
    }

    package var address: String? { "/ownership/\(PageLink.encoded(number.rawValue))" }

    /// What one first-tier branch says.
    package struct Answer: Sendable {
        package let firstTier: String
        package let state: Badge
        package let meaning: Text
        package let owner: Owner?
        /// Nil where this outlet is not entitled to the claims.
        package let claims: [Claim]?
        package let isWithheld: Bool
        /// The reasons, one sentence each, said already.
        package let trace: [String]
        package let hasTrace: Bool
        package let decision: Decision?
        /// Who looked after the customer and when, one sentence each, said already.
        package let history: [String]
        package let hasHistory: Bool

        package init(
            firstTier: String, state: Ownership.State, owner: Owner?, claims: [Claim]?,
            trace: [String], decision: Decision?, history: [String] = []
        ) {
            self.firstTier = firstTier
            self.state = Badge(state)
            meaning = Text("state.\(state.rawValue)-meaning")
            self.owner = owner
            self.claims = claims
            isWithheld = claims == nil
            self.trace = trace
            hasTrace = !trace.isEmpty
            self.decision = decision
            self.history = history
            hasHistory = !history.isEmpty
        }
    }

    /// One outlet's claim on the customer.
    package struct Claim: Sendable {
        package let outlet: String
        /// The code, by which the reasons name the outlet.
        package let code: UnitCode
        package let manager: String
        /// The staff number, by which the reasons name the manager; nil where the claim names none.
        package let staff: StaffID?
        package let kind: Text
        package let date: BusinessDay
        /// What the decision made of it; open before there is one.
        package let outcome: Badge
        /// Whether this outlet made it.
        package let isOwn: Bool

        package init(
            outlet: String, code: UnitCode, manager: String, staff: StaffID?,
            kind: Bank.Claim.Kind, date: BusinessDay, outcome: Bank.Decision.Outcome?, isOwn: Bool
        ) {
            self.outlet = outlet
            self.code = code
            self.manager = manager
            self.staff = staff
            self.kind = Text("claim.\(kind.rawValue)")
            self.date = date
            self.outcome = Badge("outcome", outcome?.rawValue ?? "open")
            self.isOwn = isOwn
        }
    }

    /// What was settled, by which rule, and the record that proves it.
    package struct Decision: Sendable {
        package let record: String
        package let rule: Text
        package let rulesVersion: String
        package let digest: String

        /// `kind` is the deciding claim's; nil where the reader is not to know it.
        package init(
            record: Int, rule: Bank.Decision.Rule, kind: Bank.Claim.Kind?, rulesVersion: String,
            digest: String
        ) {
            self.record = String(record)
            self.rule = Text("rule.\(rule.code(by: kind))")
            self.rulesVersion = rulesVersion
            self.digest = digest
        }
    }
}

/// Who owns a customer, as every page shows it.
package struct Owner: Sendable {
    package let manager: any Speakable
    package let outlet: String
    package let since: BusinessDay?

    /// `manager` is nil where the customer awaits assignment at the outlet.
    package init(manager: String?, outlet: String, since: BusinessDay?) {
        self.manager = manager ?? Text("owner.awaiting")
        self.outlet = outlet
        self.since = since
    }
}
