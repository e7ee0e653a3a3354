import Bank
import CBaseline
import Certificates
import Courier
import Foundation
import Sealing
import Store
import Sync
import Vault

/// P14: rows from a node to head office, end to end, against PostgreSQL's logical replication of
/// the same rows.
///
/// Ours is `branchnode sync` against `headoffice serve`, both as they ship, over mutual TLS, with
/// notes opened at the node and sealed at head office. PostgreSQL gets notes that are sealed
/// already, and speaks without TLS. Both commit durably before they say that they have the rows.
/// CPU is that of all processes of both ends.
enum Replication {
    static func measure(rows: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        if let obstacle = PostgreSQL.obstacle {
            print("skipped: P14: \(obstacle)")
            return []
        }
        let contacts = Contacts(rows)
        // Where PostgreSQL's own user may read it.
        let copy = "/tmp/bench-copy-\(getpid())"
        cbaseline_write_copy(contacts.list, Cast.outlet.rawValue, Cast.key, copy)
        defer { workspace.remove(copy) }
        let postgres = try PostgreSQL()
        defer { postgres.stop() }
        try postgres.start()
        let times = try interleaved(pairs) { _ in
            try sync(contacts, workspace)
        } theirs: { _ in
            try postgres.replicate(copy, count: rows)
        }
        let what = "\(rows) rows from node to head office, against PostgreSQL 15"
        return [
            .rate(.p14, what, times, .atLeast(2)),
            .rate(.p14, "the same, wall time", times, .report, by: \.wall),
        ]
    }

    private static func sync(_ contacts: Contacts, _ workspace: Workspace) throws -> Timing {
        let office = try HeadOfficeProcess(Cast.organisation, workspace)
        defer {
            office.kill()
            workspace.remove(office.path)
        }
        guard let token = try office.tokens(for: [Cast.outlet])[Cast.outlet] else {
            throw HerdError.failed("there is no token")
        }
        try office.start()
        let node = workspace.next("node")
        defer { workspace.remove(node) }
        try makeNode(at: node, showing: token, office.url)
        let database = BareDatabase(node + "/data.sqlite")
        cbaseline_insert_local(
            database.handle, contacts.list, 0, Int64(contacts.count), Cast.key, cbaseline_numbered)
        let cpu = office.cpu + cbaseline_cpu_of_children()
        let wall = cbaseline_wall()
        try Program.node.run(["sync", "--data", node])
        let timing = Timing(
            cpu: office.cpu + cbaseline_cpu_of_children() - cpu, wall: cbaseline_wall() - wall)
        let received = BareDatabase(office.path + "/first-tier-\(Cast.firstTier).sqlite")
        guard cbaseline_count_received(received.handle) == Int64(contacts.count) else {
            throw HerdError.failed("not every row arrived at head office")
        }
        return timing
    }

    private static func makeNode(
        at path: String, showing token: EnrolmentToken, _ url: String
    ) throws {
        let world = HeadOfficeProcess.world
        let name = hexadecimal(world.randomBytes(8))
        let enrolled = try Exchange.enrol(
            Cast.outlet, as: name, with: PrivateKey.make(world.randomBytes), showing: token,
            at: url, now: world.now())
        guard let key = SecretKey(bytes: Cast.key) else {
            preconditionFailure("a key has so many bytes")
        }
        try BranchStore.create(
            path: path, credential: path + ".key", keys: KeyRing(data: key, index: key),
            node: Node(
                outlet: Cast.outlet, firstTier: Cast.firstTier, headOffice: url, name: name,
                epoch: enrolled.reply.epoch, settlementKey: enrolled.reply.settlementKey,
                organisationVersion: enrolled.reply.organisationVersion),
            identity: enrolled.identity, organisation: Cast.organisation, world: world,
            actor: "os:bench")
    }
}
