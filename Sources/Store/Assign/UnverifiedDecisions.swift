import Bank
import GRDB
import Sync
import Vault

// A decision comes with a signature, and is run again from the claims that it names. Where head
// office never sends one of these, it was signed and not verified, and the node says so.

extension Database {
    /// Whether a recorded decision, of rules that this program knows, comes out as its record says;
    /// nil where a claim that it names is not here.
    func follows(_ decision: JSONValue, _ record: SettlementRecord) throws -> Bool? {
        var claims: [ClaimID: Claim] = [:]
        for entry in try self.claims(on: record.customer) { claims[entry.claim.id] = entry.claim }
        guard Settlement.claims(namedIn: decision).allSatisfy({ claims[$0] != nil }) else {
            return nil
        }
        guard let settlement = Settlement(replaying: decision, claims: claims) else { return false }
        return SettlementRecord(
            settlement.decide(), number: record.number, previous: record.previous) == record.known
    }

    /// The claims that a decision was waiting for have come, and it follows from them.
    func noteVerified(_ record: SettlementRecord) throws {
        try execute(
            prepared: "UPDATE decision SET lacksClaims = 0 WHERE digest = ? AND lacksClaims > 0",
            arguments: [record.digest])
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
