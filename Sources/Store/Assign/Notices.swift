import Bank
import GRDB
import Sync
import Vault

// Who is told of what head office sent: the managers and supervisors concerned, with the reason.

extension BranchStore {
    /// Tells those whose claim was settled how it went and why: who entered it, its manager and the
    /// outlet's supervisors; the page tells how to object.
    func remind(_ db: Database, of change: Delta.ClaimChange) throws {
        let kinds: [Decision.Outcome: Reminder.Kind] = [
            .owner: .claimConfirmed, .lost: .claimLost, .late: .claimLate,
            .refused: .claimRefused,
        ]
        let claim = change.claim
        guard claim.author == node.outlet || claim.outlet == node.outlet,
            let kind = change.outcome.flatMap({ kinds[$0] }),
            kind != .claimConfirmed || claim.outlet == node.outlet
        else { return }
        let facts = try db.settlementFacts(of: claim)
        let entered = claim.author == node.outlet ? claim.enteredBy : nil
        try remind(
            db, [entered, claim.outlet == node.outlet ? claim.manager : nil], about: claim.customer,
            kind, cause: claim.id.rawValue, facts)
    }

    /// Tells the manager who was the settled owner, and the supervisors, that they are no longer.
    func remindOfLoss(_ db: Database, by record: SettlementRecord, manager: StaffID?) throws {
        let claims = try db.claims(on: record.customer)
        let by = claims.first { $0.claim.id == record.claim }?.claim
        // Where nobody owns the customer, the last claim that ended an ownership did it.
        let ending = claims.filter { $0.outcome == .ended }.map(\.claim).max {
            ($0.businessDate, $0.id) < ($1.businessDate, $1.id)
        }
        let cause = record.owner == nil ? ending : by
        guard cause?.author != node.outlet else { return }
        if record.owner == nil, let cause, cause.kind == .exit {
            return try remind(
                db, [manager], about: record.customer, .leftTarget, cause: cause.id.rawValue,
                [
                    "days": String(FormerOwner.suggestionDays),
                    "since": cause.businessDate.description,
                ])
        }
        let owner = record.owner.map { "\($0.outlet) \($0.manager?.rawValue ?? "–")" } ?? "–"
        try remind(
            db, [manager], about: record.customer, .ownershipLost,
            cause: record.claim?.rawValue ?? record.digest,
            ["claim": cause?.kind.rawValue ?? Claim.Kind.ruling.rawValue, "to": owner])
    }

    /// Tells the other side of a request or dispute what was done; of one that is closed, how it
    /// ended and no more.
    func remind(_ db: Database, of step: DisputeStep) throws {
        guard step.author != node.outlet,
            let dispute = try disputes(db, about: step.customer).first(where: {
                $0.id == step.dispute
            }), dispute.isOpen || dispute.isEnded(by: step)
        else { return }
        let first = dispute.first
        let owner = try db.ownership(of: step.customer, firstTier: node.firstTier).owner
        // Once the customer has gone over, whoever had them before.
        let before = try db.claims(on: step.customer).first { $0.claim.id == first.against }?.claim
        let asked =
            owner?.outlet == node.outlet
            ? owner?.manager : before?.outlet == node.outlet ? before?.manager : nil
        let applicants = [
            first.author == node.outlet && !first.isByRule ? first.enteredBy : nil, first.manager,
        ]
        switch step.kind {
        case .requested, .objected:
            guard first.counterParty == node.outlet, let outlet = first.outlet else { return }
            try remind(
                db, [asked], about: step.customer,
                step.kind == .requested ? .transferRequested : .objectionRaised,
                cause: step.id.rawValue,
                [
                    "manager": first.manager?.rawValue ?? "–", "outlet": outlet.rawValue,
                    "until": dispute.goesUpOn.description,
                ])
        case .escalated where step.isByTime:
            let isApplicant = first.outlet == node.outlet
            guard isApplicant || first.counterParty == node.outlet else { return }
            try remind(
                db,
                isApplicant
                    ? applicants : [asked], about: step.customer, .disputeWentUp,
                cause: step.id.rawValue,
                dispute.wentUpFacts)
        case .consented, .refused, .withdrawn, .escalated, .ruled:
            let facts = ["answer": step.kind.rawValue, "outlet": step.author.rawValue]
            if first.outlet == node.outlet, first.kind != .ruled || step.outlet == node.outlet {
                try remind(
                    db, applicants, about: step.customer, .disputeAnswered, cause: step.id.rawValue,
                    facts)
            } else if first.counterParty == node.outlet {
                try remind(
                    db, [asked], about: step.customer, .disputeAnswered,
                    cause: step.id.rawValue, facts)
            }
        }
    }

    /// One reminder for each of those named and for each supervisor of the outlet, once: what comes
    /// again is no news to whoever is in office by then. Nor is what comes before a date is closed: a
    /// node in the place of a lost one loads what was settled long ago.
    func remind(
        _ db: Database, _ staff: [StaffID?], about customer: CustomerNumber,
        _ kind: Reminder.Kind, cause: String, _ facts: [String: String]
    ) throws {
        guard try db.lastClosed() != nil,
            try !db.hasReminder(of: "\(kind.rawValue):\(cause)")
        else { return }
        let supervisors = try db.members(of: node.outlet)
            .filter { $0.active && $0.holds(.outletSupervisor) }.map(\.id)
        let date = try disputeTerms(db).day
        for member in Set(staff.compactMap { $0 } + supervisors).sorted() {
            try db.remind(
                Reminder(
                    id: "\(kind.rawValue):\(cause):\(member)", staff: member, kind: kind,
                    customer: customer, dueOn: date, facts: facts), at: world.now())
        }
    }
}

extension Dispute {
    /// Whether it was closed with this step.
    fileprivate func isEnded(by step: DisputeStep) -> Bool {
        switch ending {
        case .consented: step.kind == .consented
        case .refused: step.kind == .refused
        case .withdrawn: step.kind == .withdrawn
        case .ruled: step.kind == .ruled
        case .barred, .lapsed, nil: false
        }
    }
}

extension Database {
    /// The settled owner's outlet, the rule that decided, and why the claim was refused if it was:
    /// codes, which the reminder's sentence says in words.
    fileprivate func settlementFacts(of claim: Claim) throws -> [String: String] {
        let row = try Row.fetchOne(
            self,
            prepared: """
                SELECT directory.outlet, directory.rule, decision.content FROM directory
                LEFT JOIN decision ON decision.digest = directory.digest
                WHERE directory.customer = ?
                """,
            arguments: [claim.customer])
        guard let row else { return [:] }
        let code = try row.value("rule") as String
        var facts = ["rule": code]
        facts["outlet"] = try row.value("outlet") as String?
        // What was settled holds whether or not its decision can be read here: a damaged one, as
        // `verify` says, makes the reminder say less and does not hold up what comes down.
        if let content = try row.value("content") as String?,
            let decision = try? JSONValue(reading: Array(content.utf8))
        {
            facts["inadmissible"] = decision["refused"]?[claim.id.rawValue]?.string
            let kind = Decision.decidingClaim(
                decision, try claims(on: claim.customer).map(\.claim))?.kind
            facts["rule"] = Decision.Rule(rawValue: code)?.code(by: kind) ?? code
        }
        return facts
    }
}
