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
            for change in delta.claims {
                guard change.claim.firstTier == node.firstTier else {
                    throw UntrustedDelta.anotherFirstTier
                }
                let before = try db.outcome(of: change.claim.id)
                try db.insert(
                    change.claim, outcome: change.outcome,
                    sequence: sequence(ofPassedOn: change.claim.author),
                    attestation: delta.attestations[change.claim.id.rawValue])
                if before != change.outcome { ended.append(change) }
                touched.insert(change.claim.customer)
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
                settlement.decide(), number: record.number, previous: record.previous)
                != record.known
        {
            throw UntrustedDelta.doesNotFollow(record: record.number)
        }
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO decision (digest, customer, number, content)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                record.digest, record.customer, record.number, decision.description,
            ])
    }
}

extension Database {
    fileprivate func outcome(of claim: ClaimID) throws -> Decision.Outcome? {
        try Decision.Outcome.fetchOne(
            self, prepared: "SELECT outcome FROM claim WHERE id = ? AND outcome IS NOT NULL",
            arguments: [claim])
    }
}
