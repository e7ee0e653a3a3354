import Bank
import Foundation
import GRDB
package import Sync
import Vault

extension BranchStore {
    /// Applies what head office sent: the organisation, other outlets' claims, settlements. All of
    /// it is looked at before anything is written. It is written a slice at a time, each one ending
    /// with a transaction of head office's and with its position, which is never ahead of what was
    /// applied.
    @discardableResult
    package func apply(_ delta: Delta) throws -> Applied {
        let organisation = try delta.organisation.map(checked)
        try read { db in
            try verify(db, claims: delta.claims, settled: delta.settled, steps: delta.steps)
        }
        var applied = Applied()
        if let organisation {
            applied += try writeInSlices(
                [organisation], rows: { $0.units.count + $0.staff.count }
            ) { db, organisation in
                try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
                try db.execute(
                    prepared: "UPDATE node SET organisationVersion = ?",
                    arguments: [delta.organisationVersion])
            } closing: { _, _ in
            }
        }
        let transactions = ReceivedRows.transactions(of: delta)
        applied += try writeInSlices(transactions, rows: \.count) { db, transaction in
            try apply(transaction, db)
        } closing: { db, done in
            let isWhole = done == transactions.count
            if isWhole, !delta.hasMore { try db.noteUnverified() }
            try db.execute(
                prepared: """
                    UPDATE line SET pulledThrough = ?1,
                        distrustsSnapshots = CASE WHEN ?2 THEN 0 ELSE distrustsSnapshots END,
                        tierClosedThrough = CASE WHEN ?2 THEN coalesce(?3, tierClosedThrough)
                            ELSE tierClosedThrough END
                    """,
                arguments: [
                    isWhole ? delta.through : transactions[done - 1].end,
                    isWhole && !delta.hasMore, delta.closedThrough,
                ])
        }
        return applied
    }

    /// The organisation, where it is one that this node may have.
    private func checked(_ json: JSONValue) throws -> Organisation {
        guard
            let organisation = try? JSONDecoder().decode(
                Organisation.self, from: Data(json.canonicalBytes)),
            organisation.faults.allSatisfy(\.isOfAnotherVersion),
            organisation.firstTier(of: node.outlet) == node.firstTier
        else { throw UntrustedDelta.organisation }
        return organisation
    }

    /// Writes rows that belong together and have been verified.
    func apply(_ rows: ReceivedRows, _ db: Database) throws {
        var touched: Set<CustomerNumber> = []
        var ended: [Delta.ClaimChange] = []
        for change in rows.claims {
            let before = try db.outcome(of: change.claim.id)
            try db.insert(
                change.claim, outcome: change.outcome,
                sequence: sequence(ofPassedOn: change.claim.author),
                attestation: rows.attestations[change.claim.id.rawValue])
            if before != change.outcome { ended.append(change) }
            touched.insert(change.claim.customer)
        }
        for customer in touched.sorted() { try db.noteCompleted(decisionsOn: customer) }
        for settled in rows.settled {
            try apply(settled, db)
            try dropPast(db, of: settled.record.customer)
            touched.insert(settled.record.customer)
        }
        var newSteps: [DisputeStep] = []
        for step in rows.steps {
            if try insert(step, sequence: sequence(ofPassedOn: step.author), db) {
                newSteps.append(step)
            }
            if let attestation = rows.attestations[step.id.rawValue] {
                try db.execute(
                    prepared: "UPDATE disputeStep SET attestation = ? WHERE id = ?",
                    arguments: [attestation, step.id])
            }
            touched.insert(step.customer)
        }
        for record in rows.records { try take(record, db) }
        // A request may have come before the claim that it speaks for.
        let hasDisputes = try Bool.fetchOne(
            db, prepared: "SELECT EXISTS (SELECT 1 FROM disputeStep)")
        if hasDisputes == true {
            for customer in Set(rows.claims.map(\.claim.customer)).sorted() {
                try refreshAnswers(db, about: customer)
            }
        }
        for change in ended {
            try remind(db, of: change)
            try handBack(db, after: change)
        }
        // Once all of them are here, since one may have closed what another began.
        for step in newSteps { try remind(db, of: step) }
        for customer in touched.sorted() {
            try db.refreshHolder(of: customer, firstTier: node.firstTier)
        }
    }

    /// Of what others wrote; of its own that is not here, which both sides had lost and a third
    /// one gave back, that it is to be sent like all of its own.
    private func sequence(ofPassedOn author: UnitCode) -> Int64? {
        author == node.outlet ? nil : 0
    }

    private func apply(_ settled: Delta.Settled, _ db: Database) throws {
        let record = settled.record
        try db.link(record)
        let known = try Row.fetchOne(
            db, prepared: "SELECT number, outlet, manager FROM directory WHERE customer = ?",
            arguments: [record.customer])
        let knownNumber = try known?.value("number") as Int64?
        if let decision = settled.decision {
            try db.execute(
                prepared: """
                    INSERT OR REPLACE INTO decision (digest, customer, number, content, lacksClaims)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    record.digest, record.customer, record.number, decision.description,
                    db.lacksClaims(decision) ? 1 : 0,
                ])
        }
        if let knownNumber, knownNumber > record.number {
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
        if let known, let knownNumber, knownNumber < record.number,
            try known.value("outlet") as UnitCode? == node.outlet,
            record.owner?.outlet != node.outlet
        {
            try remindOfLoss(db, by: record, manager: known.value("manager"))
        }
        try moveReminders(db, by: record)
        if let known, try known.value("outlet") as UnitCode? == node.outlet {
            try handOnReminders(db, by: record, from: try known.value("manager"))
        }
    }
}

/// Rows from head office that are written together or not at all.
struct ReceivedRows {
    /// Head office's sequence through which everything is applied with them.
    let end: Int64
    var claims: [Delta.ClaimChange] = []
    var settled: [Delta.Settled] = []
    var steps: [DisputeStep] = []
    var records: [PassedOn] = []
    /// Of these claims and steps, and perhaps of more.
    var attestations: [String: String] = [:]

    var count: Int { claims.count + settled.count + steps.count + records.count }

    /// The transactions of head office's that a delta brings, in their order; one, where it does not
    /// say where they end.
    static func transactions(of delta: Delta) -> [ReceivedRows] {
        guard let sequences = delta.sequences else {
            let all = ReceivedRows(
                end: delta.through, claims: delta.claims, settled: delta.settled,
                steps: delta.steps, records: delta.records, attestations: delta.attestations)
            return all.count == 0 ? [] : [all]
        }
        var bySequence: [Int64: ReceivedRows] = [:]
        for (change, end) in zip(delta.claims, sequences.claims) {
            bySequence[end, default: ReceivedRows(end: end)].claims.append(change)
        }
        for (settled, end) in zip(delta.settled, sequences.settled) {
            bySequence[end, default: ReceivedRows(end: end)].settled.append(settled)
        }
        for (step, end) in zip(delta.steps, sequences.steps) {
            bySequence[end, default: ReceivedRows(end: end)].steps.append(step)
        }
        for (record, end) in zip(delta.records, sequences.records) {
            bySequence[end, default: ReceivedRows(end: end)].records.append(record)
        }
        return bySequence.values.sorted { $0.end < $1.end }.map {
            var rows = $0
            rows.attestations = delta.attestations
            return rows
        }
    }
}

extension Database {
    /// What became of a claim; nil where it is not here or not settled.
    fileprivate func outcome(of claim: ClaimID) throws -> Decision.Outcome? {
        try Row.fetchOne(
            self, prepared: "SELECT outcome FROM claim WHERE id = ?", arguments: [claim]
        ).flatMap { try $0.value("outcome") as Decision.Outcome? }
    }
}
