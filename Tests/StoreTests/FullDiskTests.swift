import Bank
import Store
import TestSupport
import Testing
import Vault

/// A full disk is a mode (`reliability.md`, R4).
struct FullDiskTests {
    private func open(_ node: NodeOnDisk, on disk: FullDisk) throws -> BranchStore {
        try BranchStore(
            path: node.path, credential: node.credential, world: disk.world(),
            reserve: disk.reserve)
    }

    @Test func `on a full disk people log in and look, and nothing else is taken`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        let disk = FullDisk(of: node.path)
        let store = try open(node, on: disk)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000")], in: files)
        try store.logIns.setPassword("A full disk is 1 mode", of: .tom, by: "os:test")
        func contact() throws {
            _ = try store.addContact(with: .wang, by: .tom, way: .call, note: "n")
        }

        disk.isFull = true
        #expect(try FullDisk.refuses(contact))
        let before = try node.dump()["audit"].count
        _ = try store.customer(.wang, by: "t")
        #expect(try node.dump()["audit"].count == before + 1)
        #expect(store.isDiskFull)
        // The room that was given up is for nothing else.
        #expect(try FullDisk.refuses(contact))
        #expect(
            try FullDisk.refuses {
                _ = try store.unmask("name", of: .wang, by: .tom, reason: "r")
            })
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
        let disk = FullDisk(of: node.path)
        _ = try open(node, on: disk)
        #expect(disk.reserveSize == DiskReserve.usualSize)

        disk.isFull = true
        let store = try open(node, on: disk)
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
