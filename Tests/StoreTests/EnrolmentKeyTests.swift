import Bank
import Certificates
import Glibc
import HeadOfficeStore
import Sealing
import Store
import TestSupport
import Testing
import Vault

/// The key of an enrolment outlives the answer that was lost, and the process that asked.
struct EnrolmentKeyTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let world = TestWorld().world

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path + "/node"
    }

    private func key(of outlet: UnitCode, of making: NodeMaking) throws -> PrivateKey {
        try making.enrolmentKey(for: outlet, world.randomBytes)
    }

    private func making() throws -> NodeMaking {
        try NodeMaking(path: path, credential: path + ".key")
    }

    @Test func `a making that is cut off goes on with the key that it showed`() throws {
        let first = try key(of: .wulin, of: try making())

        let second = try making()
        #expect(second.hadEnrolmentKey)
        #expect(try key(of: .wulin, of: second) == first)
        second.abandon(keepingKey: true)

        // Whatever becomes of a later try: head office may have let that key in.
        let third = try making()
        #expect(try key(of: .wulin, of: third) == first)
        third.abandon()
        #expect(try key(of: .wulin, of: try making()) == first)
    }

    @Test func `a making that fails leaves no key where there was none before`() throws {
        let making = try making()
        _ = try key(of: .wulin, of: making)

        making.abandon()

        #expect(try directory.contents().isEmpty)
    }

    @Test func `another outlet's node asks with another key, and costs the first none`() throws {
        let first = try key(of: .wulin, of: try making())

        #expect(try key(of: .xihu, of: try making()) != first)

        #expect(try key(of: .wulin, of: try making()) == first)
    }

    @Test func `another key file opens no key of an enrolment and costs none`() throws {
        let first = try key(of: .wulin, of: try making())

        do {
            let other = try NodeMaking(path: path, credential: path + "-2.key")
            #expect(throws: StoreError.self) { try key(of: .wulin, of: other) }
            other.abandon(keepingKey: true)
        }
        #expect(try directory.contents()["node-2.key"] == nil)

        #expect(try key(of: .wulin, of: try making()) == first)
    }

    @Test func `a key file that others can read costs no key of an enrolment`() throws {
        let first = try key(of: .wulin, of: try making())

        chmod(path + ".key", 0o644)
        #expect(throws: StoreError.self) { try making() }
        chmod(path + ".key", 0o600)

        #expect(try key(of: .wulin, of: try making()) == first)
    }

    @Test func `a node that is whole keeps no key of an enrolment`() throws {
        let making = try making()
        let secret = try key(of: .wulin, of: making).secret.bytes
        let kept = try directory.contents()
        #expect(kept["node/enrolling.json"] != nil)
        for (name, bytes) in kept {
            #expect(bytes.firstRange(of: secret) == nil, "\(name)")
            #expect(bytes.firstRange(of: hexadecimal(secret).utf8) == nil, "\(name)")
        }

        try making.finish(
            keys: .ofTests, node: Node(outlet: .wulin, firstTier: .zhejiang, name: "n"),
            identity: nil, organisation: .ofTests, world: world, actor: "t")

        #expect(try directory.contents()["node/enrolling.json"] == nil)
    }

    @Test func `a node enrols again with one key until it is enrolled`() throws {
        let world = TestWorld()
        let node = try NodeOnDisk(world: world)
        let first = try node.open().enrolmentKey()
        #expect(try node.open().enrolmentKey() == first)
        #expect(try node.open().verify(by: "t", progress: { _ in }).isWhole)

        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        let identity = try #require(
            try BranchStore.enrolled(.wulin, at: bank, world: world).identity())
        try node.open().reenrol(at: "https://127.0.0.1:1", identity, epoch: 1, by: "t")

        #expect(try node.open().enrolmentKey() != first)
    }
}
