import Bank
import GRDB
import Store
import TestSupport
import Testing
import Vault

/// Looks that a serving node writes down together.
struct WaitingLooksTests {
    private let node: NodeOnDisk
    private let world: TestWorld
    private let disk: FullDisk
    private let store: BranchStore

    init() throws {
        let (world, files) = (TestWorld(), try TemporaryDirectory())
        node = try NodeOnDisk(world: world)
        self.world = world
        disk = FullDisk(of: node.path)
        store = try BranchStore(
            path: node.path, credential: node.credential, world: disk.world(world),
            reserve: disk.reserve)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000")], in: files)
    }

    /// The looks that are written down.
    private func looks() throws -> Int {
        try node.dump()["audit"].filter { $0.contains("looked-up-owner") }.count
    }

    private func look() throws { _ = try store.owner(of: .wang, by: "os:test") }

    @Test func `a look of a single command is written down before its answer`() throws {
        try look()

        #expect(try looks() == 1)
    }

    @Test func `looks wait together and are all written down`() throws {
        store.groupLooks()
        for _ in 0..<3 { try look() }
        #expect(try looks() == 0)

        try store.writeDownLooks()

        #expect(try looks() == 3)
        #expect(try store.verify(by: "t", progress: { _ in }).isWhole)
    }

    @Test func `whatever is written next writes them down first`() throws {
        store.groupLooks()
        try look()

        try store.audit(.exported, by: "os:test", on: nil)

        #expect(try looks() == 1)
    }

    @Test func `a look stays written down where what is written next fails`() throws {
        store.groupLooks()
        try look()

        #expect(throws: Refusal.self) {
            try store.addContact(with: "3300009999", by: .tom, way: .call, note: "n")
        }

        #expect(try looks() == 1)
    }

    @Test func `what somebody looked at is written down before that they left`() throws {
        store.groupLooks()
        try store.logIns.setPassword("Golden-Key-2025", of: .ada, by: "os:test")
        guard
            case .admitted(let token) = try store.logIns.logIn(
                .ada, password: "Golden-Key-2025", source: "test")
        else {
            Issue.record("the password is right")
            return
        }
        try look()

        try store.logIns.logOut(token)

        let audit = try node.dump()["audit"].suffix(2)
        #expect(audit.first?.contains("looked-up-owner") == true)
        #expect(audit.last?.contains("logged-out") == true)
    }

    @Test func `nobody is answered while a look has waited for a second`() throws {
        store.groupLooks()
        try look()
        world.now += 999
        try look()
        #expect(try looks() == 0)
        world.now += 1

        try look()

        #expect(try looks() == 3)
    }

    @Test
    func
        `what could not be written down waits, and until it is no look is answered before its own entry`()
        throws
    {
        store.groupLooks()
        try look()
        disk.isFull = true
        // The reserve is given up for it.
        try store.writeDownLooks()
        #expect(try looks() == 1)

        try node.breakAudit()
        try look()
        #expect(throws: StoreError.self) { try store.writeDownLooks() }
        #expect(throws: StoreError.self) { try look() }
        try node.mendAudit()

        try look()

        // The first, the one that waited, the one that was refused its answer is not one, the last.
        #expect(try looks() == 3)
    }
}

extension NodeOnDisk {
    /// A database that takes no entry, as a damaged one.
    fileprivate func breakAudit() throws {
        try change(
            "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'x'); END")
    }

    fileprivate func mendAudit() throws { try change("DROP TRIGGER broken") }

    private func change(_ sql: String) throws {
        try DatabaseQueue(path: path + "/data.sqlite").writeWithoutTransaction {
            try $0.execute(sql: sql)
        }
    }
}
