package import Bank
import GRDB
import Schema
import Sealing
package import Vault

extension BankStore {
    private static let owner = "head-office"

    /// Writes a sealed backup of all databases while head office works; audited. The bank's own is
    /// copied last, so that no node is in it without what its branch kept of it.
    package func backUp(
        to file: String, by actor: String, progress: (Int64) -> Void = { _ in }
    ) throws -> BackupFile {
        try Backup.checkFree(file)
        try audit(.backedUp, by: actor, on: nil)
        let slash = file.lastIndex(of: "/") ?? file.startIndex
        var databases: [(String, any DatabaseReader)] = firstTierCodes.compactMap { code in
            tiers[code].map { ("first-tier-\(code).sqlite", $0.database) }
        }
        databases.append(("data.sqlite", bank))
        return try Backup.write(
            .headOffice, of: Self.owner, databases, sealedBy: secrets.backupKey, at: world.now(),
            in: directory?.path ?? String(file[..<slash]), to: file, progress: progress)
    }

    /// Puts a backup in the place of head office's databases in `path`, whose keys stay. Head office
    /// is marked as restored, nobody is logged in, and the restore is audited.
    ///
    /// Who was shut out since the backup may come in again: the outlets whose nodes may are given
    /// back, for somebody to look through.
    package static func restore(
        from file: String, path: String, credential: String, world: World, actor: String,
        progress: (Int64) -> Void = { _ in }
    ) throws -> (backup: BackupFile, admitted: [UnitCode]) {
        try DataDirectory.checkHoldsKeys(path)
        let directory = try DataDirectory(owning: path)
        let secrets = Secrets(try Secrets.ring(directory, credential))
        let backup = try BackupFile(checking: file)
        let id = hexadecimal(world.randomBytes(8))
        var admitted: [UnitCode] = []
        try Backup.restore(
            backup, is: .headOffice, of: owner, openedBy: secrets.backupKey, in: directory,
            keptAs: id, at: world.now(), progress: progress,
            open: { name, file in
                try DatabaseFile.open(
                    file, name == "data.sqlite" ? Migrations.headOffice : Migrations.firstTier)
            },
            known: Set((Migrations.headOffice + Migrations.firstTier).map(\.name))
        ) { name, db in
            guard name == "data.sqlite" else { return }
            try db.execute(prepared: "DELETE FROM session")
            admitted = try UnitCode.fetchAll(
                db, prepared: "SELECT outlet FROM node WHERE revokedAt IS NULL ORDER BY outlet")
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
        return (backup, admitted)
    }

    /// That head office's data came out of a backup and its nodes have not been heard since.
    package func restoreMark() throws -> RestoreMark? {
        try translating { try bank.readState { try $0.restoreMark() } }
    }

    /// The nodes have given back what the backup lacked, or an operator says so.
    package func clearRestoreMark(_ mark: RestoreMark) throws {
        try inBank { try $0.clearRestoreMark(mark) }
    }
}
