package import Bank
package import Certificates
package import GRDB
package import Sealing
package import Vault

// A node on a database that somebody else keeps: the simulator, whose disk it is. It outlives the
// store, as a disk outlives a process.

extension BranchStore {
    /// Opens the node that the database holds, as after a start.
    package init(on disk: any DatabaseWriter, keys: KeyRing, world: World) throws {
        try self.init(disk, Secrets(keys), world, nil)
    }

    /// Makes a node on a database that has the schema of `Migrations.branch` and nothing else.
    package static func make(
        _ node: Node, _ identity: Identity, on disk: any DatabaseWriter, keys: KeyRing,
        organisation: Organisation
    ) throws {
        let secrets = Secrets(keys)
        try disk.write { db in
            try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
            try node.insert(db)
            try identity.replace(db, secrets)
        }
    }
}
