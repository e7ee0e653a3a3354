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
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .enrolled,
                    subject: node.outlet.rawValue))
        }
    }

    package func newKey() -> PrivateKey { PrivateKey.make(world.randomBytes) }
}

extension Identity {
    static func fetch(_ db: Database, _ secrets: Secrets) throws -> Identity? {
        let row = try Row.fetchOne(db, prepared: "SELECT authority, certificate, key FROM identity")
        guard let row else { return nil }
        guard let authority = Certificate(bytes: (row["authority"] as Blob).bytes),
            let certificate = Certificate(bytes: (row["certificate"] as Blob).bytes),
            let key = try secrets.open(row["key"], "identity", "1", "key")
                .flatMap(bytes(hexadecimal:)).flatMap(SecretKey.init(bytes:))
                .flatMap(PrivateKey.init),
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
                secrets.seal(hexadecimal(key.secret.bytes), "identity", "1", "key"),
            ])
    }
}
