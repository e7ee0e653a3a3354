package import Bank
import Feed
package import HeadOfficeStore
package import Sealing
package import Store
package import Vault

extension KeyRing {
    /// The same keys in every run.
    package static let ofTests = KeyRing(data: .repeating(1), index: .repeating(2))
}

extension SecretKey {
    package static func repeating(_ byte: UInt8) -> SecretKey {
        guard let key = SecretKey(bytes: Array(repeating: byte, count: size)) else {
            preconditionFailure("a key has so many bytes")
        }
        return key
    }
}

extension BranchStore {
    /// A node in memory that has no head office.
    package static func alone(
        _ outlet: UnitCode = .wulin, organisation: Organisation = .ofTests,
        world: TestWorld = TestWorld()
    ) throws -> BranchStore {
        try BranchStore(
            inMemory: Node(
                outlet: outlet, firstTier: organisation.firstTier(of: outlet) ?? .zhejiang,
                name: "node-\(outlet)"),
            keys: .ofTests, organisation: organisation, world: world.world)
    }

    /// A node in memory that head office has enrolled.
    package static func enrolled(
        _ outlet: UnitCode, at bank: BankStore, world: TestWorld, name: String? = nil
    ) throws -> BranchStore {
        try NodeDisk(outlet, at: bank, world: world, name: name).start()
    }

    /// Takes the extracts in, closes through the last one, and says what each day's close decided.
    @discardableResult
    package func takeAndClose(
        _ extracts: [ExtractBuilder], in directory: TemporaryDirectory
    ) throws -> [ClosedDay] {
        let outcomes = try take(try extracts.map { try $0.write(to: directory) }, by: "os:test")
        precondition(
            outcomes.allSatisfy { $0.result != .refused },
            "refused: \(outcomes.flatMap(\.faults.list))")
        return try closeDays(by: "os:test")
    }
}

/// A node in a directory of its own, so that a test can look at what is on the disk.
package struct NodeOnDisk {
    package let directory: TemporaryDirectory
    package var path: String { directory.path + "/node" }
    package var credential: String { directory.path + "/node.key" }
    private let world: TestWorld

    package init(
        _ outlet: UnitCode = .wulin, organisation: Organisation = .ofTests,
        world: TestWorld = TestWorld(), keys: KeyRing = .ofTests
    ) throws {
        directory = try TemporaryDirectory()
        self.world = world
        try BranchStore.create(
            path: path, credential: credential, keys: keys,
            node: Node(outlet: outlet, firstTier: .zhejiang, name: "node-\(outlet)"),
            organisation: organisation, world: world.world, actor: "os:test")
    }

    package func open() throws -> BranchStore {
        try BranchStore(path: path, credential: credential, world: world.world)
    }

    /// Tries to make another node where this one is.
    package func makeAgain() throws {
        try BranchStore.create(
            path: path, credential: credential, keys: .ofTests,
            node: Node(outlet: .wulin, firstTier: .zhejiang, name: "node-again"),
            organisation: .ofTests, world: world.world, actor: "os:test")
    }

    /// Puts a backup in the place of the node's database.
    package func restore(_ file: String) throws -> BackupFile {
        try BranchStore.restore(
            from: file, path: path, credential: credential, world: world.world, actor: "os:test")
    }

    /// Every row of every table.
    package func dump() throws -> TableDump { try TableDump(path + "/data.sqlite") }
}

/// Head office in a directory of its own.
package struct HeadOfficeOnDisk {
    package let directory: TemporaryDirectory
    package let store: BankStore

    package init(world: TestWorld, organisation: Organisation = .ofTests) throws {
        try self.init(in: world.world, organisation: organisation)
    }

    package init(in world: World, organisation: Organisation = .ofTests) throws {
        directory = try TemporaryDirectory()
        let (path, credential) = (directory.path + "/office", directory.path + "/office.key")
        try BankStore.create(
            path: path, credential: credential, organisation: organisation, world: world,
            actor: "os:test")
        store = try BankStore(path: path, credential: credential, world: world)
    }

    /// Every row that the outlets of a first-tier branch sent and what was decided of them.
    package func dump(_ firstTier: UnitCode = .zhejiang) throws -> TableDump {
        try TableDump(directory.path + "/office/first-tier-\(firstTier).sqlite")
    }
}
