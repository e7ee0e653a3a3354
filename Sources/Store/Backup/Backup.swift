import Bank
import GRDB
import Schema
import Sealing
package import Vault

extension BranchStore {
    /// Writes a sealed backup of the node while it works; audited. It holds everything but keys.
    package func backUp(
        to file: String, by actor: String, progress: (Int64) -> Void = { _ in }
    ) throws -> BackupFile {
        try Backup.checkFree(file)
        try audit(.backedUp, by: actor, on: nil)
        let slash = file.lastIndex(of: "/") ?? file.startIndex
        return try Backup.write(
            .node, of: node.identity, [("data.sqlite", database)], sealedBy: secrets.backupKey,
            at: world.now(), in: directory?.path ?? String(file[..<slash]), to: file,
            progress: progress)
    }

    /// Puts a backup in the place of the node's database in `path`, whose keys stay. The node is
    /// marked as restored, nobody is logged in, and the restore is audited.
    package static func restore(
        from file: String, path: String, credential: String, world: World, actor: String,
        progress: (Int64) -> Void = { _ in }
    ) throws -> BackupFile {
        try DataDirectory.checkHoldsKeys(path)
        let directory = try DataDirectory(owning: path)
        let secrets = Secrets(try Secrets.ring(directory, credential))
        let backup = try BackupFile(checking: file)
        let id = hexadecimal(world.randomBytes(8))
        try Backup.restore(
            backup, is: .node, of: identity(in: directory), openedBy: secrets.backupKey,
            in: directory, keptAs: id, at: world.now(), progress: progress,
            open: { try DatabaseFile.open($1, Migrations.branch) },
            known: Set(Migrations.branch.map(\.name))
        ) { _, db in
            try db.execute(prepared: "DELETE FROM session")
            try db.setRestoreMark(
                RestoreMark(
                    id: id, restoredAt: world.now(), backupAt: backup.header.createdAt))
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .restored, subject: nil,
                    detail: [
                        "backup": .string(backup.digest),
                        "backupAt": .int(backup.header.createdAt), "id": .string(id),
                    ]))
        }
        return backup
    }

    /// Which node the directory holds; nil where its database no longer says: it may be gone or
    /// damaged, which is what a restore is for.
    private static func identity(in directory: DataDirectory) -> String? {
        guard DataDirectory.exists(directory.database) else { return nil }
        // A look makes an empty log where there is none; a look changes nothing.
        let hasLog = DataDirectory.exists(directory.database + "-wal")
        defer { if !hasLog { DataDirectory.removeLog(of: directory.database) } }
        var configuration = Configuration()
        configuration.readonly = true
        return try? DatabaseQueue(path: directory.database, configuration: configuration).read {
            try Row.fetchOne($0, prepared: "SELECT outlet, nodeName FROM node").map {
                Node.identity(of: try $0.value("outlet"), named: try $0.value("nodeName"))
            }
        }
    }
}

extension Node {
    /// What a backup is told apart by.
    var identity: String { Self.identity(of: outlet, named: name) }

    static func identity(of outlet: UnitCode, named name: String) -> String {
        "\(outlet)/\(name)"
    }
}
