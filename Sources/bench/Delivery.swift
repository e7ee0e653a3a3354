import Bank
import CBaseline
import HeadOfficeStore
import Store
import Sync

/// P1 and P2: a batch of marketing records arrives at head office, and arrives again.
enum Delivery {
    static func measure(
        rows: Int, pairs: Int, _ workspace: Workspace
    ) throws -> [Figure] {
        let contacts = Contacts(rows)
        let outlet = try Outlet(workspace)
        outlet.write(contacts)
        let pushes = try pushes(of: outlet)
        let model = try Office(workspace)
        let changes = Changeset(contacts, like: model, workspace)

        var first: [(ours: Timing, theirs: Timing)] = []
        var again: [(ours: Timing, theirs: Timing)] = []
        var known: [(ours: Timing, theirs: Timing)] = []
        var peer: [(ours: Timing, theirs: Timing)] = []
        var peerAgain: [(ours: Timing, theirs: Timing)] = []
        for pair in 0..<pairs {
            var bare: Timing?
            if pair % 2 == 1 { bare = insert(contacts, model, workspace) }
            let ours = try receive(pushes, rows: rows, workspace)
            let theirs = bare ?? insert(contacts, model, workspace)
            let changeset = apply(changes, contacts, model, workspace)
            first.append((ours.first, theirs))
            again.append((ours.again, theirs))
            known.append((ours.known, theirs))
            peer.append((ours.first, changeset.first))
            peerAgain.append((ours.again, changeset.again))
        }
        let said = "of \(rows) records"
        return [
            .rate(.p1, "apply a batch \(said), against a bare insert", first, .atLeast(0.7)),
            .rate(.p1, "the same against changeset_apply", peer, .atLeast(1.25)),
            .rate(
                .p2, "its rows again (the checkpoint was lost), against a bare insert", again,
                .atLeast(0.65)),
            .rate(.p2, "the same against a changeset's replay", peerAgain, .atLeast(3)),
            .rate(
                .p2, "the batch again, its checkpoint known, against a bare insert", known, .report),
        ]
    }

    private static func pushes(of outlet: Outlet) throws -> [Push] {
        let store = try outlet.open()
        guard let head = try store.nextBatch(on: .records) else {
            preconditionFailure("there are records to send")
        }
        return try store.parts(of: head).map { Push(part: $0, node: Cast.node()) }
    }

    private static func receive(
        _ pushes: [Push], rows: Int, _ workspace: Workspace
    ) throws -> (first: Timing, known: Timing, again: Timing) {
        let office = try Office(workspace)
        defer { workspace.remove(office.path) }
        func push() throws {
            for result in office.store.receive(pushes) { _ = try result.get() }
        }
        let first = try Timing.of(push)
        let known = try Timing.of(push)
        let bare = BareDatabase(office.database)
        let print = fingerprint(bare)
        precondition(
            cbaseline_count_received(bare.handle) == Int64(rows), "every row arrived")
        cbaseline_forget_checkpoints(bare.handle)
        let again = try Timing.of(push)
        // Sealed anew, a note would have other bytes.
        precondition(fingerprint(bare) == print, "no row changed")
        return (first, known, again)
    }

    private static func fingerprint(_ database: BareDatabase) -> UInt64 {
        cbaseline_fingerprint_received(database.handle)
    }

    private static func insert(
        _ contacts: Contacts, _ model: Office, _ workspace: Workspace
    ) -> Timing {
        let path = workspace.next("bare")
        let database = BareDatabase(received: path, like: model)
        defer { workspace.remove(path) }
        return Timing.of {
            cbaseline_insert_received(
                database.handle, contacts.list, Cast.outlet.rawValue, Cast.key)
        }
    }

    private static func apply(
        _ changes: Changeset, _ contacts: Contacts, _ model: Office, _ workspace: Workspace
    ) -> (first: Timing, again: Timing) {
        let path = workspace.next("session")
        let database = BareDatabase(received: path, like: model)
        defer { workspace.remove(path) }
        func apply() {
            cbaseline_apply_changeset(
                database.handle, changes.bytes, changes.size, contacts.list,
                Cast.outlet.rawValue, Cast.key)
        }
        return (Timing.of(apply), Timing.of(apply))
    }
}

/// What the session extension recorded of the same inserts.
final class Changeset {
    let bytes: UnsafeMutablePointer<UInt8>
    let size: Int32

    init(_ contacts: Contacts, hasNotes: Bool = true, like model: Office, _ workspace: Workspace) {
        let path = workspace.next("recorded")
        let database = BareDatabase(received: path, like: model)
        var size: Int32 = 0
        bytes = cbaseline_changeset(
            database.handle, contacts.list, Cast.outlet.rawValue, Cast.key, hasNotes ? 1 : 0, &size)
        self.size = size
    }

    deinit { cbaseline_free_bytes(bytes) }
}
