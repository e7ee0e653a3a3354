import Bank
import HeadOfficeStore
import Store
import Sync
import Synchronization
import TestSupport
import Testing
import Vault

/// Head office dies between what it settles and what it notes of it.
struct AuditedFirstTests {
    private struct Died: Error {}

    /// Lets so many moments of commits pass, then nothing any more.
    private final class Fuse: Sendable {
        private let left = Mutex<Int?>(nil)

        func light(moments: Int) { left.withLock { $0 = moments } }

        func burn() throws {
            try left.withLock { left in
                guard let rest = left else { return }
                guard rest > 1 else { throw Died() }
                left = rest - 1
            }
        }
    }

    private let directory: TemporaryDirectory
    private let fuse = Fuse()
    private let outlets: ThreeOutlets

    init() throws {
        directory = try TemporaryDirectory()
        let (time, fuse) = (TestWorld(), fuse)
        let world = World(
            now: { time.now }, randomBytes: time.world.randomBytes,
            atCommit: { _ in try fuse.burn() })
        let (path, credential) = (directory.path + "/office", directory.path + "/office.key")
        try BankStore.create(
            path: path, credential: credential, organisation: .ofTests, world: world,
            actor: "os:test")
        outlets = try .ownedByWulin(
            at: BankStore(path: path, credential: credential, world: world))
    }

    private func rows(_ database: String, _ table: String) throws -> [String] {
        try TableDump(directory.path + "/office/\(database).sqlite")[table]
    }

    @Test func `who ruled is known, whenever head office dies`() throws {
        // Through the audit's commit and the ruling's, which is durable then.
        fuse.light(moments: 4)

        #expect(throws: Died.self) {
            try outlets.bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "裁定")
        }

        #expect(try rows("first-tier-33", "settlement").count == 2)
        let entry = try #require(
            try rows("data", "audit").first { $0.contains("adjudicated") })
        #expect(entry.contains("fay") && entry.contains("3300000001"))
    }

    @Test func `who settled at once and why is known, whenever head office dies`() throws {
        _ = try outlets[.wulin].release(.wang, by: .eve, because: "客户要求")
        try outlets.exchange([.wulin])
        fuse.light(moments: 4)

        #expect(throws: Died.self) {
            try outlets.bank.settle(.zhejiang, now: true, by: "gwen", reason: "盘点")
        }

        #expect(try rows("first-tier-33", "settlement").count == 2)
        let entry = try #require(try rows("data", "audit").first { $0.contains("gwen") })
        #expect(entry.contains("settled") && entry.contains("盘点"))
    }
}
