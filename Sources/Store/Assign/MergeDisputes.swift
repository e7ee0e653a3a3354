import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Two owners of one person are a dispute (`domain.md` 3.5): where CIF merged two numbers, this
    /// outlet looks after the customer under the one that is no more and another does under the one
    /// that is left, the outlet of the old number asks for the customer, for the manager who has it.
    /// Once for each merge and manager; what it asked for a merge that is no more, or for a number
    /// that is none, it takes back.
    ///
    /// Called after closes, whatever merges they brought: who owns the number that is left may be
    /// heard later. In a transaction of its own, as an addition that failed is ended: a close with a
    /// step in it would travel ahead of everything, whole.
    func disputeMerges() throws {
        // What is taken back for another manager is asked for in the next transaction.
        for _ in 0..<2 {
            guard try !read({ try stepsOfMerges($0) }).isEmpty else { return }
            try write { try disputeMerges($0) }
        }
    }

    private func disputeMerges(_ db: Database) throws {
        for make in try stepsOfMerges(db) {
            let step = make(try nextStamp(db))
            try insert(step, db)
            try remindOfEnd(by: step, db)
            try db.refreshHolder(of: step.customer, firstTier: node.firstTier)
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: "node:\(node.name)", action: .tookDisputeStep,
                    subject: step.customer.rawValue,
                    detail: ["kind": .string(step.kind.rawValue), "step": JSONValue(step.id)]))
        }
    }

    /// The steps that are due, but for their stamps.
    private func stepsOfMerges(_ db: Database) throws -> [(HybridStamp) -> DisputeStep] {
        guard let closed = try db.lastClosed() else { return [] }
        let merges = try Merges(db, on: closed)
        var due: [(HybridStamp) -> DisputeStep] = []
        var holding: [String: StaffID?] = [:]
        var asked: Set<CustomerNumber> = []
        for merge in merges.inForce {
            let merged = CustomerNumber(try db.number(of: merge.customer))
            let customer = CustomerNumber(try db.number(of: merge.survivor))
            let fact = "CIF: \(merged) → \(customer)"
            let manager = try ownManager(db, of: merged)
            holding.updateValue(manager, forKey: fact)
            due += try openRequests(db, about: merged).map { withdrawal(of: $0, on: closed.next) }
            guard let manager,
                let row = try db.latestStanding(of: merge.survivor), row.accounts > 0,
                row.standing.pool == .target
            else { continue }
            let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
            guard let owner = ownership.owner, owner.outlet != node.outlet,
                let against = ownership.claim,
                try !isAsked(db, for: customer, fact, since: merge.since),
                asked.insert(customer).inserted
            else { continue }
            due.append { [node] stamp in
                DisputeStep(
                    id: "", begins: nil, customer: customer, firstTier: node.firstTier,
                    author: node.outlet, kind: .requested, outlet: node.outlet, manager: manager,
                    counterParty: owner.outlet, against: against,
                    evidence: row.evidence(on: closed.next), opinion: fact, newEvidence: fact,
                    businessDate: closed.next, stamp: stamp.description,
                    enteredBy: StaffID(node.outlet.rawValue)
                ).named
            }
        }
        // A node that was restored has yet to close the date of the merge again.
        for dispute in try ownDisputes(db)
        where dispute.first.isOfMerge && dispute.first.businessDate <= closed.next {
            guard let manager = holding[dispute.first.opinion] else {
                due.append(withdrawal(of: dispute, on: closed.next))
                continue
            }
            // Whoever has the old number by now asks.
            if let manager, manager != dispute.first.manager {
                due.append(withdrawal(of: dispute, on: closed.next))
            }
        }
        return due
    }

    private func withdrawal(
        of dispute: Dispute, on day: BusinessDay
    ) -> (HybridStamp) -> DisputeStep {
        { [node] stamp in
            DisputeStep(
                id: "", begins: dispute.id, customer: dispute.first.customer,
                firstTier: node.firstTier, author: node.outlet, kind: .withdrawn, opinion: "",
                businessDate: day, stamp: stamp.description,
                enteredBy: StaffID(node.outlet.rawValue)
            ).named
        }
    }

    /// Whoever asked for a number that is no more is told that it ended.
    private func remindOfEnd(by step: DisputeStep, _ db: Database) throws {
        guard step.kind == .withdrawn,
            let first = try steps(db, about: step.customer).first(where: { $0.id == step.dispute }),
            !first.isOfMerge
        else { return }
        try remind(
            db, [first.isByRule ? nil : first.enteredBy, first.manager], about: step.customer,
            .disputeAnswered, cause: step.id.rawValue,
            ["answer": step.kind.rawValue, "outlet": step.author.rawValue])
    }

    /// The manager of this outlet who owns the customer and may be given another.
    func ownManager(_ db: Database, of customer: CustomerNumber) throws -> StaffID? {
        guard
            let owner = try db.ownership(of: customer, firstTier: node.firstTier).owner,
            owner.outlet == node.outlet, let manager = try owner.manager.flatMap(db.member),
            manager.active, manager.unit == node.outlet, manager.holds(.manager)
        else { return nil }
        return manager.id
    }

    /// Whether this outlet asks for the customer, asked for the merge's sake, or somebody here has
    /// asked since the merge.
    private func isAsked(
        _ db: Database, for customer: CustomerNumber, _ fact: String, since merge: BusinessDay
    ) throws -> Bool {
        try disputes(db, about: customer).contains { dispute in
            guard dispute.first.outlet == node.outlet else { return false }
            guard dispute.first.isOfMerge, !dispute.isOpen else {
                return dispute.isOpen || dispute.first.businessDate > merge
            }
            let isTakenBack = dispute.steps.contains { $0.kind == .withdrawn && $0.isByRule }
            return dispute.first.opinion == fact && !isTakenBack
        }
    }

    /// What this outlet asks for, whoever began it.
    private func openRequests(
        _ db: Database, about customer: CustomerNumber
    ) throws -> [Dispute] {
        try disputes(db, about: customer).filter { $0.isOpen && $0.first.outlet == node.outlet }
    }

    /// What this outlet began about customers whose numbers are theirs.
    private func ownDisputes(_ db: Database) throws -> [Dispute] {
        try CustomerNumber.fetchAll(
            db,
            prepared: """
                SELECT DISTINCT disputeStep.customer FROM disputeStep
                LEFT JOIN customer ON customer.number = disputeStep.customer
                WHERE author = ? AND dispute = disputeStep.id AND mergedInto IS NULL
                ORDER BY disputeStep.customer
                """,
            arguments: [node.outlet]
        ).flatMap { try openRequests(db, about: $0) }
    }
}
