package import Bank
import GRDB
import Sealing
import Vault

extension BankStore {
    /// Shuts the outlet's node out from its next message on, and takes back the invitations that
    /// are still open. What the node has sent stays.
    package func revoke(_ outlet: UnitCode, by actor: String) throws {
        try inBank { db in
            try db.requireOutlet(outlet)
            let now = world.now()
            try db.execute(
                prepared: "UPDATE node SET revokedAt = coalesce(revokedAt, ?) WHERE outlet = ?",
                arguments: [now, outlet])
            guard db.changesCount > 0 else {
                throw Refusal(.noNode, ["outlet": outlet.rawValue])
            }
            try db.execute(
                prepared: """
                    UPDATE nodeCertificate SET state = 'revoked'
                    WHERE outlet = ? AND nodeName = (SELECT nodeName FROM node WHERE outlet = ?)
                    """,
                arguments: [outlet, outlet])
            try db.execute(
                prepared: """
                    UPDATE enrolmentToken SET expiresAt = ?1
                    WHERE outlet = ?2 AND usedAt IS NULL AND expiresAt > ?1
                    """,
                arguments: [now, outlet])
            try db.audit(
                AuditEntry(at: now, actor: actor, action: .revoked, subject: outlet.rawValue))
        }
    }
}
