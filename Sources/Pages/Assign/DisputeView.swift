package import Bank

/// One request or objection and its story, as pages of both programs show it.
package struct DisputeView: Sendable {
    package let kind: Text
    package let state: Badge
    /// With what it was closed; nil while it is open.
    package let ending: Text?
    package let applicant: Side
    package let counterParty: Side?
    package let raisedOn: BusinessDay
    package let waitingDays: Int
    /// When it goes up by itself; nil where it has, or is closed.
    package let goesUpOn: BusinessDay?
    package let steps: [Step]

    /// - Parameters:
    ///   - units: names of outlets by code, as far as they are known.
    ///   - people: names of staff by number.
    package init(_ dispute: Dispute, units: [UnitCode: String], people: [StaffID: String]) {
        let first = dispute.first
        func side(_ outlet: UnitCode?, _ manager: StaffID?) -> Side? {
            outlet.map {
                Side(
                    outlet: units[$0] ?? "", code: $0,
                    manager: manager.map { people[$0] ?? "" } ?? "", staff: manager)
            }
        }
        kind = Text("step.\(first.kind.rawValue)")
        state = Badge("dispute", dispute.state.rawValue)
        ending = dispute.ending.map { Text("ending.\($0.rawValue)") }
        applicant =
            side(first.outlet, first.manager)
            ?? Side(outlet: "", code: first.author, manager: "", staff: nil)
        counterParty = side(first.counterParty, nil)
        raisedOn = first.businessDate
        waitingDays = dispute.waitingDays
        goesUpOn =
            dispute.state == .withCounterParty || dispute.state == .raised
            ? dispute.goesUpOn : nil
        steps = dispute.steps.map {
            Step(
                $0, by: units[$0.author] ?? $0.author.rawValue,
                entered: people[$0.enteredBy] ?? $0.enteredBy.rawValue)
        }
    }

    package struct Side: Sendable {
        package let outlet: String
        package let code: UnitCode
        package let manager: String
        package let staff: StaffID?
    }

    package struct Step: Sendable {
        package let date: BusinessDay
        package let kind: Text
        package let author: String
        /// Nil where no person did.
        package let enteredBy: String?
        package let opinion: String
        package let newEvidence: String?
        /// A late claim that became a request: the claim says why.
        package let isByLateClaim: Bool

        fileprivate init(_ step: DisputeStep, by author: String, entered: String) {
            date = step.businessDate
            kind =
                step.isByTime
                ? Text("step.went-up")
                : step.isOfMerge ? Text("step.merged") : Text("step.\(step.kind.rawValue)")
            self.author = author
            enteredBy = step.isByRule ? nil : entered
            opinion = step.opinion
            // That of a merge is what was said already.
            newEvidence = step.isOfMerge ? nil : step.newEvidence
            isByLateClaim = step.kind == .requested && step.author == step.firstTier
        }
    }
}
