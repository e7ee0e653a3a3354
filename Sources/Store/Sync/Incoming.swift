import Bank
import Foundation
import GRDB
import Sealing
package import Sync
import Vault

/// What head office sent is not what it may send; nothing of it is kept.
package enum UntrustedDelta: Error, Hashable, Sendable {
    case signature(record: Int64)
    case digest(record: Int64)
    case doesNotFollow(record: Int64)
    case anotherFirstTier
    case organisation
    /// What was to be given back is not the outlet's own.
    case recovery
}

extension BranchStore {
    /// Applies what head office sent: the organisation, other outlets' claims, settlements. One
    /// transaction, so that the position it ends at is never ahead of what was applied.
    package func apply(_ delta: Delta) throws {
        try write { db in
            if let json = delta.organisation {
                guard
                    let organisation = try? JSONDecoder().decode(
                        Organisation.self, from: Data(json.canonicalBytes)),
                    organisation.faults.isEmpty,
                    organisation.firstTier(of: node.outlet) == node.firstTier
                else { throw UntrustedDelta.organisation }
                try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
                try db.execute(
                    sql: "UPDATE node SET organisationVersion = ?",
                    arguments: [delta.organisationVersion])
            }
            var touched: Set<CustomerNumber> = []
            var ended: [Delta.ClaimChange] = []
            for change in delta.claims {
                guard change.claim.firstTier == node.firstTier else {
                    throw UntrustedDelta.anotherFirstTier
                }
                let before = try db.outcome(of: change.claim.id)
                try db.insert(change.claim, outcome: change.outcome, sequence: 0)
                if before != change.outcome { ended.append(change) }
                touched.insert(change.claim.customer)
            }
            for settled in delta.settled {
                try apply(settled, db)
                touched.insert(settled.record.customer)
            }
            for change in ended { try remind(db, of: change) }
            for customer in touched.sorted() {
                try db.refreshHolder(of: customer, firstTier: node.firstTier)
            }
            try db.execute(
                sql: "UPDATE line SET pulledThrough = ?", arguments: [delta.through])
        }
    }

    private func apply(_ settled: Delta.Settled, _ db: Database) throws {
        let record = settled.record
        guard record.firstTier == node.firstTier else { throw UntrustedDelta.anotherFirstTier }
        guard let key = node.settlementKey.flatMap(VerificationKey.init(hex:)),
            record.isSigned(settled.signature, by: key)
        else { throw UntrustedDelta.signature(record: record.number) }
        let known = try Int64.fetchOne(
            db, sql: "SELECT number FROM directory WHERE customer = ?",
            arguments: [record.customer])
        if let known, known > record.number { return }
        if let decision = settled.decision {
            try keep(decision, of: record, db)
        }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO directory (
                    customer, claim, manager, outlet, since, number, rule, digest, record,
                    signature)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.customer, record.owner == nil ? nil : record.claim, record.owner?.manager,
                record.owner?.outlet, record.owner?.since, record.number, record.rule.rawValue,
                record.digest, record.json.description, settled.signature,
            ])
    }

    /// Keeps the decision where it is the one that was signed and follows from the claims.
    private func keep(_ decision: JSONValue, of record: SettlementRecord, _ db: Database) throws {
        guard Digest.sha256(decision.canonicalBytes).hex == record.digest else {
            throw UntrustedDelta.digest(record: record.number)
        }
        var claims: [ClaimID: Claim] = [:]
        for entry in try db.claims(on: record.customer) { claims[entry.claim.id] = entry.claim }
        if let settlement = Settlement(replaying: decision, claims: claims),
            SettlementRecord(
                settlement.decide(), number: record.number, previous: record.previous) != record
        {
            throw UntrustedDelta.doesNotFollow(record: record.number)
        }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO decision (digest, customer, number, content)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                record.digest, record.customer, record.number, decision.description,
            ])
    }

    /// Tells those whose claim was settled how it went and why; the page tells how to object.
    private func remind(_ db: Database, of change: Delta.ClaimChange) throws {
        let kinds: [Decision.Outcome: Reminder.Kind] = [
            .owner: .claimConfirmed, .lost: .claimLost, .late: .claimLate,
            .refused: .claimRefused,
        ]
        let claim = change.claim
        guard claim.author == node.outlet, let kind = change.outcome.flatMap({ kinds[$0] }) else {
            return
        }
        let date = try db.lastClosed()?.next ?? claim.businessDate
        let facts = try db.settlementFacts(of: claim)
        var concerned = [claim.enteredBy]
        if let manager = claim.manager, manager != claim.enteredBy { concerned.append(manager) }
        for staff in concerned {
            try db.remind(
                Reminder(
                    id: "\(kind.rawValue):\(claim.id):\(staff)", staff: staff, kind: kind,
                    customer: claim.customer, dueOn: date, facts: facts), at: world.now())
        }
    }
}

extension Database {
    fileprivate func outcome(of claim: ClaimID) throws -> Decision.Outcome? {
        try Decision.Outcome.fetchOne(
            self, sql: "SELECT outcome FROM claim WHERE id = ? AND outcome IS NOT NULL",
            arguments: [claim])
    }

    /// The settled owner's outlet, the rule that decided, and why the claim was refused if it was:
    /// codes, which the reminder's sentence says in words.
    fileprivate func settlementFacts(of claim: Claim) throws -> [String: String] {
        let row = try Row.fetchOne(
            self,
            sql: """
                SELECT directory.outlet, directory.rule, decision.content FROM directory
                LEFT JOIN decision ON decision.digest = directory.digest
                WHERE directory.customer = ?
                """,
            arguments: [claim.customer])
        guard let row else { return [:] }
        var facts = ["rule": row["rule"] as String]
        facts["outlet"] = row["outlet"]
        if let content = row["content"] as String?,
            let decision = try? JSONValue(reading: Array(content.utf8))
        {
            facts["inadmissible"] = decision["refused"]?[claim.id.rawValue]?.string
        }
        return facts
    }
}
