package import Bank

/// What a reader of the ownership page may do about what it says, at the outlet.
package struct OwnershipDesk: Sendable {
    package let path: String
    package let ask: Ask?
    package let answers: [Answer]
    package let ends: Bool
    package let escalates: Bool
    package let releases: Bool
    package let isIdle: Bool

    /// - Parameters:
    ///   - ask: to ask for a customer who is another outlet's; nil where it is not theirs to ask.
    ///   - answers: requests that wait for this reader's answer.
    ///   - ends: whether there is an own request to withdraw.
    ///   - escalates: whether there is a refusal to take to the first-tier branch.
    ///   - releases: whether the customer is this outlet's to release.
    package init(
        _ number: CustomerNumber, ask: Ask?, answers: [Answer], ends: Bool, escalates: Bool,
        releases: Bool
    ) {
        path = "/ownership/\(PageLink.encoded(number.rawValue))"
        self.ask = ask
        self.answers = answers
        self.ends = ends
        self.escalates = escalates
        self.releases = releases
        isIdle = ask == nil && answers.isEmpty && !ends && !escalates && !releases
    }

    package struct Ask: Sendable {
        /// `request` or `object`.
        package let act: String
        package let title: Text
        package let managers: [Choice]

        package init(objects: Bool, managers: [Choice]) {
            act = objects ? "object" : "request"
            title = Text(objects ? "object.object" : "object.request")
            self.managers = managers
        }
    }

    package struct Answer: Sendable {
        package let from: UnitCode
        package let outlet: String
        package let manager: String

        package init(from: UnitCode, outlet: String, manager: String) {
            self.from = from
            self.outlet = outlet
            self.manager = manager
        }
    }

    package struct Choice: Sendable {
        package let id: StaffID
        package let name: String

        package init(id: StaffID, name: String) {
            self.id = id
            self.name = name
        }
    }
}
