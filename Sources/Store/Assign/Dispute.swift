package import Bank
import Foundation
import GRDB
import Sync
import Vault

/// What a member of staff does about another outlet's ownership, or about a request to them.
package enum DisputeAct: Sendable {
    /// Asks for the customer for a manager of this outlet; or objects to what was decided.
    case request(to: StaffID, newEvidence: String?)
    case object(to: StaffID, newEvidence: String?)
    /// Answers the request of an outlet; nil where only one asks.
    case accept(from: UnitCode?)
    case refuse(from: UnitCode?)
    /// Ends or takes up what this outlet began.
    case withdraw, escalate
}

/// What came of it.
package struct DisputeOutcome: Sendable {
    package let step: DisputeStep
    package let dispute: Dispute
}

extension BranchStore {
    /// One step of a transfer request or dispute (`domain.md` 3.4, 3.5), with its reason or opinion;
    /// a withdrawal needs none.
    package func take(
        _ act: DisputeAct, about customer: CustomerNumber, by staff: StaffID, because text: String
    ) throws -> DisputeOutcome {
        let opinion =
            if case .withdraw = act { try optional(text) ?? "" } else { try required(text) }
        return try write { db in
            let member = try db.actor(staff)
            let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
            let known = try disputes(db, about: customer)
            let step: DisputeStep
            switch act {
            case .request(let manager, let news):
                step = try ask(
                    db, .requested, member, customer, ownership, known, for: manager, opinion, news)
            case .object(let manager, let news):
                step = try ask(
                    db, .objected, member, customer, ownership, known, for: manager, opinion, news)
            case .accept(let outlet):
                let dispute = try asked(db, member, customer, known, by: outlet, gives: true)
                let claim = try transfer(db, customer, ownership, to: dispute, by: member)
                step = try answer(.consented, dispute, claim, member, opinion, db)
            case .refuse(let outlet):
                let dispute = try asked(db, member, customer, known, by: outlet)
                step = try answer(.refused, dispute, nil, member, opinion, db)
            case .withdraw:
                let dispute = try begun(db, member, customer, known) { $0.isOpen }
                step = try answer(.withdrawn, dispute, nil, member, opinion, db)
            case .escalate:
                let dispute = try begun(db, member, customer, known) { $0.ending == .refused }
                step = try answer(.escalated, dispute, nil, member, opinion, db)
            }
            try insert(step, db)
            try db.refreshHolder(of: customer, firstTier: node.firstTier)
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .tookDisputeStep,
                    subject: customer.rawValue,
                    detail: ["kind": .string(step.kind.rawValue), "step": JSONValue(step.id)]))
            guard
                let dispute = try disputes(db, about: customer).first(where: {
                    $0.id == step.dispute
                })
            else { preconditionFailure("the step was written in this transaction") }
            return DisputeOutcome(step: step, dispute: dispute)
        }
    }

    private func ask(
        _ db: Database, _ kind: DisputeStep.Kind, _ member: Staff, _ customer: CustomerNumber,
        _ ownership: Ownership, _ known: [Dispute], for manager: StaffID, _ opinion: String,
        _ news: String?
    ) throws -> DisputeStep {
        try member.require(.requestTransfer, atLeast: .own)
        guard member.unit == node.outlet,
            member.reach(for: .requestTransfer) >= .outlet || manager == member.id
        else { throw Refusal(.notAllowed, ["staff": member.id.rawValue]) }
        let manager = try db.manager(manager, of: node.outlet)
        let subject = ["customer": customer.rawValue]
        guard let id = try db.customerID(customer), let row = try db.latestStanding(of: id) else {
            throw Refusal(.unknownCustomer, subject)
        }
        guard row.accounts > 0 else { throw Refusal(.noAccountHere, subject) }
        guard let owner = ownership.owner, let claim = ownership.claim else {
            throw Refusal(.nobodyOwns, subject)
        }
        guard owner.outlet != node.outlet else {
            throw Refusal(
                .ownedHere,
                subject.merging([
                    "outlet": owner.outlet.rawValue, "manager": owner.manager?.rawValue ?? "–",
                ]) { $1 })
        }
        guard row.standing.pool == .target else {
            throw Refusal(
                .notTarget, subject.merging(["pool": row.standing.pool.rawValue]) { $1 })
        }
        let isOpen = known.contains { $0.isOpen && $0.first.outlet == node.outlet }
        guard !isOpen else { throw Refusal(.requestOpen, subject) }
        let terms = try disputeTerms(db)
        let newEvidence = try news.flatMap(optional)
        let steps = try steps(db, about: customer)
        if newEvidence == nil,
            let until = Dispute.rests(after: steps, on: terms.day, rest: terms.rest)
        {
            throw Refusal(.ruledRecently, subject.merging(["until": until.description]) { $1 })
        }
        let lost = kind == .objected ? try db.lastLoss(on: customer, of: node.outlet) : nil
        guard kind == .requested || lost != nil && ownership.state == .confirmed else {
            throw Refusal(.nothingToObjectTo, subject)
        }
        let date = try db.workingDate()
        return DisputeStep(
            id: "", begins: nil, customer: customer, firstTier: node.firstTier,
            author: node.outlet, kind: kind, outlet: node.outlet, manager: manager.id,
            counterParty: owner.outlet, against: claim, claim: lost,
            evidence: row.evidence(on: date),
            opinion: opinion, newEvidence: newEvidence, businessDate: date,
            stamp: try nextStamp(db).description, enteredBy: member.id
        ).named
    }

    /// The open request to this outlet that the member of staff may answer.
    private func asked(
        _ db: Database, _ member: Staff, _ customer: CustomerNumber, _ known: [Dispute],
        by outlet: UnitCode?, gives: Bool = false
    ) throws -> Dispute {
        try member.require(.answerTransfer, atLeast: .outlet)
        let organisation = Organisation(units: try db.units(), staff: [])
        guard
            member.unit == node.outlet
                || member.reach(for: .answerTransfer) >= .subtree
                    && organisation.is(member.unit, above: node.outlet)
        else { throw Refusal(.notAllowed, ["staff": member.id.rawValue]) }
        let open = known.filter {
            $0.isOpen && $0.first.counterParty == node.outlet
                && (outlet == nil || $0.first.outlet == outlet)
                && !$0.steps.contains { $0.kind == .refused }
        }
        guard let dispute = open.first else {
            throw Refusal(.noRequest, ["customer": customer.rawValue])
        }
        // One outlet may have asked twice: restored, or while the first-tier branch asked for it.
        // Who gets the customer has to be plain.
        guard
            open.allSatisfy({
                $0.first.outlet == dispute.first.outlet
                    && (!gives || $0.first.manager == dispute.first.manager)
            })
        else {
            throw Refusal(
                .severalRequests,
                [
                    "customer": customer.rawValue,
                    "outlets": open.compactMap(\.first.outlet?.rawValue).joined(separator: ", "),
                ])
        }
        guard dispute.first.enteredBy != member.id, dispute.first.manager != member.id else {
            throw Refusal(.applicantIsApprover, ["staff": member.id.rawValue])
        }
        return dispute
    }

    /// What this outlet began and the member of staff may end or take up.
    private func begun(
        _ db: Database, _ member: Staff, _ customer: CustomerNumber, _ known: [Dispute],
        where isMeant: (Dispute) -> Bool
    ) throws -> Dispute {
        try member.require(.requestTransfer, atLeast: .own)
        guard member.unit == node.outlet else {
            throw Refusal(.notAllowed, ["staff": member.id.rawValue])
        }
        guard let dispute = known.last(where: { $0.first.outlet == node.outlet && isMeant($0) })
        else { throw Refusal(.noRequest, ["customer": customer.rawValue]) }
        let isOwn = dispute.first.enteredBy == member.id || dispute.first.manager == member.id
        guard isOwn || member.reach(for: .requestTransfer) >= .outlet else {
            throw Refusal(.notAllowed, ["staff": member.id.rawValue])
        }
        return dispute
    }

    private func answer(
        _ kind: DisputeStep.Kind, _ dispute: Dispute, _ claim: ClaimID?, _ member: Staff,
        _ opinion: String, _ db: Database
    ) throws -> DisputeStep {
        DisputeStep(
            id: "", begins: dispute.id, customer: dispute.first.customer,
            firstTier: node.firstTier, author: node.outlet, kind: kind, claim: claim,
            opinion: opinion, businessDate: try db.workingDate(),
            stamp: try nextStamp(db).description, enteredBy: member.id
        ).named
    }

    /// The owner's outlet gives the customer to the applicant's outlet and manager.
    private func transfer(
        _ db: Database, _ customer: CustomerNumber, _ ownership: Ownership, to dispute: Dispute,
        by member: Staff
    ) throws -> ClaimID {
        guard let owner = ownership.owner, owner.outlet == node.outlet,
            let outlet = dispute.first.outlet, let applicant = dispute.first.manager
        else { throw Refusal(.notOwnedHere, ["customer": customer.rawValue]) }
        let manager = try db.manager(applicant, of: outlet)
        let date = try db.workingDate()
        let claim = Claim.make(
            customer: customer, firstTier: node.firstTier, author: node.outlet, kind: .transfer,
            base: ownership.claim, outlet: outlet, manager: manager.id,
            evidence: dispute.first.evidence ?? .none, businessDate: date,
            stamp: try nextStamp(db), enteredBy: member.id)
        try db.insert(claim)
        if let loser = owner.manager {
            try db.remindOfLoss(
                of: customer, loser, to: "\(outlet) \(manager.id)", by: claim, on: date,
                at: world.now())
        }
        return claim.id
    }

    /// A text that has to be there, trimmed.
    func required(_ text: String) throws -> String {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal(.reasonMissing) }
        guard text.count <= DisputeStep.longestText else {
            throw Refusal(
                .textTooLong, ["field": "reason", "most": String(DisputeStep.longestText)])
        }
        return text
    }

    private func optional(_ text: String) throws -> String? {
        text.allSatisfy(\.isWhitespace) ? nil : try required(text)
    }

    /// The next stamp of a claim or step of this node.
    func nextStamp(_ db: Database) throws -> HybridStamp {
        let claim = try String.fetchOne(
            db,
            prepared: "SELECT content FROM claim WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1")
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT id, content FROM disputeStep WHERE sequence > 0
                ORDER BY sequence DESC LIMIT 1
                """)
        let step = try row.flatMap {
            try secrets.open(
                try $0.value("content"), "disputeStep", try $0.value("id"), "content")
        }
        // A stamp decides nothing: what is damaged, as `verify` says, keeps nobody from claiming.
        let stamps = [claim, step].compactMap { $0 }.compactMap { content in
            (try? JSONValue(reading: Array(content.utf8)))?["stamp"]?.string.flatMap {
                HybridStamp($0)
            }
        }
        let last = stamps.max { ($0.milliseconds, $0.counter) < ($1.milliseconds, $1.counter) }
        return .next(after: last, now: world.now(), node: node.name)
    }
}

extension StandingRow {
    /// What a claim or request of this outlet on `day` says that the customer holds here.
    func evidence(on day: BusinessDay) -> Evidence {
        Evidence(
            activeCard: activeCard, holdings: held.here.financial,
            demandAccountOpened: demandAccountOpened, businessDate: day)
    }
}

extension Evidence {
    /// Of a claim that no order compares.
    static let none = Evidence(
        activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil)
}

extension Database {
    /// The outlet's last claim on the customer that did not get it, or that a ruling took away.
    fileprivate func lastLoss(on customer: CustomerNumber, of outlet: UnitCode) throws -> ClaimID? {
        try claims(on: customer).filter { claim, outcome in
            claim.outlet == outlet
                && (outcome == .lost || outcome == .late || outcome == .refused
                    || outcome == .followed)
        }.map(\.claim).max { ($0.businessDate, $0.id) < ($1.businessDate, $1.id) }?.id
    }

    func remindOfLoss(
        of customer: CustomerNumber, _ staff: StaffID, to owner: String, by claim: Claim,
        on date: BusinessDay, at now: Int64
    ) throws {
        try remind(
            Reminder(
                id: "ownership-lost:\(claim.id):\(staff)", staff: staff, kind: .ownershipLost,
                customer: customer, dueOn: date,
                facts: ["claim": claim.kind.rawValue, "to": owner]), at: now)
    }
}
