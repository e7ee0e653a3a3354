package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// What R6 asks of a manual addition, line by line, as things are now.
    package func checkAddition(
        of customer: CustomerNumber, by staff: StaffID
    ) throws -> [ManualAddition.Line] {
        let lines = try read { db in
            ManualAddition.check(try circumstances(db, customer), by: try db.actor(staff))
        }
        try audit(.lookedAtCustomer, by: staff.rawValue, on: customer.rawValue)
        return lines
    }

    /// Makes a customer a target at the close of the date being worked on, and theirs who enters
    /// it at once (R6).
    package func addTarget(
        _ customer: CustomerNumber, by staff: StaffID, code: ManualAddition.ReasonCode = .other,
        because reason: String
    ) throws -> AddedTarget {
        let reason = try required(reason)
        return try write { db in
            let member = try db.actor(staff)
            let circumstances = try circumstances(db, customer)
            if let refusal = ManualAddition.check(circumstances, by: member)
                .compactMap(\.refusal).first
            {
                throw refusal
            }
            guard let id = try db.customerID(customer), let row = try db.latestStanding(of: id)
            else { throw Refusal(.unknownCustomer, ["customer": customer.rawValue]) }
            let date = try db.workingDate()
            let claim = Claim.make(
                customer: customer, firstTier: node.firstTier, author: node.outlet, kind: .manual,
                base: circumstances.ownership.claim, outlet: node.outlet, manager: member.id,
                evidence: row.evidence(on: date),
                businessDate: date, stamp: try nextStamp(db), enteredBy: member.id)
            try db.insert(claim)
            try db.refreshHolder(of: customer, firstTier: node.firstTier)
            try db.execute(
                prepared: """
                    INSERT INTO manualAddition (
                        claim, customer, staff, reasonCode, reason, date, at, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')
                    """,
                arguments: [
                    claim.id, customer, member.id, code,
                    secrets.seal(reason, "manualAddition", claim.id.rawValue, "reason"), date,
                    world.now(),
                ])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .targetAdded,
                    subject: customer.rawValue,
                    detail: ["claim": JSONValue(claim.id), "code": .string(code.rawValue)]))
            return AddedTarget(
                claim: claim.id, customer: customer, staff: member.id, reasonCode: code,
                date: date, state: .pending)
        }
    }

    /// Takes back an addition whose date is not closed: by who entered it or a supervisor.
    package func cancelAddition(of customer: CustomerNumber, by staff: StaffID) throws {
        try write { db in
            let member = try db.actor(staff)
            guard let addition = try db.pendingAddition(of: customer, at: node.outlet) else {
                throw Refusal(.noAddition, ["customer": customer.rawValue])
            }
            if member.id != addition.staff { try requireSupervisor(member) }
            try db.set(.cancelled, of: addition.claim, cancelledBy: member.id)
            try end(addition, db, by: member.id)
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .additionCancelled,
                    subject: customer.rawValue, detail: ["claim": JSONValue(addition.claim)]))
        }
    }

    /// Keeps a target by hand: their run below the line begins anew at the close of the date being
    /// worked on.
    package func renewTarget(
        _ customer: CustomerNumber, by supervisor: StaffID, because reason: String
    ) throws -> BusinessDay {
        let reason = try required(reason)
        return try write { db in
            try requireSupervisor(try db.actor(supervisor))
            guard let id = try db.customerID(customer), let row = try db.latestStanding(of: id)
            else { throw Refusal(.unknownCustomer, ["customer": customer.rawValue]) }
            guard row.standing.pool == .target, row.standing.origin != .rule else {
                throw Refusal(.notByHand, ["customer": customer.rawValue])
            }
            let date = try db.workingDate()
            try db.execute(
                prepared: """
                    INSERT OR REPLACE INTO targetRenewal (id, customer, date, staff, reason, at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    "\(customer)/\(date)", customer, date, supervisor,
                    secrets.seal(reason, "targetRenewal", "\(customer)/\(date)", "reason"),
                    world.now(),
                ])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: supervisor.rawValue, action: .targetRenewed,
                    subject: customer.rawValue, detail: ["date": JSONValue(date)]))
            return date
        }
    }

    /// Ends the owner's link of additions that a close found without a demand account. In a
    /// transaction of its own: a close with a claim in it would travel ahead of everything, whole.
    func endFailedAdditions() throws {
        let failed = try read { try $0.failedAdditions(ownedBy: node.outlet) }
        guard !failed.isEmpty else { return }
        try write { db in
            for addition in try db.failedAdditions(ownedBy: node.outlet) {
                try end(addition, db, by: addition.staff)
            }
        }
    }

    /// The customer is nobody's again, unless the addition's claim no longer makes the owner.
    private func end(_ addition: AddedTarget, _ db: Database, by staff: StaffID) throws {
        let ownership = try db.ownership(of: addition.customer, firstTier: node.firstTier)
        guard ownership.claim == addition.claim else { return }
        let claim = Claim.make(
            customer: addition.customer, firstTier: node.firstTier, author: node.outlet,
            kind: .release, base: addition.claim, outlet: nil, manager: nil, evidence: .none,
            businessDate: try db.workingDate(), stamp: try nextStamp(db), enteredBy: staff)
        try db.insert(claim)
        try db.refreshHolder(of: addition.customer, firstTier: node.firstTier)
    }

    private func requireSupervisor(_ member: Staff) throws(Refusal) {
        try member.require(.assign, atLeast: .outlet)
        guard member.unit == node.outlet else {
            throw Refusal(.notAllowed, ["staff": member.id.rawValue])
        }
    }

    private func circumstances(
        _ db: Database, _ customer: CustomerNumber
    ) throws -> ManualAddition.Circumstances {
        try db.requireUnmerged(customer)
        guard let id = try db.customerID(customer), let row = try db.latestStanding(of: id) else {
            throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
        }
        return ManualAddition.Circumstances(
            customer: customer, outlet: node.outlet,
            hasDemandAccount: try db.hasDemandAccount(
                id, at: node.outlet, on: try db.workingDate()),
            pool: row.standing.pool,
            ownership: try db.ownership(of: customer, firstTier: node.firstTier),
            isPending: try db.pendingAddition(of: customer, at: node.outlet) != nil)
    }
}
