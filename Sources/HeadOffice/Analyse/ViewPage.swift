package import Bank
package import Pages

/// The whole bank by outlet: customers by pool and tier, assets, and how fresh each row is.
package struct ViewPage: Page {
    package static let template = "head-office/view"

    package let title = Text("view.title")
    package let branches: [Branch]
    package let persons: Text?

    /// `persons` counts people once who are customers of several first-tier branches.
    package init(branches: [Branch], persons: Int?) {
        self.branches = branches
        self.persons = persons.map { Text("view.bank-persons", ["count": $0]) }
    }

    /// A first-tier branch with its outlets and their sum.
    package struct Branch: Sendable {
        package let code: UnitCode
        package let name: String
        package let outlets: [Outlet]
        package let sum: Figures
        package let persons: Int
        package let personsText: Text
        /// Through which date the first-tier branch closed, and whose figures were carried forward;
        /// nil before its first close.
        package let closed: Text?

        package init(
            code: UnitCode, name: String, outlets: [Outlet], persons: Int, closed: Text? = nil
        ) {
            self.code = code
            self.name = name
            self.outlets = outlets
            self.persons = persons
            sum = outlets.map(\.figures).reduce(.zero, +)
            personsText = Text("view.persons", ["count": persons])
            self.closed = closed
        }
    }

    package struct Outlet: Sendable {
        package let code: UnitCode
        package let name: String
        package let figures: Figures
        package let closedThrough: BusinessDay?
        package let contact: LastContact

        package init(
            code: UnitCode, name: String, figures: Figures, closedThrough: BusinessDay?,
            contact: LastContact
        ) {
            self.code = code
            self.name = name
            self.figures = figures
            self.closedThrough = closedThrough
            self.contact = contact
        }
    }

    package struct Figures: Sendable, Equatable {
        package let retained: Int
        package let potential: Int
        package let target: Int
        package let diamond: Int
        package let platinum: Int
        package let gold: Int
        /// Targets without a tier.
        package let ungraded: Int
        package let assets: HalfFen
        package let shownAssets: TenThousandYuan

        package init(
            retained: Int, potential: Int, target: Int, diamond: Int, platinum: Int, gold: Int,
            assets: HalfFen
        ) {
            self.retained = retained
            self.potential = potential
            self.target = target
            self.diamond = diamond
            self.platinum = platinum
            self.gold = gold
            ungraded = target - diamond - platinum - gold
            self.assets = assets
            shownAssets = TenThousandYuan(assets.rounded)
        }

        package static let zero = Figures(
            retained: 0, potential: 0, target: 0, diamond: 0, platinum: 0, gold: 0, assets: .zero)

        package static func + (left: Figures, right: Figures) -> Figures {
            Figures(
                retained: left.retained + right.retained,
                potential: left.potential + right.potential, target: left.target + right.target,
                diamond: left.diamond + right.diamond, platinum: left.platinum + right.platinum,
                gold: left.gold + right.gold, assets: left.assets + right.assets)
        }
    }
}

/// When head office last heard of a node; a silent one is unknown since then, never up to date.
package struct LastContact: Sendable {
    package let text: Text
    package let look: String
    package var isHeard: Bool { look == "heard" }

    package static func heard(_ moment: Moment) -> LastContact {
        LastContact(text: Text("contact.heard", ["moment": moment]), look: "heard")
    }

    package static func silent(since moment: Moment) -> LastContact {
        LastContact(text: Text("contact.silent", ["moment": moment]), look: "silent")
    }

    package static let never = LastContact(text: Text("contact.never"), look: "never")
}
