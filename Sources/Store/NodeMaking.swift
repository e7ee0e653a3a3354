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
    private var unfinished: String { directory.database + ".new" }

    package init(path: String, credential: String) throws {
        try DataDirectory.checkFree(path)
        isNew = !DataDirectory.exists(path)
        try DataDirectory.make(at: path)
        let directory = try DataDirectory(owning: path)
        // Another process may have been quicker.
        try DataDirectory.checkFree(path)
        self.directory = directory
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
    package func abandon() {
        try? pool.close()
        directory.abandonMaking(withDirectory: isNew)
        if let newCredential { DataDirectory.remove(newCredential) }
    }
}
