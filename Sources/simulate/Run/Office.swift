import Bank
import Certificates
import GRDB
import HeadOfficeStore
import Sealing
import Sync
import Vault

/// Head office of the simulation: its disks, and the process on them. A class because events change
/// it.
final class Office {
    struct Backup {
        let bank: DatabaseQueue
        let tier: DatabaseQueue
        let owners: OwnershipModel
    }

    let machine: Machine
    let keys: KeyRing
    private(set) var bankDisk: DatabaseQueue
    private(set) var tierDisk: DatabaseQueue
    /// Nil while the process is dead.
    private(set) var store: BankStore?
    var backups: [Backup] = []
    /// Away for hours: nothing starts it before its time.
    var isOff = false
    /// Who is let in after an outage; nil where nobody is counted. Goes with the process.
    var gate: Sync.Admission?
    /// The moments that it gave.
    var moments: [UnitCode: Int64] = [:]

    init(
        _ disks: Disks, machine: Machine, chance: inout Chance, organisation: Organisation
    ) throws {
        self.machine = machine
        keys = KeyRing(
            data: chance.key(), index: chance.key(),
            further: [
                "authority": PrivateKey.make(machine.world.randomBytes).secret,
                "index-\(Scenario.firstTier)": chance.key(),
                "settlement-\(Scenario.firstTier)": chance.key(),
            ])
        bankDisk = try disks.forBank()
        tierDisk = try disks.forFirstTier()
        try BankStore.make(
            on: bankDisk, keys: keys, organisation: organisation, world: machine.world)
        try start()
    }

    func start() throws {
        guard !isOff else { return }
        machine.revive()
        gate = nil
        moments = [:]
        var store = try BankStore(
            on: bankDisk, [Scenario.firstTier: tierDisk], keys: keys, world: machine.world)
        // So small that a few outlets fill several chunks and pages, and fall behind the horizon.
        store.snapshotLimits = SnapshotLimits(
            chunk: 1500, customersPerPage: 5, horizon: 20, mostKept: 4)
        self.store = store
    }

    func die() { store = nil }

    func backUp(_ owners: OwnershipModel) throws {
        backups.append(
            Backup(
                bank: try DatabaseFile.copyInMemory(of: bankDisk),
                tier: try DatabaseFile.copyInMemory(of: tierDisk), owners: owners))
    }

    func restore(_ backup: Backup, at now: Int64) throws {
        die()
        bankDisk = try DatabaseFile.copyInMemory(of: backup.bank)
        tierDisk = try DatabaseFile.copyInMemory(of: backup.tier)
        try bankDisk.write {
            try $0.setRestoreMark(RestoreMark(id: "restore-\(now)", restoredAt: now, backupAt: 0))
        }
    }
}
