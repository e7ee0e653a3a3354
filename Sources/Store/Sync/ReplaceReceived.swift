import Bank
import Foundation
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// Puts head office's rows in the place of those that differed, customer by customer. They are
    /// looked at first like all that comes down, and bring about what it does: decisions that were
    /// waiting for claims are run again, and people are told.
    ///
    /// - Returns: how many were put right; a step of the outlet's own that is here stays as it is.
    package func replace(_ keys: [ReceivedKey], with delta: Delta) throws -> Int {
        try read { db in
            try verify(db, claims: delta.claims, settled: delta.settled, steps: delta.steps)
        }
        try replaceOrganisation(
            Set(keys.filter { $0.table == .organisation }.map(\.key)), with: delta.organisation)
        let customers = ReceivedRows.byCustomer(delta)
        var mended = delta.records.count + keys.count { $0.table == .organisation }
        if !customers.isEmpty {
            _ = try writeInSlices(customers, rows: \.count) { db, rows in
                let others = try db.replaceClaims(of: rows)
                try db.removeBefore(rows)
                mended += try rows.count - rows.steps.count { try db.isHere($0) }
                try apply(rows, db)
                for customer in others { try refresh(db, about: customer) }
            } closing: { _, _ in
            }
        }
        if !delta.records.isEmpty {
            _ = try writeInSlices(delta.records, rows: { _ in 1 }) { db, record in
                try take(record, mending: true, db)
            } closing: { _, _ in
            }
        }
        return mended
    }

    private func replaceOrganisation(_ keys: Set<String>, with json: JSONValue?) throws {
        guard !keys.isEmpty, let json else { return }
        guard
            let part = try? JSONDecoder().decode(
                Organisation.self, from: Data(json.canonicalBytes))
        else { throw UntrustedDelta.organisation }
        let organisation = try read { try $0.organisation(openedBy: secrets.cipher) }
            .replacing(keys, with: part)
        guard organisation.faults.allSatisfy(\.isOfAnotherVersion),
            organisation.firstTier(of: node.outlet) == node.firstTier
        else { throw UntrustedDelta.organisation }
        try write { try $0.replaceOrganisation(with: organisation, sealedBy: secrets.cipher) }
    }
}

extension ReceivedRows {
    /// The claims, records and steps of a delta.
    fileprivate static func byCustomer(_ delta: Delta) -> [ReceivedRows] {
        let none = ReceivedRows(end: 0, attestations: delta.attestations)
        var all: [CustomerNumber: ReceivedRows] = [:]
        for change in delta.claims {
            all[change.claim.customer, default: none].claims.append(change)
        }
        for entry in delta.settled {
            all[entry.record.customer, default: none].settled.append(entry)
        }
        for step in delta.steps { all[step.customer, default: none].steps.append(step) }
        return all.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Database {
    fileprivate func isHere(_ step: DisputeStep) throws -> Bool {
        try Bool.fetchOne(
            self, prepared: "SELECT EXISTS (SELECT 1 FROM disputeStep WHERE id = ?)",
            arguments: [step.id]) ?? false
    }

    /// Puts right what claims that are here say: each proves itself, since its id is its content's
    /// hash.
    ///
    /// - Returns: customers under whom they stood and who are not theirs.
    fileprivate func replaceClaims(of rows: ReceivedRows) throws -> Set<CustomerNumber> {
        var others: Set<CustomerNumber> = []
        for claim in rows.claims.map(\.claim) {
            let customer = try CustomerNumber.fetchOne(
                self, prepared: "SELECT customer FROM claim WHERE id = ?", arguments: [claim.id])
            if let customer, customer != claim.customer { others.insert(customer) }
            // NB: the outlet's own keeps its sequence, by which the trigger sends it once more.
            try execute(
                prepared: """
                    UPDATE claim SET customer = ?1, author = ?2, content = ?3
                    WHERE id = ?4 AND (customer <> ?1 OR author <> ?2 OR content <> ?3)
                    """,
                arguments: [claim.customer, claim.author, claim.content.description, claim.id])
        }
        return others
    }

    /// Makes room for rows that are written anew. A record stays until a later one has taken its
    /// place; it goes before only where its number was damaged, as what was signed shows.
    fileprivate func removeBefore(_ rows: ReceivedRows) throws {
        for settled in rows.settled {
            let record = settled.record
            try execute(
                prepared: """
                    DELETE FROM directory
                    WHERE customer = ?1 AND number <> ?2 AND CASE WHEN json_valid(record) THEN
                        json_extract(record, '$.number') = ?2 END
                    """,
                arguments: [record.customer, record.number])
            // One that is what was signed stays where head office has lost it.
            let decision = try String.fetchOne(
                self, prepared: "SELECT content FROM decision WHERE digest = ?",
                arguments: [record.digest])
            if let decision, settled.decision == nil,
                Digest.sha256(decision).hex != record.digest
            {
                try execute(
                    prepared: "DELETE FROM decision WHERE digest = ?", arguments: [record.digest])
            }
        }
        for step in rows.steps {
            try execute(
                prepared: "DELETE FROM disputeStep WHERE id = ? AND sequence = 0",
                arguments: [step.id])
        }
    }
}
