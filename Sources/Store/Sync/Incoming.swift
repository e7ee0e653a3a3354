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
    /// It is not the one that the records beside it are chained to.
    case chain(record: Int64)
    case anotherFirstTier
    case organisation
    /// A new epoch does not begin as one does.
    case epoch
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
                    prepared: "UPDATE node SET organisationVersion = ?",
                    arguments: [delta.organisationVersion])
            }
            var touched: Set<CustomerNumber> = []
            var ended: [Delta.ClaimChange] = []
            var arrived: [CustomerNumber: Set<ClaimID>] = [:]
            for change in delta.claims {
                guard change.claim.firstTier == node.firstTier else {
                    throw UntrustedDelta.anotherFirstTier
                }
                let before = try db.outcome(of: change.claim.id)
                if before == nil {
                    arrived[change.claim.customer, default: []].insert(change.claim.id)
                }
                try db.insert(
                    change.claim, outcome: change.outcome,
                    sequence: sequence(ofPassedOn: change.claim.author),
                    attestation: delta.attestations[change.claim.id.rawValue])
                if (before ?? nil) != change.outcome { ended.append(change) }
                touched.insert(change.claim.customer)
            }
            for (customer, claims) in arrived.sorted(by: { $0.key < $1.key }) {
                try runAgain(decisionsOn: customer, naming: claims, db)
            }
            for settled in delta.settled {
                try apply(settled, db)
                touched.insert(settled.record.customer)
            }
            for step in delta.steps {
                guard step.firstTier == node.firstTier else {
                    throw UntrustedDelta.anotherFirstTier
                }
                if try insert(step, sequence: sequence(ofPassedOn: step.author), db) {
                    try remind(db, of: step)
                }
                if let attestation = delta.attestations[step.id.rawValue] {
                    try db.execute(
                        prepared: "UPDATE disputeStep SET attestation = ? WHERE id = ?",
                        arguments: [attestation, step.id])
                }
                touched.insert(step.customer)
            }
            for record in delta.records { try take(record, db) }
            // A request may have come before the claim that it speaks for.
            let hasDisputes = try Bool.fetchOne(
                db, prepared: "SELECT EXISTS (SELECT 1 FROM disputeStep)")
            if hasDisputes == true {
                for customer in Set(delta.claims.map(\.claim.customer)).sorted() {
                    try refreshAnswers(db, about: customer)
                }
            }
            for change in ended { try remind(db, of: change) }
            for customer in touched.sorted() {
                try db.refreshHolder(of: customer, firstTier: node.firstTier)
            }
            try dropPast(db)
            if !delta.hasMore { try db.noteUnverified() }
            try db.execute(
                prepared: "UPDATE line SET pulledThrough = ?", arguments: [delta.through])
        }
    }

    /// Of what others wrote; of its own that is not here, which both sides had lost and a third
    /// one gave back, that it is to be sent like all of its own.
    private func sequence(ofPassedOn author: UnitCode) -> Int64? {
        author == node.outlet ? nil : 0
    }

    private func apply(_ settled: Delta.Settled, _ db: Database) throws {
        let record = settled.record
        guard record.firstTier == node.firstTier else { throw UntrustedDelta.anotherFirstTier }
        guard let key = node.settlementKey.flatMap(VerificationKey.init(hex:)),
            record.isSigned(settled.signature, by: key)
        else { throw UntrustedDelta.signature(record: record.number) }
        try db.link(record)
        let known = try Row.fetchOne(
            db, prepared: "SELECT number, outlet, manager FROM directory WHERE customer = ?",
            arguments: [record.customer])
        if let decision = settled.decision {
            try keep(decision, of: record, db)
        }
        if let known, known["number"] > record.number {
            return try db.keepPast(record, signature: settled.signature)
        }
        try db.movePast(record)
        try db.execute(
            prepared: """
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
        if let known, known["number"] < record.number, known["outlet"] as UnitCode? == node.outlet,
            record.owner?.outlet != node.outlet
        {
            try remindOfLoss(db, by: record, manager: known["manager"])
        }
        try moveReminders(db, by: record)
    }

    /// Keeps the decision where it is the one that was signed and follows from the claims.
    private func keep(_ decision: JSONValue, of record: SettlementRecord, _ db: Database) throws {
        guard Digest.sha256(decision.canonicalBytes).hex == record.digest else {
            throw UntrustedDelta.digest(record: record.number)
        }
        let isVerified = try runAgain(decision, of: record, db)
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO decision (digest, customer, number, content, lacksClaims)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                record.digest, record.customer, record.number, decision.description,
                isVerified ? 0 : 1,
            ])
    }
}

extension BranchStore {
    /// A decision of rules that this program knows follows from the claims that it names. Where one
    /// of them has not come yet, that is looked at when it comes: a claim whose outcome changed
    /// later than the decision was made may be on a later page. False until then.
    private func runAgain(
        _ decision: JSONValue, of record: SettlementRecord, _ db: Database
    ) throws -> Bool {
        guard Settlement.isRunnable(decision) else { return true }
        guard let follows = try db.follows(decision, record) else { return false }
        guard follows else { throw UntrustedDelta.doesNotFollow(record: record.number) }
        return true
    }

    /// Runs again the decisions that were waiting for claims.
    private func runAgain(
        decisionsOn customer: CustomerNumber, naming claims: Set<ClaimID>, _ db: Database
    ) throws {
        let rows = try Row.fetchAll(
            db,
            prepared: """
                SELECT decision.content, coalesce(directory.record, pastRecord.record) AS record
                FROM decision
                LEFT JOIN directory ON directory.customer = decision.customer
                    AND directory.number = decision.number
                LEFT JOIN pastRecord ON pastRecord.number = decision.number
                WHERE decision.customer = ?
                ORDER BY decision.number
                """,
            arguments: [customer])
        for row in rows {
            guard let decision = try? JSONValue(reading: Array((row["content"] as String).utf8)),
                let text = row["record"] as String?,
                let record = (try? JSONValue(reading: Array(text.utf8)))
                    .flatMap(SettlementRecord.init(json:)),
                !claims.isDisjoint(with: Settlement.claims(namedIn: decision))
            else { continue }
            if try runAgain(decision, of: record, db) { try db.noteVerified(record) }
        }
    }
}

extension Database {
    /// What became of a claim; nil where it is not here, nil inside where it is not settled.
    fileprivate func outcome(of claim: ClaimID) throws -> Decision.Outcome?? {
        try Row.fetchOne(
            self, prepared: "SELECT outcome FROM claim WHERE id = ?", arguments: [claim]
        ).map { $0["outcome"] as Decision.Outcome? }
    }
}
