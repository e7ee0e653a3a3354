/// A transfer request or an objection and how it stands: a pure function of the steps that one
/// place knows and of the business date there (`sync.md`, disputes).
package struct Dispute: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Made here, and head office does not have it yet.
        case raised
        /// The owner's outlet is to answer.
        case withCounterParty = "with-counter-party"
        /// The first-tier branch is to rule.
        case atFirstTier = "at-first-tier"
        case closed
    }

    /// With what it was closed.
    package enum Ending: String, Sendable, CaseIterable {
        case consented, refused, withdrawn, ruled
        /// Raised again too soon after a ruling, with nothing new.
        case barred
        /// What it was about is so no longer: nobody owns the customer, or the applicant does.
        case lapsed
    }

    package let first: DisputeStep
    /// Those that count, in the order in which a dispute goes.
    package let steps: [DisputeStep]
    package let state: State
    /// Nil while it is open.
    package let ending: Ending?
    /// The business date on which it goes up by itself where nobody answers.
    package let goesUpOn: BusinessDay
    /// Working days since it was raised; until its last step where it is closed.
    package let waitingDays: Int

    package var id: DisputeStepID { first.id }
    /// Whether its time is over and no step says so yet.
    package var isOverdue: Bool {
        state == .atFirstTier && !steps.contains { $0.kind == .refused || $0.kind == .escalated }
    }

    /// The step by which it goes up, without its name. It says nothing that depends on who writes
    /// it down or when: written twice, it is one step.
    package var goingUp: DisputeStep {
        DisputeStep(
            id: "", begins: id, customer: first.customer, firstTier: first.firstTier,
            author: first.firstTier, kind: .escalated, opinion: "", businessDate: goesUpOn,
            stamp: HybridStamp(
                milliseconds: Int64(goesUpOn.daysSinceEpoch) * 86_400_000, counter: 0,
                node: first.firstTier.rawValue
            ).description,
            enteredBy: StaffID(first.firstTier.rawValue))
    }

    /// What a reminder of its going up names.
    package var wentUpFacts: [String: String] {
        ["asked": first.counterParty?.rawValue ?? "–", "outlet": first.outlet?.rawValue ?? "–"]
    }

    package var isOpen: Bool { state != .closed }
    package var isRequest: Bool { first.kind == .requested }
}

/// What the state of a dispute depends on beside its steps.
package struct DisputeTerms: Sendable {
    /// The business date of whoever asks.
    package let day: BusinessDay
    package let workingDays: WorkingDays
    /// Working days that the counter-party has.
    package let wait: Int
    /// Calendar days for which a ruling is not raised again without new evidence.
    package let rest: Int

    package init(day: BusinessDay, workingDays: WorkingDays, wait: Int, rest: Int) {
        self.day = day
        self.workingDays = workingDays
        self.wait = wait
        self.rest = rest
    }
}

extension Dispute {
    /// The disputes about one customer, the earliest first, whatever the order of the steps.
    ///
    /// - Parameters:
    ///   - owner: whose the customer is, as this place knows.
    ///   - undelivered: steps of this place that head office does not have yet.
    package static func all(
        of steps: [DisputeStep], owner: UnitCode?, undelivered: Set<DisputeStepID> = [],
        _ terms: DisputeTerms
    ) -> [Dispute] {
        let answers = Dictionary(grouping: steps.filter { $0.begins != nil }, by: \.dispute)
        let rulings = steps.filter { $0.kind == .ruled }
        return steps.filter { $0.begins == nil }
            .sorted { ($0.businessDate, $0.id) < ($1.businessDate, $1.id) }
            .map { first in
                Dispute(
                    first,
                    answers: (answers[first.id] ?? []).filter {
                        $0.customer == first.customer && $0.firstTier == first.firstTier
                    }, rulings: rulings, owner: owner, isDelivered: !undelivered.contains(first.id),
                    terms)
            }
    }

    /// The date until which a ruling on the customer is not raised again without new evidence; nil
    /// where none is so young.
    package static func rests(
        after steps: [DisputeStep], on day: BusinessDay, rest: Int
    ) -> BusinessDay? {
        let last = steps.filter { $0.kind == .ruled && $0.businessDate <= day }
            .map(\.businessDate).max()
        return last.map { $0 + rest }.flatMap { day < $0 ? $0 : nil }
    }

    /// The late claims whose request had an answer that is not theirs: they are no candidates when
    /// nobody owns the customer (`sync.md`, settlement 5). A request speaks for a claim of its own
    /// outlet only, whatever it names.
    package static func answers(
        _ disputes: [Dispute], to claims: [Claim]
    ) -> [ClaimID: Decision.Answer] {
        disputes.reduce(into: [:]) { answers, dispute in
            guard let claim = dispute.first.claim,
                claims.contains(where: { $0.id == claim && $0.outlet == dispute.first.outlet })
            else { return }
            switch dispute.ending {
            case .withdrawn: answers[claim] = .withdrawn
            case .refused, .barred: answers[claim] = .refused
            case .ruled where dispute.ruling?.outlet != dispute.first.outlet:
                answers[claim] = .refused
            case .ruled, .consented, .lapsed, nil: break
            }
        }
    }

    package var ruling: DisputeStep? { steps.last { $0.kind == .ruled } }

    private init(
        _ first: DisputeStep, answers: [DisputeStep], rulings: [DisputeStep], owner: UnitCode?,
        isDelivered: Bool, _ terms: DisputeTerms
    ) {
        func step(_ kind: DisputeStep.Kind, by author: UnitCode?) -> DisputeStep? {
            answers.filter { $0.kind == kind && $0.author == author }
                .min { ($0.businessDate, $0.id) < ($1.businessDate, $1.id) }
        }
        let consented = step(.consented, by: first.counterParty)
        let refused = step(.refused, by: first.counterParty)
        let withdrawn = step(.withdrawn, by: first.outlet)
        let escalated = refused == nil ? nil : step(.escalated, by: first.outlet)
        let wentUp = step(.escalated, by: first.firstTier)
        let ruled = first.kind == .ruled ? nil : step(.ruled, by: first.firstTier)
        let steps =
            [first]
            + [wentUp, refused, escalated, withdrawn, consented, ruled].compactMap { $0 }
        let goesUpOn = terms.workingDays.day(first.businessDate, plus: terms.wait)
        let isBarred =
            first.kind != .ruled && first.newEvidence == nil
            && Dispute.rests(
                after: rulings.filter { $0.dispute != first.id }, on: first.businessDate,
                rest: terms.rest) != nil

        let ending: Ending?
        if first.kind == .ruled || ruled != nil {
            ending = .ruled
        } else if isBarred {
            ending = .barred
        } else if consented != nil {
            ending = .consented
        } else if withdrawn != nil {
            ending = .withdrawn
        } else if let refused, first.kind == .requested, escalated == nil,
            // What went up by itself is no longer the counter-party's to end.
            wentUp == nil || refused.businessDate < goesUpOn
        {
            ending = .refused
        } else if owner == nil || owner == first.outlet {
            ending = .lapsed
        } else {
            ending = nil
        }
        let state: State =
            if ending != nil {
                .closed
            } else if refused != nil || wentUp != nil || terms.day >= goesUpOn {
                .atFirstTier
            } else {
                isDelivered ? .withCounterParty : .raised
            }
        self.init(
            first: first, steps: steps, state: state, ending: ending, goesUpOn: goesUpOn,
            waitingDays: terms.workingDays.count(
                after: first.businessDate,
                through: ending == nil ? terms.day : steps.map(\.businessDate).max() ?? terms.day))
    }
}
