import Bank
import Certificates
import Courier
import GRDB
import Sealing
import Store
import Vault

/// One node of the simulation: its disk, which outlives its process, and the process, which may be
/// dead. A class because events find it by its number and change it.
final class NodeMachine {
    struct Backup {
        let disk: DatabaseQueue
        /// What people had done by then.
        let operations: Int
        /// Extracts of the outlet that had been taken by then.
        let extracts: Int
    }

    /// A renewal under way, and what was to be asked when it became due.
    struct Renewal {
        let key: PrivateKey
        let next: Round.Question?
    }

    let outlet: Int
    /// A copy of another node's disk, which should not exist.
    let isClone: Bool
    let machine: Machine
    let keys: KeyRing
    var disk: DatabaseQueue
    /// Nil while the process is dead.
    var store: BranchStore?
    /// The round under way, and which of its questions waits for an answer.
    var round: Round?
    var renewal: Renewal?
    /// Whether it renewed in this round already.
    var hasRenewed = false
    /// What the round asked last, to ask it again after a renewal.
    var asked: Round.Question?
    var roundNumber = 0
    var question = 0
    var isCutOff = false
    /// It speaks as the version before did.
    var isOlder = false
    /// What the last comparison by digest said.
    var isEqual = true
    /// A clone that was found and shut off.
    var isRetired = false
    /// Old files were copied over its disk, and nobody said so.
    var wasRolledBack = false
    var backups: [Backup] = []
    /// What it shows head office.
    private(set) var certificate: [UInt8]?
    /// How many of the outlet's extracts this node has taken.
    var extracts = 0

    init(outlet: Int, isClone: Bool, machine: Machine, keys: KeyRing, disk: DatabaseQueue) {
        self.outlet = outlet
        self.isClone = isClone
        self.machine = machine
        self.keys = keys
        self.disk = disk
    }

    /// A process starts on the disk.
    func start() throws {
        machine.revive()
        let store = try BranchStore(on: disk, keys: keys, world: machine.world)
        certificate = try store.identity()?.certificate.bytes
        self.store = store
        round = nil
        renewal = nil
    }

    /// Head office has certified a new key.
    func show(_ identity: Identity) { certificate = identity.certificate.bytes }

    func die() {
        store = nil
        round = nil
        renewal = nil
        roundNumber += 1
    }

    /// The customers about whom there is a dispute here.
    func disputed() throws -> [CustomerNumber] {
        try disk.read { db in
            try String.fetchAll(
                db, sql: "SELECT DISTINCT customer FROM disputeStep ORDER BY customer"
            ).map { CustomerNumber($0) }
        }
    }

    var isRunning: Bool { store != nil && !isRetired }
}
