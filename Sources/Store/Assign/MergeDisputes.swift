import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Two owners of one person are a dispute (`domain.md` 3.5): where CIF merged two numbers, this
    /// outlet looks after the customer under the one that is no more and another does under the one
    /// that is left, the outlet of the old number asks for the customer, for the manager who has it.
    /// Once for each merge; what it asked for a merge that is no more, it takes back.
    ///
    /// Called after closes, whatever merges they brought: who owns the number that is left may be
    /// heard later. In a transaction of its own, as an addition that failed is ended: a close with a
    /// step in it would travel ahead of everything, whole.
    func disputeMerges() throws {
        guard try !read({ try stepsOfMerges($0) }).isEmpty else { return }
        try write { db in
            for make in try stepsOfMerges(db) {
                let step = make(try nextStamp(db))
                try insert(step, db)
                try db.refreshHolder(of: step.customer, firstTier: node.firstTier)
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: "node:\(node.name)", action: .tookDisputeStep,
                        subject: step.customer.rawValue,
                        detail: ["kind": .string(step.kind.rawValue), "step": JSONValue(step.id)]))
            }
        }
    }

    /// The steps that are due, but for their stamps.
    private func stepsOfMerges(_ db: Database) throws -> [(HybridStamp) -> DisputeStep] {
        guard let closed = try db.lastClosed() else { return [] }
        let merges = try Merges(db, on: closed)
        var due: [(HybridStamp) -> DisputeStep] = []
        var facts: [CustomerNumber: Set<String>] = [:]
        for merge in merges.inForce {
            let merged = CustomerNumber(try db.number(of: merge.customer))
            let customer = CustomerNumber(try db.number(of: merge.survivor))
            let fact = "CIF: \(merged) → \(customer)"
            facts[customer, default: []].insert(fact)
            guard let manager = try ownManager(db, of: merged),
                let row = try db.latestStanding(of: merge.survivor), row.accounts > 0,
                row.standing.pool == .target
            else { continue }
            let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
            guard let owner = ownership.owner, owner.outlet != node.outlet,
                let against = ownership.claim,
                try !isAsked(db, for: customer, fact, since: merge.since)
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
        for dispute in try ownDisputes(db)
        where dispute.isOpen && dispute.first.isOfMerge
            && facts[dispute.first.customer]?.contains(dispute.first.opinion) != true
        {
            due.append { [node] stamp in
                DisputeStep(
                    id: "", begins: dispute.id, customer: dispute.first.customer,
                    firstTier: node.firstTier, author: node.outlet, kind: .withdrawn, opinion: "",
                    businessDate: closed.next, stamp: stamp.description,
                    enteredBy: StaffID(node.outlet.rawValue)
                ).named
            }
        }
        return due
    }

    /// The manager of this outlet who owns the customer and may be given another.
    private func ownManager(_ db: Database, of customer: CustomerNumber) throws -> StaffID? {
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

    /// What this outlet began.
    private func ownDisputes(_ db: Database) throws -> [Dispute] {
        try CustomerNumber.fetchAll(
            db,
            prepared: """
                SELECT DISTINCT customer FROM disputeStep
                WHERE author = ? AND dispute = id
                ORDER BY customer
                """,
            arguments: [node.outlet]
        ).flatMap { try disputes(db, about: $0) }
            .filter { $0.first.author == node.outlet }
    }
}
