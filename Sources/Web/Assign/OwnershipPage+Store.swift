import Bank
import Pages
import Store
import Sync
import Texts

extension OwnershipPage {
    /// The amounts that decided are for those who see the whole outlet's holdings.
    init(
        _ store: BranchStore, _ number: CustomerNumber, for session: Session, in language: Language
    ) throws {
        let answer = try store.ownership(of: number, by: session.staffID.rawValue)
        let (ownership, claims) = (answer.owner.ownership, answer.claims)
        guard ownership.owner != nil || claims?.isEmpty == false || answer.record != nil else {
            self.init(number: number, answers: [])
            return
        }
        let reasons = Reasons(
            claims: (claims ?? []).map(\.claim), decision: answer.decision,
            record: answer.record.map { ($0.owner, $0.rule) }, provisional: answer.provisional)
        let disputes = answer.disputes.filter { session.mayFollow($0, ownership) }
        self.init(
            number: number,
            answers: [
                Answer(
                    firstTier: try store.unitName(answer.owner.firstTier), state: ownership.state,
                    owner: try store.shown(ownership.owner),
                    claims: try claims?.map { try store.shown($0.claim, $0.outcome) },
                    trace: reasons.sentences(
                        in: language, showsAmounts: session.reach(for: .holdings) >= .outlet),
                    decision: answer.record.map {
                        Decision(
                            record: Int($0.number), rule: $0.rule,
                            kind: Bank.Decision.decidingClaim(
                                answer.decision, (claims ?? []).map(\.claim))?.kind,
                            rulesVersion: $0.rulesVersion, digest: $0.digest)
                    }, history: try store.shown(answer.history, in: language))
            ],
            disputes: try store.shown(disputes),
            desk: session.reach(for: .requestTransfer) > .none
                || session.reach(for: .answerTransfer) > .none
                ? try OwnershipDesk(store, answer, disputes, for: session) : nil)
    }
}

extension Session {
    /// What is said in a dispute is for those who answer for the outlet and for those it concerns.
    fileprivate func mayFollow(_ dispute: Dispute, _ ownership: Ownership) -> Bool {
        reach(for: .disputes) >= .outlet
            || reach(for: .disputes) == .own
                && [dispute.first.manager, dispute.first.enteredBy, ownership.owner?.manager]
                    .contains(staffID)
    }
}

extension OwnershipDesk {
    /// The store decides what may be done; this shows only what it would not refuse outright.
    fileprivate init(
        _ store: BranchStore, _ answer: OwnershipAnswer, _ disputes: [Dispute],
        for session: Session
    ) throws {
        let outlet = store.node.outlet
        let number = answer.owner.customer
        let ownership = answer.owner.ownership
        let owner = ownership.owner
        let own = disputes.filter { $0.first.outlet == outlet }
        let asks = session.reach(for: .requestTransfer)
        let hasLost = (answer.claims ?? []).contains { claim, outcome in
            claim.outlet == outlet && (outcome == .lost || outcome == .refused)
        }
        var ask: Ask?
        if let owner, owner.outlet != outlet, asks > .none, !own.contains(where: \.isOpen),
            try store.serves(number)
        {
            let managers = try store.books().map(\.manager).filter {
                asks >= .outlet || $0.id == session.staffID
            }
            ask = Ask(
                objects: hasLost && ownership.state == .confirmed,
                managers: managers.map { Choice(id: $0.id, name: $0.name) })
        }
        let waiting = disputes.filter { dispute in
            dispute.isOpen && dispute.first.counterParty == outlet
                && !dispute.steps.contains { $0.kind == .refused }
        }
        let names = try store.names(of: waiting.compactMap(\.first.manager))
        self.init(
            number, ask: ask,
            answers: session.reach(for: .answerTransfer) >= .outlet
                ? try waiting.compactMap { dispute in
                    try dispute.first.outlet.map {
                        Answer(
                            from: $0, outlet: try store.unitName($0),
                            manager: dispute.first.manager.map { names[$0] ?? $0.rawValue } ?? "")
                    }
                } : [],
            ends: asks > .none && own.contains(where: \.isOpen),
            escalates: asks > .none && own.last?.ending == .refused && owner?.outlet != outlet,
            releases: session.reach(for: .assign) >= .outlet && owner?.outlet == outlet)
    }
}

extension BranchStore {
    func shown(
        _ history: OwnershipHistory?, in language: Language
    ) throws -> [String] {
        let periods = history?.periods ?? []
        let people = try names(
            of: periods.flatMap { [$0.manager, $0.enteredBy].compactMap { $0 } })
        return try periods.map {
            $0.sentence(in: language, outlet: try unitName($0.outlet), people: people)
        }
    }

    fileprivate func shown(_ disputes: [Dispute]) throws -> [DisputeView] {
        let steps = disputes.flatMap(\.steps)
        let codes = Set(
            steps.flatMap { [$0.author, $0.outlet, $0.counterParty].compactMap { $0 } })
        let units = try codes.reduce(into: [UnitCode: String]()) { names, code in
            names[code] = try unitName(code)
        }
        let people = try names(of: steps.flatMap { [$0.enteredBy, $0.manager].compactMap { $0 } })
        return disputes.map { DisputeView($0, units: units, people: people) }
    }
}

extension BranchStore {
    fileprivate func shown(
        _ claim: Claim, _ outcome: Decision.Outcome?
    ) throws -> OwnershipPage.Claim {
        let names = try names(of: [claim.manager].compactMap { $0 })
        let outlet = claim.outlet ?? claim.author
        return OwnershipPage.Claim(
            outlet: try unitName(outlet), code: outlet,
            manager: claim.manager.flatMap { names[$0] } ?? "", staff: claim.manager,
            kind: claim.kind, date: claim.businessDate, outcome: outcome,
            isOwn: claim.author == node.outlet)
    }
}
