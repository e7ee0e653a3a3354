import Bank
import GRDB
import Sealing
import Sync
import Vault

extension Database {
    /// Keeps the pieces of a decision until its record follows. One out of its turn is passed over;
    /// the first one of another decision ends what was there.
    func stage(_ parts: [DecisionPart], of outlet: UnitCode) throws {
        for part in parts {
            if part.number == 0 { try forgetDecisionParts(of: outlet) }
            let kept = try Int.fetchOne(
                self,
                prepared: "SELECT count(*) FROM decisionPart WHERE outlet = ? AND digest = ?",
                arguments: [outlet, part.digest])
            guard kept == part.number else { continue }
            try execute(
                prepared: """
                    INSERT INTO decisionPart (outlet, number, digest, content) VALUES (?, ?, ?, ?)
                    """,
                arguments: [outlet, part.number, part.digest, Blob(part.bytes)])
        }
    }

    /// The decision that an outlet has given in pieces, where they are all here and make what is
    /// signed; they are gone then.
    func stagedDecision(_ digest: String, of outlet: UnitCode) throws -> JSONValue? {
        let pieces = try Blob.fetchAll(
            self,
            sql: """
                SELECT content FROM decisionPart WHERE outlet = ? AND digest = ? ORDER BY number
                """,
            arguments: [outlet, digest])
        let bytes = pieces.flatMap(\.bytes)
        guard !bytes.isEmpty, Digest.sha256(bytes).hex == digest,
            let decision = try? JSONValue(reading: bytes)
        else { return nil }
        try forgetDecisionParts(of: outlet)
        return decision
    }

    func forgetDecisionParts(of outlet: UnitCode) throws {
        try execute(prepared: "DELETE FROM decisionPart WHERE outlet = ?", arguments: [outlet])
    }
}
