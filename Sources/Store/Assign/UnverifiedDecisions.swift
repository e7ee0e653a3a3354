import Bank
import GRDB
import Sync
import Vault

// A decision comes with a signature, and is run again from the claims that it names. Where head
// office never sends one of these, it was signed and not verified, and the node says so.

extension BranchStore {
    /// Looks once at the decisions of versions that did not note which of them lack a claim.
    func lookAtEarlierDecisions() throws {
        let sql = "SELECT digest, content FROM decision WHERE lacksClaims = 3 AND lacksClaims > 0"
        guard try read({ try Row.fetchOne($0, prepared: sql) }) != nil else { return }
        try write { db in
            for row in try Row.fetchAll(db, prepared: sql) {
                let digest: String = try row.value("digest")
                // One that cannot be read is `verify`'s to name.
                let decision = (try? row.value("content") as String).flatMap {
                    try? JSONValue(reading: Array($0.utf8))
                }
                let isLacking = try decision.map(db.lacksClaims) ?? false
                try db.execute(
                    prepared: "UPDATE decision SET lacksClaims = ? WHERE digest = ?",
                    arguments: [isLacking ? 2 : 0, digest])
            }
        }
    }
}

extension Database {
    /// Whether a recorded decision, of rules that this program knows, comes out as its record says;
    /// nil where a claim that it names is neither here nor among those that came with it.
    func follows(
        _ decision: JSONValue, _ record: SettlementRecord, with came: [Claim] = []
    ) throws -> Bool? {
        var claims: [ClaimID: Claim] = [:]
        for claim in came { claims[claim.id] = claim }
        // NB: what came is not read here, where it may be damaged.
        for id in Settlement.claims(namedIn: decision) where claims[id] == nil {
            guard
                let row = try Row.fetchOne(
                    self, prepared: "SELECT id, content FROM claim WHERE id = ? AND customer = ?",
                    arguments: [id, record.customer])
            else { return nil }
            claims[id] = try claim(row)
        }
        guard let settlement = Settlement(replaying: decision, claims: claims) else { return false }
        return SettlementRecord(
            settlement.decide(), number: record.number, previous: record.previous) == record.known
    }

    /// Whether a decision of rules that this program knows names a claim that is not here.
    func lacksClaims(_ decision: JSONValue) throws -> Bool {
        guard Settlement.isRunnable(decision) else { return false }
        return try Settlement.claims(namedIn: decision).contains { claim in
            try Row.fetchOne(
                self, prepared: "SELECT 1 FROM claim WHERE id = ?", arguments: [claim]) == nil
        }
    }

    /// Claims have come, and with the last one that a decision was waiting for it was looked at.
    func noteCompleted(decisionsOn customer: CustomerNumber) throws {
        let waiting = try Row.fetchAll(
            self,
            prepared: """
                SELECT digest, content FROM decision
                WHERE customer = ? AND lacksClaims > 0
                """,
            arguments: [customer])
        for row in waiting {
            let digest: String = try row.value("digest")
            guard
                let decision = try? JSONValue(
                    reading: Array((row.value("content") as String).utf8)),
                try !lacksClaims(decision)
            else { continue }
            try execute(
                prepared: "UPDATE decision SET lacksClaims = 0 WHERE digest = ?",
                arguments: [digest])
        }
    }

    /// Head office has nothing more to say: what has not come by now, it keeps back or has lost.
    func noteUnverified() throws {
        try execute(
            prepared:
                "UPDATE decision SET lacksClaims = 2 WHERE lacksClaims = 1 AND lacksClaims > 0")
    }

    /// How many decisions were never run again here for lack of a claim.
    func countUnverified() throws -> Int {
        try Int.fetchOne(
            self,
            prepared: "SELECT count(*) FROM decision WHERE lacksClaims = 2 AND lacksClaims > 0")
            ?? 0
    }
}
