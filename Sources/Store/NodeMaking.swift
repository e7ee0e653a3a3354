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
            directory.abandonMaking(withDirectory: isNew, keepingKey: hadEnrolmentKey)
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
        do {
            // One that cannot be opened stays: head office may have let its key in.
            let kept =
                DataDirectory.exists(file)
                ? try KeyRing.read(path: file, unwrappedBy: credential) : nil
            if let key = kept?[name].flatMap(PrivateKey.init) { return key }
            let key = PrivateKey.make(randomBytes)
            // Another outlet's stays beside it, whichever of the two was meant.
            var further = kept?.keys ?? [:]
            further[name] = key.secret
            // A ring has these two always; nothing is sealed with them.
            try KeyRing(
                data: kept?.data ?? .random(), index: kept?.index ?? .random(), further: further
            ).write(to: file, wrappedBy: credential)
            return key
        } catch {
            throw StoreError(error, path: file)
        }
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

    /// Nothing is left of it; what a making before it left of an enrolment stays.
    ///
    /// - Parameter key: whether the enrolment's key stays, and the key file that opens it: head
    ///   office may have given a certificate for it.
    package func abandon(keepingKey key: Bool = false) {
        try? pool.close()
        directory.abandonMaking(withDirectory: isNew, keepingKey: key || hadEnrolmentKey)
        // A key file made just now opens nothing that was there before.
        if !key || hadEnrolmentKey, let newCredential { DataDirectory.remove(newCredential) }
    }
}
