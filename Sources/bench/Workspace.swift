import Bank
import CBaseline
import Foundation
import Glibc
import HeadOfficeStore
import Sealing
import Store
import Sync
import Vault

/// A directory for the databases of one run.
final class Workspace {
    let path: String
    private var count = 0

    init(below directory: String) throws {
        path = directory + "/bench-\(getpid())"
        try DataDirectory.make(at: path)
    }

    /// A name that nothing has yet.
    func next(_ name: String) -> String {
        count += 1
        return "\(path)/\(name)-\(count)"
    }

    func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
    func remove() { remove(path) }
}

/// Who takes part.
enum Cast {
    static let firstTier: UnitCode = "33"
    static let outlet: UnitCode = "330101"
    static let key = [UInt8](repeating: 7, count: SecretKey.size)
    static let now: Int64 = 1_743_465_600_000

    static let world = World(
        now: { now }, randomBytes: { Sealing.randomBytes($0) },
        today: { BusinessDay(daysSinceEpoch: .max) })
    static let organisation = Organisation(
        units: [
            Unit(code: "00", name: "总行", level: .headOffice, parent: nil),
            Unit(code: firstTier, name: "浙江省分行", level: .firstTier, parent: "00"),
            Unit(code: outlet, name: "杭州武林支行", level: .outlet, parent: firstTier),
        ],
        staff: [])

    static func node(_ outlet: UnitCode = outlet) -> EnrolledNode {
        EnrolledNode(outlet: outlet, firstTier: firstTier, name: "node-\(outlet)", epoch: 1)
    }
}

/// Head office in a new directory.
struct Office {
    let path: String
    let store: BankStore

    init(_ workspace: Workspace) throws {
        path = workspace.next("office")
        try BankStore.create(
            path: path, credential: path + ".key", organisation: Cast.organisation,
            world: Cast.world, actor: "os:bench")
        store = try BankStore(path: path, credential: path + ".key", world: Cast.world)
    }

    init(existing path: String) throws {
        self.path = path
        store = try BankStore(path: path, credential: path + ".key", world: Cast.world)
    }

    var database: String { path + "/first-tier-\(Cast.firstTier).sqlite" }
}

/// A node in a new directory, with marketing records written by the bare library: the product's
/// triggers capture what any program writes.
struct Outlet {
    let path: String

    init(_ workspace: Workspace) throws {
        path = workspace.next("node")
        guard let key = SecretKey(bytes: Cast.key) else {
            preconditionFailure("a key has so many bytes")
        }
        try BranchStore.create(
            path: path, credential: path + ".key", keys: KeyRing(data: key, index: key),
            node: Node(outlet: Cast.outlet, firstTier: Cast.firstTier, name: Cast.node().name),
            organisation: Cast.organisation, world: Cast.world, actor: "os:bench")
    }

    var database: String { path + "/data.sqlite" }

    func open() throws -> BranchStore {
        try BranchStore(path: path, credential: path + ".key", world: Cast.world)
    }

    /// Nothing else has the database open meanwhile.
    func write(_ contacts: Contacts, _ range: Range<Int>? = nil) {
        let range = range ?? 0..<contacts.count
        let database = BareDatabase(database)
        cbaseline_insert_local(
            database.handle, contacts.list, Int64(range.lowerBound), Int64(range.upperBound),
            Cast.key, cbaseline_by_trigger)
    }
}

extension BranchStore {
    func parts(of head: BatchHead) throws -> [Part] {
        try (0..<head.parts).map { try part($0, of: head) }
    }
}

/// Records from a fixed seed.
final class Contacts {
    let list: UnsafeMutablePointer<cbaseline_contacts>

    init(_ count: Int, seed: UInt64 = 20_250_401, characters: Int = 0) {
        list = cbaseline_make_contacts(seed, Int64(count), Int32(characters))
    }

    deinit { cbaseline_free_contacts(list) }

    var count: Int { Int(list.pointee.count) }
}

/// A database opened by the bare library.
final class BareDatabase {
    let handle: OpaquePointer

    init(_ path: String) { handle = cbaseline_open(path) }

    /// An empty one with head office's table of marketing records.
    convenience init(received path: String, like office: Office) {
        self.init(path)
        cbaseline_copy_table(handle, office.database, "contact")
    }

    /// Open for as long as `body` runs: only its handle is used there.
    func with<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }

    deinit { cbaseline_close(handle) }
}
