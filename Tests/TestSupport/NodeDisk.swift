package import Bank
import Certificates
package import GRDB
package import HeadOfficeStore
import Schema
import Sealing
package import Store
import Sync
package import Vault

/// The disk, in memory, of a node that head office has enrolled: it outlives the node's processes,
/// and a test may look at it and do to it what happens to disks.
package struct NodeDisk {
    package let disk: DatabaseQueue
    private let keys: KeyRing
    private let world: TestWorld

    package init(
        _ outlet: UnitCode, at bank: BankStore, world: TestWorld, name: String? = nil
    ) throws {
        let name = name ?? "node-\(outlet)"
        let key = PrivateKey.make(world.world.randomBytes)
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try bank.invite(outlet, by: "os:test").secret, outlet: outlet,
                nodeName: name, certificateRequest: CertificateRequest(for: key).bytes))
        guard let index = bytes(hexadecimal: reply.indexKey).flatMap(SecretKey.init(bytes:)),
            let certificate = Certificate(bytes: reply.certificate),
            let identity = Identity(
                authority: bank.authorityCertificate, certificate: certificate, key: key)
        else { preconditionFailure("head office hands out whole keys and certificates") }
        keys = KeyRing(data: .repeating(1), index: index)
        self.world = world
        disk = try DatabaseFile.inMemory(Migrations.branch)
        try BranchStore.make(
            Node(
                outlet: outlet, firstTier: reply.firstTier,
                headOffice: "https://head-office.test", name: name, epoch: reply.epoch,
                settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            identity, on: disk, keys: keys,
            organisation: .ofTests.scoped(to: reply.firstTier))
    }

    private init(_ disk: DatabaseQueue, _ keys: KeyRing, _ world: TestWorld) {
        self.disk = disk
        self.keys = keys
        self.world = world
    }

    /// Another disk with what this one holds now.
    package func copied() throws -> NodeDisk {
        NodeDisk(try DatabaseFile.copyInMemory(of: disk), keys, world)
    }

    /// A process starts on the disk.
    package func start(_ world: World? = nil) throws -> BranchStore {
        try BranchStore(on: disk, keys: keys, world: world ?? self.world.world)
    }
}
