import Bank
import GRDB
import Glibc
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Vault

/// A backup holds everything but keys, and is used only where it is whole and the node's own.
struct BackupTests {
    /// What a restore may change: who looked at what, who is logged in, where it came from.
    private static let besides: Set<String> = ["audit", "session", "restoreMark"]

    private func worked(_ node: NodeOnDisk, in files: TemporaryDirectory) throws {
        let store = try node.open()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000").holding(.zhang, "20000")],
            in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    private func rows(_ node: NodeOnDisk) throws -> [String: [String]] {
        try node.dump().tables.filter { !Self.besides.contains($0.key) }
    }

    @Test func `a backup of a node at work restores every row`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        try worked(node, in: files)
        let before = try rows(node)
        let path = files.path + "/backup"
        let written: BackupFile
        do {
            let store = try node.open()
            written = try store.backUp(to: path, by: "os:test")
            _ = try store.assign([.zhang], to: .ada, by: .eve)
            try store.takeAndClose(
                [ExtractBuilder(day("2025-03-02")).holding(.zhou, "500000")], in: files)
        }
        #expect(try rows(node) != before)

        let restored = try node.restore(path)

        #expect(restored.digest == written.digest)
        #expect(restored.size == written.size)
        #expect(try rows(node) == before)
        let store = try node.open()
        #expect(try store.verify(by: "os:test").isWhole)
        #expect(try store.customer(.wang, by: "os:test").customer.name == "王小明")
    }

    @Test func `a restored node is marked until head office has recognised it`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        try worked(node, in: files)
        let path = files.path + "/backup"
        _ = try node.open().backUp(to: path, by: "os:test")
        #expect(try node.open().restoreMark() == nil)

        _ = try node.restore(path)
        let first = try #require(try node.open().restoreMark())
        _ = try node.restore(path)
        let store = try node.open()
        let second = try #require(try store.restoreMark())

        #expect(first.id != second.id)
        try store.clearRestoreMark(first)
        #expect(try store.restoreMark() == second)
        try store.clearRestoreMark(second)
        #expect(try store.restoreMark() == nil)
    }

    @Test func `what stood in the directory before a restore is kept beside it`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        let path = files.path + "/backup"
        _ = try node.open().backUp(to: path, by: "os:test")
        try worked(node, in: files)
        let worked = try rows(node)

        _ = try node.restore(path)

        let kept = try node.directory.contents().keys.first {
            $0.contains("-before-") && !$0.hasSuffix("-wal")
        }
        let old = try TableDump(node.directory.path + "/" + (try #require(kept)))
        #expect(old.tables.filter { !Self.besides.contains($0.key) } == worked)
    }

    @Test func `what a restore has kept is removed by one that comes thirty days later`() throws {
        let (world, files) = (TestWorld(), try TemporaryDirectory())
        let node = try NodeOnDisk(world: world)
        let path = files.path + "/backup"
        _ = try node.open().backUp(to: path, by: "os:test")
        let now = world.now
        func kept() throws -> Int {
            try node.directory.contents().keys.filter { $0.contains("-before-") }
                .filter { !$0.hasSuffix("-wal") }.count
        }

        // What was put aside on day 29 is kept from then on, whenever it was written.
        for (days, count) in [(0, 1), (29, 2), (31, 2), (60, 2)] as [(Int64, Int)] {
            world.now = now + days * 86_400_000
            _ = try node.restore(path)
            #expect(try kept() == count)
        }
    }

    @Test func `a node whose database is lost is restored where its keys are left`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        try worked(node, in: files)
        let before = try rows(node)
        let path = files.path + "/backup"
        _ = try node.open().backUp(to: path, by: "os:test")
        DataDirectory.remove(node.path + "/data.sqlite")

        _ = try node.restore(path)

        #expect(try rows(node) == before)
    }

    @Test func `a backup that ends early is refused and nothing is changed`() throws {
        let (node, files, bytes) = try backedUp()
        let before = try node.directory.contents()

        for count in [0, 5, 8, 10, 40, 300, bytes.count / 2, bytes.count - 33, bytes.count - 1] {
            try files.write(Array(bytes.prefix(count)), to: "cut")
            let path = files.path + "/cut"
            #expect(throws: count == 0 ? BackupError.notABackup(path) : .truncated(path)) {
                _ = try node.restore(path)
            }
        }
        #expect(try node.directory.contents() == before)
    }

    @Test func `one bit that flipped in a backup is found before anything is changed`() throws {
        let (node, files, bytes) = try backedUp()
        let before = try node.directory.contents()
        var chance = SeededGenerator(seed: 7)

        for _ in 0..<300 {
            var flipped = bytes
            let position = Int.random(in: 0..<bytes.count, using: &chance)
            flipped[position] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            try files.write(flipped, to: "flipped")
            #expect(throws: BackupError.self, "byte \(position)") {
                _ = try node.restore(files.path + "/flipped")
            }
        }
        #expect(try node.directory.contents() == before)
    }

    @Test func `a backup of another node, of other keys or of a newer schema is refused`() throws {
        let (node, files, _) = try backedUp()
        let xihu = try NodeOnDisk(.xihu)
        let path = files.path + "/other"
        _ = try xihu.open().backUp(to: path, by: "os:test")
        let before = try node.directory.contents()
        #expect(
            throws: BackupError.foreign(
                path, of: "330102/node-330102", here: "330101/node-330101")
        ) { _ = try node.restore(path) }

        unlink(path)
        let stranger = try NodeOnDisk(keys: KeyRing(data: .repeating(8), index: .repeating(9)))
        _ = try stranger.open().backUp(to: path, by: "os:test")
        #expect(throws: BackupError.wrongKey(path)) { _ = try node.restore(path) }

        unlink(path)
        let newer = try NodeOnDisk()
        do {
            let store = try newer.open()
            try DatabaseQueue(path: newer.path + "/data.sqlite").write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('b9999_later')")
            }
            _ = try store.backUp(to: path, by: "os:test")
        }
        #expect(throws: BackupError.newerSchema(path)) { _ = try node.restore(path) }
        #expect(try node.directory.contents() == before)
    }

    @Test func `a backup is never written over a file that is there`() throws {
        let (node, files, bytes) = try backedUp()
        let path = files.path + "/backup"

        let error = #expect(throws: StoreError.self) {
            _ = try node.open().backUp(to: path, by: "os:test")
        }

        #expect(error?.code == "file-exists")
        #expect(try files.contents()["backup"] == bytes)
    }

    @Test func `a database with an orphan is damaged, and no backup of it is made`() throws {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        try worked(node, in: files)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: node.path + "/data.sqlite", configuration: configuration).write {
            try $0.execute(sql: "DELETE FROM customer")
        }

        let error = #expect(throws: StoreError.self) {
            _ = try node.open().backUp(to: files.path + "/backup", by: "os:test")
        }

        #expect(error?.code == "damaged")
        #expect(try files.contents()["backup"] == nil)
    }

    @Test func `a node that is in use is not restored`() throws {
        let (node, files, _) = try backedUp()
        let store = try node.open()

        #expect(throws: StoreError.self) { _ = try node.restore(files.path + "/backup") }
        #expect(try store.restoreMark() == nil)
    }

    @Test func `a directory in which a restore was cut off is not opened`() throws {
        let (node, files, _) = try backedUp()
        try node.directory.write([], to: "node/restoring")

        let error = #expect(throws: StoreError.self) { _ = try node.open() }
        #expect(error?.code == "restore-unfinished")

        _ = try node.restore(files.path + "/backup")
        #expect(try node.open().restoreMark() != nil)
    }

    @Test func `no node is made where a restore was cut off before its database is there`()
        throws
    {
        let (node, files, _) = try backedUp()
        try node.directory.write([], to: "node/restoring")
        DataDirectory.remove(node.path + "/data.sqlite")

        let opening = #expect(throws: StoreError.self) { _ = try node.open() }
        #expect(opening?.code == "restore-unfinished")
        let making = #expect(throws: StoreError.self) { try node.makeAgain() }
        #expect(making?.code == "already-initialised")

        _ = try node.restore(files.path + "/backup")
        #expect(try node.open().restoreMark() != nil)
    }

    @Test func `no key and nothing that identifies a customer is in a backup in clear`() throws {
        let (_, _, bytes) = try backedUp()
        let secrets = [
            Array("王小明".utf8), Array("11010519491231002X".utf8), Array("13812345678".utf8),
            Array(repeating: 1, count: 32), Array(repeating: 2, count: 32),
            Array(hexadecimal(Array(repeating: 1, count: 32)).utf8),
        ]

        for secret in secrets { #expect(!bytes.contains(secret)) }
    }

    private func backedUp() throws -> (NodeOnDisk, TemporaryDirectory, [UInt8]) {
        let (node, files) = (try NodeOnDisk(), try TemporaryDirectory())
        try worked(node, in: files)
        let path = files.path + "/backup"
        do { _ = try node.open().backUp(to: path, by: "os:test") }
        return (node, files, try files.contents()["backup"] ?? [])
    }
}

extension [UInt8] {
    fileprivate func contains(_ other: [UInt8]) -> Bool {
        guard let first = other.first, count >= other.count else { return false }
        return indices.contains { index in
            self[index] == first && index + other.count <= count
                && self[index..<(index + other.count)].elementsEqual(other)
        }
    }
}
