package import Bank
import GRDB
import Sync
import Vault

/// What became of one customer of an assignment.
package struct Assignment: Sendable {
    package let customer: CustomerNumber
    package let manager: StaffID
    /// The claim that was made; nil where it was refused.
    package let claim: ClaimID?
    package let refusal: Refusal?
}

/// A customer who may be given to a manager, as they stand now.
struct Assignable {
    /// Nil only in a hand-over, of a customer added by hand since the last close.
    let row: StandingRow?
    let ownership: Ownership
    /// Whether another manager of this outlet looks after them.
    let isHandOver: Bool
}

extension BranchStore {
    /// Assigns targets of this outlet to one of its managers (`domain.md` item 13), and hands over
    /// those whom another of its managers looks after (items 14 to 18), targets or not: all or
    /// nothing per customer, one result each. Throws where the supervisor or the manager cannot be.
    package func assign(
        _ customers: [CustomerNumber], to manager: StaffID, by supervisor: StaffID
    ) throws -> [Assignment] {
        try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            _ = try db.manager(manager, of: node.outlet)
            _ = try db.workingDate()
        }
        return try assign(
            customers.map { AssignmentShare(customer: $0, manager: manager) }, by: supervisor,
            handsOver: true)
    }

    /// Does what was planned: each customer who still awaits assignment goes to the manager named,
    /// all or nothing per customer, one result each. Throws where the supervisor cannot be; a
    /// manager who no longer can gets nobody.
    package func assign(
        _ shares: [AssignmentShare], by supervisor: StaffID
    ) throws -> [Assignment] {
        try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            _ = try db.workingDate()
        }
        return try assign(shares, by: supervisor, handsOver: false)
    }

    /// In slices, so that nobody else waits for long where there are many.
    private func assign(
        _ shares: [AssignmentShare], by supervisor: StaffID, handsOver: Bool
    ) throws -> [Assignment] {
        guard !shares.isEmpty else { return [] }
        var results: [Assignment] = []
        _ = try writeInSlices(shares, rows: { _ in 1 }) { db, share in
            var claim: ClaimID?
            var refused: Refusal?
            do {
                // Both may have gone since the slice before.
                claim = try assign(
                    db, share.customer, to: try db.manager(share.manager, of: node.outlet),
                    by: try db.supervisor(supervisor, of: node.outlet),
                    on: try db.workingDate(), handsOver: handsOver
                ).id
            } catch let refusal as Refusal {
                refused = refusal
            }
            results.append(
                Assignment(
                    customer: share.customer, manager: share.manager, claim: claim,
                    refusal: refused))
        } closing: { _, _ in
        }
        return results
    }

    /// How things stand with a customer who is to be given to a manager, or the refusal.
    ///
    /// - Parameter manager: nil where nobody may be looking after the customer.
    func assignable(
        _ db: Database, _ customer: CustomerNumber, to manager: StaffID?
    ) throws -> Assignable {
        guard let id = try db.customerID(customer) else {
            throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
        }
        let row = try db.latestStanding(of: id)
        let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
        let owner = ownership.owner
        let isHandOver =
            manager != nil && owner?.outlet == node.outlet && owner?.manager != nil
            && owner?.manager != manager
        // They are the outlet's already, whatever they hold: a book is handed over whole.
        if isHandOver { return Assignable(row: row, ownership: ownership, isHandOver: true) }
        try db.requireUnmerged(customer)
        guard let row else {
            throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
        }
        guard row.accounts > 0 else {
            throw Refusal(.noAccountHere, ["customer": customer.rawValue])
        }
        if let owner, owner.outlet != node.outlet || owner.manager != nil {
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
        return Assignable(row: row, ownership: ownership, isHandOver: false)
    }

    /// Gives a customer to a manager, or refuses.
    ///
    /// - Parameter handsOver: whether another manager of this outlet may be looking after them.
    func assign(
        _ db: Database, _ customer: CustomerNumber, to manager: Staff, by supervisor: Staff,
        on date: BusinessDay, handsOver: Bool = true
    ) throws -> Claim {
        let given = try assignable(db, customer, to: handsOver ? manager.id : nil)
        let (row, ownership) = (given.row, given.ownership)
        // The evidence is taken when the outlet's chain of claims begins, and goes on with it.
        let begun = given.isHandOver ? try db.evidence(of: ownership.claim, on: customer) : nil
        let claim = Claim.make(
            customer: customer, firstTier: node.firstTier, author: node.outlet,
            kind: given.isHandOver ? .handOver : .assignment, base: ownership.claim,
            outlet: node.outlet, manager: manager.id,
            evidence: begun
                ?? row?.evidence(on: date) ?? .none,
            businessDate: date, stamp: try nextStamp(db), enteredBy: supervisor.id)
        try db.insert(claim)
        try db.refreshHolder(of: customer, firstTier: node.firstTier)
        try db.remind(
            Reminder(
                id: "assigned:\(claim.id)", staff: manager.id, kind: .assigned, customer: customer,
                dueOn: date, facts: ["by": supervisor.id.rawValue]), at: world.now())
        try handOnReminders(
            db, about: customer, from: given.isHandOver ? ownership.owner?.manager : nil,
            to: manager.id, cause: claim.id.rawValue)
        if given.isHandOver, let before = ownership.owner?.manager {
            try db.remindOfLoss(
                of: customer, before, to: manager.id.rawValue, by: claim, on: date,
                at: world.now())
        }
        try db.audit(
            AuditEntry(
                at: world.now(), actor: supervisor.id.rawValue,
                action: given.isHandOver ? .handedOver : .assigned, subject: customer.rawValue,
                detail: ["claim": JSONValue(claim.id), "manager": JSONValue(manager.id)]))
        return claim
    }
}

extension Database {
    /// An active supervisor of the outlet, or the refusal.
    func supervisor(_ id: StaffID, of outlet: UnitCode) throws -> Staff {
        let supervisor = try actor(id)
        try supervisor.require(.assign, atLeast: .outlet)
        guard supervisor.unit == outlet else {
            throw Refusal(.notAllowed, ["staff": id.rawValue])
        }
        return supervisor
    }

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
