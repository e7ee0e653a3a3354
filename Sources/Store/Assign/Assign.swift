package import Bank
import GRDB
import Sync
import Vault

/// What became of one customer of an assignment.
package struct Assignment: Sendable {
    package let customer: CustomerNumber
    /// The claim that was made; nil where it was refused.
    package let claim: ClaimID?
    package let refusal: Refusal?
}

extension BranchStore {
    /// Assigns targets of this outlet to one of its managers (`domain.md` item 13), and hands over
    /// those whom another of its managers looks after (items 14 to 18): all or nothing per
    /// customer, one result each. Throws where the supervisor or the manager cannot be.
    package func assign(
        _ customers: [CustomerNumber], to manager: StaffID, by supervisor: StaffID
    ) throws -> [Assignment] {
        try write { db in
            let supervisor = try db.actor(supervisor)
            try supervisor.require(.assign, atLeast: .outlet)
            guard supervisor.unit == node.outlet else {
                throw Refusal(.notAllowed, ["staff": supervisor.id.rawValue])
            }
            let manager = try db.manager(manager, of: node.outlet)
            let date = try db.workingDate()
            return try customers.map { customer in
                do {
                    let claim = try assign(db, customer, to: manager, by: supervisor, on: date)
                    return Assignment(customer: customer, claim: claim.id, refusal: nil)
                } catch let refusal as Refusal {
                    return Assignment(customer: customer, claim: nil, refusal: refusal)
                }
            }
        }
    }

    private func assign(
        _ db: Database, _ customer: CustomerNumber, to manager: Staff, by supervisor: Staff,
        on date: BusinessDay
    ) throws -> Claim {
        guard let id = try db.customerID(customer), let row = try db.latestStanding(of: id) else {
            throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
        }
        guard row.accounts > 0 else {
            throw Refusal(.noAccountHere, ["customer": customer.rawValue])
        }
        let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
        let owner = ownership.owner
        let isHandOver =
            owner?.outlet == node.outlet && owner?.manager != nil && owner?.manager != manager.id
        if let owner, !isHandOver, owner.outlet != node.outlet || owner.manager != nil {
            let reason: Refusal.Reason =
                owner.outlet == node.outlet
                ? .ownedHere : ownership.state == .confirmed ? .alreadyOwned : .claimedElsewhere
            throw Refusal(
                reason,
                [
                    "customer": customer.rawValue, "outlet": owner.outlet.rawValue,
                    "manager": owner.manager?.rawValue ?? "–",
                ])
        }
        guard row.standing.pool == .target else {
            throw Refusal(
                .notTarget, ["customer": customer.rawValue, "pool": row.standing.pool.rawValue])
        }
        // The evidence is taken when the outlet's chain of claims begins, and goes on with it.
        let begun = isHandOver ? try db.evidence(of: ownership.claim, on: customer) : nil
        let claim = Claim.make(
            customer: customer, firstTier: node.firstTier, author: node.outlet,
            kind: isHandOver ? .handOver : .assignment, base: ownership.claim,
            outlet: node.outlet, manager: manager.id,
            evidence: begun
                ?? Evidence(
                    activeCard: row.activeCard, holdings: row.held.here.financial,
                    demandAccountOpened: row.demandAccountOpened, businessDate: date),
            businessDate: date, stamp: try nextStamp(db), enteredBy: supervisor.id)
        try db.insert(claim)
        try db.refreshHolder(of: customer, firstTier: node.firstTier)
        try db.remind(
            Reminder(
                id: "assigned:\(claim.id)", staff: manager.id, kind: .assigned, customer: customer,
                dueOn: date, facts: ["by": supervisor.id.rawValue]), at: world.now())
        if isHandOver, let before = owner?.manager {
            try db.remindOfLoss(
                of: customer, before, to: manager.id.rawValue, by: claim, on: date,
                at: world.now())
        }
        try db.audit(
            AuditEntry(
                at: world.now(), actor: supervisor.id.rawValue,
                action: isHandOver ? .handedOver : .assigned, subject: customer.rawValue,
                detail: ["claim": JSONValue(claim.id), "manager": JSONValue(manager.id)]))
        return claim
    }
}

extension Database {
    /// An active manager of the outlet, or the refusal.
    func manager(_ id: StaffID, of outlet: UnitCode) throws -> Staff {
        let manager = try actor(id)
        guard manager.holds(.manager) else {
            throw Refusal(.notAManager, ["staff": id.rawValue])
        }
        guard manager.unit == outlet else {
            throw Refusal(
                .managerElsewhere,
                ["staff": id.rawValue, "outlet": manager.unit.rawValue])
        }
        return manager
    }

    /// The evidence that a claim known here carries.
    fileprivate func evidence(of id: ClaimID?, on customer: CustomerNumber) throws -> Evidence? {
        try claims(on: customer).first { $0.claim.id == id }?.claim.evidence
    }
}
