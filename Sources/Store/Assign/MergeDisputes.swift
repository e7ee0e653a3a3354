import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Asks for a customer where CIF merged two numbers of theirs, this outlet looked after them
    /// under the one that is no more and another does under the one that is left: two owners of one
    /// person are a dispute (`domain.md` 3.5). The outlet of the old number asks, so that one does;
    /// for the manager who had it. What was asked once for a merge is not asked again when the date
    /// is closed again.
    ///
    /// Part of the close of `day`, whose standings are written by then: who asks holds an account
    /// under the number that is left, and the customer is a target.
    func disputeMerges(
        _ merges: Merges, on day: BusinessDay, by actor: String, _ db: Database
    ) throws {
        for (old, left) in merges.madeOnTheDate {
            let merged = CustomerNumber(try db.number(of: old))
            let customer = CustomerNumber(try db.number(of: left))
            guard let own = try db.ownership(of: merged, firstTier: node.firstTier).owner,
                own.outlet == node.outlet, let manager = own.manager,
                let row = try db.latestStanding(of: left), row.accounts > 0,
                row.standing.pool == .target
            else { continue }
            let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
            guard let other = ownership.owner, other.outlet != node.outlet,
                let against = ownership.claim
            else { continue }
            let fact = "CIF: \(merged) → \(customer)"
            let known = try disputes(db, about: customer).filter { $0.first.outlet == node.outlet }
            guard !known.contains(where: { $0.isOpen || $0.first.opinion == fact }) else {
                continue
            }
            let rests = Dispute.rests(
                after: try steps(db, about: customer), on: day, rest: try disputeTerms(db).rest)
            let step = DisputeStep(
                id: "", begins: nil, customer: customer, firstTier: node.firstTier,
                author: node.outlet, kind: .requested, outlet: node.outlet, manager: manager,
                counterParty: other.outlet, against: against, evidence: row.evidence(on: day),
                opinion: fact, newEvidence: rests == nil ? nil : fact, businessDate: day,
                stamp: try nextStamp(db).description,
                enteredBy: StaffID(node.outlet.rawValue)
            ).named
            try insert(step, db)
            try db.refreshHolder(of: customer, firstTier: node.firstTier)
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .tookDisputeStep,
                    subject: customer.rawValue,
                    detail: ["kind": .string(step.kind.rawValue), "step": JSONValue(step.id)]))
        }
    }
}
