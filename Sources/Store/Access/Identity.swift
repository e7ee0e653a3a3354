import Bank
package import Certificates
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// Who the node is on the line now; nil without a head office, and at a node that was enrolled
    /// before there were certificates.
    package func identity() throws -> Identity? {
        try read { try Identity.fetch($0, secrets) }
    }

    /// Takes the place of the identity before as a whole.
    package func keep(_ identity: Identity) throws {
        try write { try identity.replace($0, secrets) }
    }

    /// The node enrolled again at a head office that knows it, or knew it before it was restored
    /// itself.
    ///
    /// - Parameter epoch: in which head office has entered it. A node that was never heard begins
    ///   there; for any other the next hello says in which epoch it goes on.
    package func reenrol(
        at headOffice: String, _ identity: Identity, epoch: Int64, by actor: String
    ) throws {
        try write { db in
            try db.execute(prepared: "UPDATE node SET headOffice = ?", arguments: [headOffice])
            let isHeard = try Lane.allCases.contains { try !db.lane($0).receipt.isEmpty }
            if !isHeard {
                try db.execute(prepared: "DELETE FROM outgoingBatch")
                try db.execute(prepared: "UPDATE node SET epoch = ?", arguments: [epoch])
                try db.execute(prepared: "UPDATE lane SET epoch = ?", arguments: [epoch])
            }
            try identity.replace(db, secrets)
            try db.execute(prepared: "DELETE FROM enrolmentKey")
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .enrolled,
                    subject: node.outlet.rawValue))
        }
    }

    /// The key with which the node enrols again, kept from before a token is shown: where the
    /// answer is lost, the same token brings the certificate for it once more.
    package func enrolmentKey() throws -> PrivateKey {
        try write { db in
            let kept = try Blob.fetchOne(db, prepared: "SELECT key FROM enrolmentKey")
            if let kept {
                guard let key = try PrivateKey.open(kept, "enrolmentKey", secrets) else {
                    throw StoreError.damaged("enrolmentKey")
                }
                return key
            }
            let key = newKey()
            try db.execute(
                prepared: "INSERT INTO enrolmentKey (id, key) VALUES (1, ?)",
                arguments: [key.sealed("enrolmentKey", secrets)])
            return key
        }
    }

    package func newKey() -> PrivateKey { PrivateKey.make(world.randomBytes) }
}

extension Identity {
    static func fetch(_ db: Database, _ secrets: Secrets) throws -> Identity? {
        let row = try Row.fetchOne(db, prepared: "SELECT authority, certificate, key FROM identity")
        guard let row else { return nil }
        guard let authority = Certificate(bytes: (try row.value("authority") as Blob).bytes),
            let certificate = Certificate(bytes: (try row.value("certificate") as Blob).bytes),
            let key = try PrivateKey.open(try row.value("key"), "identity", secrets),
            let identity = Identity(authority: authority, certificate: certificate, key: key)
        else { throw StoreError.damaged("identity") }
        return identity
    }

    func replace(_ db: Database, _ secrets: Secrets) throws {
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO identity (id, authority, certificate, key)
                VALUES (1, ?, ?, ?)
                """,
            arguments: [
                Blob(authority.bytes), Blob(certificate.bytes),
                key.sealed("identity", secrets),
            ])
    }
}

extension PrivateKey {
    /// As the one row of a table holds it; nil where it is no key.
    fileprivate static func open(
        _ sealed: Blob, _ table: String, _ secrets: Secrets
    ) throws -> PrivateKey? {
        try secrets.open(sealed, table, "1", "key")
            .flatMap(bytes(hexadecimal:)).flatMap(SecretKey.init(bytes:)).flatMap(PrivateKey.init)
    }

    fileprivate func sealed(_ table: String, _ secrets: Secrets) -> Blob? {
        secrets.seal(hexadecimal(secret.bytes), table, "1", "key")
    }
}
