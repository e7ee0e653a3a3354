package import Bank
package import Pages

/// One dispute: both sides, the evidence, why the owner is the owner, what was said, and the form
/// that rules.
package struct DisputePage: Page {
    package static let template = "head-office/dispute"

    package let title = Text("dispute.title")
    package let number: CustomerNumber
    package let view: DisputeView
    package let figures: [Figures]
    package let hasFigures: Bool
    /// Every claim and the trace; nil where nothing is known of the customer.
    package let answer: OwnershipPage.Answer?
    package let form: Ruling?
    private let id: DisputeStepID

    package init(
        number: CustomerNumber, id: DisputeStepID, view: DisputeView, figures: [Figures],
        answer: OwnershipPage.Answer?, form: Ruling?
    ) {
        self.number = number
        self.id = id
        self.view = view
        self.figures = figures
        hasFigures = !figures.isEmpty
        self.answer = answer
        self.form = form
    }

    package var address: String? { "/disputes/\(PageLink.encoded(id.rawValue))" }

    /// What head office holds of one side.
    package struct Figures: Sendable {
        package let outlet: String
        package let card: Text
        /// Nil for those who may not see amounts.
        package let holdings: HalfFen?
        package let demand: BusinessDay?

        package init(outlet: String, _ evidence: Evidence, showsAmounts: Bool) {
            self.outlet = outlet
            card = Text(evidence.activeCard ? "trace.yes" : "trace.no")
            holdings = showsAmounts ? evidence.holdings : nil
            demand = evidence.demandAccountOpened
        }
    }

    /// What a first-tier supervisor rules with.
    package struct Ruling: Sendable {
        package let path: String
        package let outlets: [Outlet]
        package let managers: [Manager]
        /// What was typed before the rules said no, and why.
        package let opinion: String
        package let failure: Text?

        package init(
            id: DisputeStepID, outlets: [Outlet], managers: [Manager], opinion: String = "",
            failure: Text? = nil
        ) {
            path = "/disputes/\(PageLink.encoded(id.rawValue))/ruling"
            self.outlets = outlets
            self.managers = managers
            self.opinion = opinion
            self.failure = failure
        }
    }

    package struct Outlet: Sendable {
        package let code: UnitCode
        package let name: String

        package init(code: UnitCode, name: String) {
            self.code = code
            self.name = name
        }
    }

    package struct Manager: Sendable {
        package let id: StaffID
        package let label: String

        package init(id: StaffID, label: String) {
            self.id = id
            self.label = label
        }
    }
}
