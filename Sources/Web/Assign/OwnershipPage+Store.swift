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
                            record: Int($0.number), rule: $0.rule, rulesVersion: $0.rulesVersion,
                            digest: $0.digest)
                    })
            ])
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
