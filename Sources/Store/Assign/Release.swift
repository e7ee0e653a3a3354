package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Ends this outlet's ownership of a customer: nobody's from here on (`domain.md` item 16).
    package func release(
        _ customer: CustomerNumber, by supervisor: StaffID, because reason: String
    ) throws -> ClaimID {
        let reason = try required(reason)
        return try write { db in
            let supervisor = try db.supervisor(supervisor, of: node.outlet)
            return try release(
                db, customer, by: supervisor, because: .string(reason),
                on: try db.workingDate()
            ).id
        }
    }

    /// - Parameter reason: as the audit keeps it of each customer: the words, or a move's number.
    func release(
        _ db: Database, _ customer: CustomerNumber, by supervisor: Staff,
        because reason: JSONValue, on date: BusinessDay
    ) throws -> Claim {
        let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
        guard let owner = ownership.owner, owner.outlet == node.outlet else {
            throw Refusal(.notOwnedHere, ["customer": customer.rawValue])
        }
        let claim = Claim.make(
            customer: customer, firstTier: node.firstTier, author: node.outlet,
            kind: .release, base: ownership.claim, outlet: nil, manager: nil, evidence: .none,
            businessDate: date, stamp: try nextStamp(db), enteredBy: supervisor.id)
        try db.insert(claim)
        try db.refreshHolder(of: customer, firstTier: node.firstTier)
        try handOnReminders(
            db, about: customer, from: owner.manager, to: nil, cause: claim.id.rawValue)
        if let manager = owner.manager {
            try db.remindOfLoss(
                of: customer, manager, to: "–", by: claim, on: date, at: world.now())
        }
        try db.audit(
            AuditEntry(
                at: world.now(), actor: supervisor.id.rawValue, action: .released,
                subject: customer.rawValue,
                detail: ["claim": JSONValue(claim.id), "reason": reason]))
        return claim
    }
}
