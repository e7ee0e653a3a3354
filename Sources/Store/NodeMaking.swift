package import Bank
package import Certificates
import GRDB
import Schema
package import Sealing
package import Vault

/// A directory in which a node is being made. All that can fail here is done before head office is
/// shown a token: the key file, the database, and room for what is still to come.
package struct NodeMaking: Sendable {
    private let directory: DataDirectory
    private let credential: Credential
    /// The key file, where it was made here; nothing was sealed with it before.
    private let newCredential: String?
    private let pool: DatabasePool
    private let isNew: Bool
    /// Whether a making that was cut off has left the key of its enrolment.
    package let hadEnrolmentKey: Bool
    private var unfinished: String { directory.database + ".new" }

    package init(path: String, credential: String) throws {
        try DataDirectory.checkFree(path)
        isNew = !DataDirectory.exists(path)
        try DataDirectory.make(at: path)
        let directory = try DataDirectory(owning: path)
        // Another process may have been quicker.
        try DataDirectory.checkFree(path)
        self.directory = directory
        hadEnrolmentKey = DataDirectory.exists(directory.enrolling)
        newCredential = DataDirectory.exists(credential) ? nil : credential
        do {
            try directory.beginMaking()
            self.credential = try Secrets.credential(credential)
            // The database appears under its name only when it is whole.
            DataDirectory.remove(directory.database + ".new")
            pool = try DatabaseFile.open(directory.database + ".new", Migrations.branch)
        } catch {
            directory.abandonMaking(withDirectory: isNew)
            if let newCredential { DataDirectory.remove(newCredential) }
            throw (error as? SealingError).map { StoreError($0, path: credential) } ?? error
        }
    }

    /// The key with which the outlet's node asks head office to let it in, kept from before a token
    /// is shown until the node is whole: where the answer is lost or the process dies, the same
    /// token brings the same certificate once more.
    package func enrolmentKey(
        for outlet: UnitCode, _ randomBytes: (Int) -> [UInt8]
    ) throws -> PrivateKey {
        let (file, name) = (directory.enrolling, "enrolment-\(outlet)")
        if DataDirectory.exists(file),
            let ring = try? KeyRing.read(path: file, unwrappedBy: credential),
            let key = ring[name].flatMap(PrivateKey.init)
        {
            return key
        }
        let key = PrivateKey.make(randomBytes)
        do {
            // A ring has these two always; nothing is sealed with them.
            try KeyRing(data: .random(), index: .random(), further: [name: key.secret])
                .write(to: file, wrappedBy: credential)
        } catch {
            throw StoreError(error, path: file)
        }
        return key
    }

    /// Makes the node of what is known now.
    package func finish(
        keys: KeyRing, node: Node, identity: Identity?, organisation: Organisation, world: World,
        actor: String
    ) throws {
        directory.spendReserve()
        do {
            try keys.write(to: directory.keys, wrappedBy: credential)
        } catch {
            throw StoreError(error, path: directory.keys)
        }
        let secrets = Secrets(keys)
        do {
            try pool.write { db in
                try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
                try node.insert(db)
                try identity?.replace(db, secrets)
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: actor, action: .initialised,
                        subject: node.outlet.rawValue))
            }
            try DatabaseFile.closeWhole(pool)
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory.database)
        }
        try DataDirectory.rename(unfinished, to: directory.database)
        DataDirectory.remove(unfinished)
        try directory.endMaking()
    }

    /// Nothing is left.
    ///
    /// - Parameter key: whether the enrolment's key stays, and the key file that opens it: head
    ///   office may have given a certificate for it.
    package func abandon(keepingKey key: Bool = false) {
        try? pool.close()
        directory.abandonMaking(withDirectory: isNew, keepingKey: key)
        if !key, let newCredential { DataDirectory.remove(newCredential) }
    }
}
