import Bank
import Glibc
import Store
import Synchronization
import TestSupport
import Testing
import Vault

/// A full disk is a mode (`reliability.md`, R4).
struct FullDiskTests {
    /// A disk with no room but what the node's reserve takes; a class, since the node shares it.
    private final class Disk: Sendable {
        private let full = Mutex(false)
        private let reserve: String

        var isFull: Bool {
            get { full.withLock { $0 } }
            set { full.withLock { $0 = newValue } }
        }

        init(of node: NodeOnDisk) {
            reserve = node.path + "/reserve"
        }

        var reserveSize: Int64 {
            var status = stat()
            return stat(reserve, &status) == 0 ? Int64(status.st_size) : 0
        }

        func open(_ node: NodeOnDisk) throws -> BranchStore {
            let world = TestWorld().world
            return try BranchStore(
                path: node.path, credential: node.credential,
                world: World(
                    now: world.now, randomBytes: world.randomBytes,
                    atCommit: { moment in
                        guard case .beforeCommit = moment, self.isFull, self.reserveSize > 0
                        else { return }
                        throw StoreError.diskFull(node.path)
                    }),
                reserve: { directory in
                    DiskReserve(in: directory) { descriptor, size in
                        // What the file has already it keeps.
                        self.isFull && self.reserveSize < size
                            ? ENOSPC : posix_fallocate(descriptor, 0, off_t(size))
                    }
                })
        }
    }

    private func isRefused(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return false
        } catch StoreError.diskFull {
            return true
        } catch {
            Issue.record("\(error)")
            return false
        }
    }

    @Test func `on a full disk people log in and look, and nothing else is taken`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        let disk = Disk(of: node)
        let store = try disk.open(node)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000")], in: files)
        try store.logIns.setPassword("A full disk is 1 mode", of: .tom, by: "os:test")
        func contact() throws {
            _ = try store.addContact(with: .wang, by: .tom, way: .call, note: "n")
        }

        disk.isFull = true
        #expect(isRefused { try contact() })
        let before = try node.dump()["audit"].count
        _ = try store.customer(.wang, by: "t")
        #expect(try node.dump()["audit"].count == before + 1)
        #expect(store.isDiskFull)
        // The room that was given up is for nothing else.
        #expect(isRefused { try contact() })
        #expect(
            isRefused { _ = try store.unmask("name", of: .wang, by: .tom, reason: "r") })
        guard
            case .admitted = try store.logIns.logIn(
                .tom, password: "A full disk is 1 mode", source: "s")
        else {
            Issue.record("nobody can log in")
            return
        }

        disk.isFull = false
        try contact()
        #expect(!store.isDiskFull)
        #expect(disk.reserveSize == DiskReserve.usualSize)
        #expect(try store.customer(.wang, by: "t").contacts.count == 1)
    }

    @Test func `a node opens on a full disk, and looks go on in the room that it kept`() throws {
        let node = try NodeOnDisk()
        let disk = Disk(of: node)
        _ = try disk.open(node)
        #expect(disk.reserveSize == DiskReserve.usualSize)

        disk.isFull = true
        let store = try disk.open(node)
        _ = try store.owner(of: .wang, by: "t")
        _ = try store.owner(of: .zhang, by: "t")

        #expect(disk.reserveSize == 0)
        #expect(store.isDiskFull)
    }

    @Test func `what fails for another reason spends nothing`() throws {
        struct Other: Error {}
        let directory = try TemporaryDirectory()
        let reserve = DiskReserve(in: try DataDirectory(owning: directory.path))

        #expect(throws: Other.self) { try reserve.lending { throw Other() } }

        let size = try directory.contents()["reserve"]?.count
        #expect(size.map(Int64.init) == DiskReserve.usualSize)
    }
}
