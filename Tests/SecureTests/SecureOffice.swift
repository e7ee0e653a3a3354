import Bank
import Certificates
import Commands
import Courier
import Glibc
import HeadOffice
import HeadOfficeStore
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Pages
import Sealing
import Store
import Sync
import TestSupport
import Transport
import Vault

/// Head office's real server with its real store, over TLS on loopback, for the length of a test.
///
/// Its clock is the test's; libcurl reads the machine's.
struct SecureOffice: Sendable {
    let bank: BankStore
    let world: TestWorld
    let url: String

    /// - Parameters:
    ///   - ahead: how far head office's clock runs ahead of the machine's, in milliseconds.
    ///   - renews: whether the server's certificate goes with the test's clock. Otherwise the one
    ///     that it starts with stays, wherever the test sets head office's clock.
    ///   - isOlder: whether it knows no message.
    ///   - limits: of its connections; those of service unless given.
    static func open(
        ahead: Int64 = 0, renews: Bool = false, isOlder: Bool = false,
        limits: ConnectionLimits = ConnectionLimits(idle: .seconds(180), files: 1024),
        _ body: @escaping @Sendable (SecureOffice) async throws -> Void
    ) async throws {
        let world = TestWorld(now: World.live.now() + ahead)
        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        let library = try await PageLibrary()
        let site = BankSite(store: bank, library: library, assets: try PageAssets(library: library))
        let secure = try SecureServer(
            authority: bank.authorityCertificate,
            now: { renews ? world.now : World.live.now() + ahead },
            identity: {
                guard let identity = bank.serverIdentity(at: ["127.0.0.1"]) else {
                    preconditionFailure("the loopback has a name")
                }
                return identity
            })
        let (ports, started) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: isOlder ? Router(context: PageContext.self) : site.router(),
            server: try secure.wrapping(Doorway(limits, knows: secure.knows).server()),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                started.yield(channel.localAddress?.port ?? 0)
                started.finish()
            },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup { group in
            group.addTask { try await application.run() }
            for await port in ports {
                let office = SecureOffice(
                    bank: bank, world: world, url: "https://127.0.0.1:\(port)")
                try await body(office)
            }
            group.cancelAll()
        }
    }

    func token(for outlet: UnitCode = .wulin) throws -> EnrolmentToken {
        try bank.invite(outlet, by: "amy")
    }

    /// Over the line, as `branchnode init` does.
    func enrol(
        _ outlet: UnitCode = .wulin, showing token: EnrolmentToken, as name: String = "node-1"
    ) async throws -> Enrolled {
        try await offLoop { [url, world] in
            try Exchange.enrol(
                outlet, as: name, with: .make(randomBytes), showing: token, at: url,
                now: world.now)
        }
    }

    /// A node in memory that was enrolled over the line.
    func node(
        _ outlet: UnitCode = .wulin, as name: String = "node-1"
    ) async throws -> BranchStore {
        let enrolled = try await enrol(outlet, showing: try token(for: outlet), as: name)
        return try node(enrolled.identity, enrolled.reply, as: name)
    }

    /// A node in memory that was enrolled without a line, and whose clock is the machine's.
    func nodeByHand() throws -> BranchStore {
        let key = PrivateKey.make(randomBytes)
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try token().secret, outlet: .wulin, nodeName: "node-1",
                certificateRequest: CertificateRequest(for: key).bytes))
        let identity = Certificate(bytes: reply.certificate).flatMap {
            Identity(authority: bank.authorityCertificate, certificate: $0, key: key)
        }
        return try node(identity, reply)
    }

    /// A node in memory with an identity of the test's choice, and with a clock of its own.
    func node(
        _ identity: Identity?, _ reply: EnrolmentReply, clock: TestWorld? = nil,
        as name: String = "node-1"
    ) throws -> BranchStore {
        try BranchStore(
            inMemory: Node(
                outlet: reply.outlet, firstTier: reply.firstTier, headOffice: url, name: name,
                epoch: reply.epoch, settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            identity, keys: .ofTests, organisation: .ofTests,
            world: (clock ?? TestWorld(now: World.live.now())).world)
    }
}

extension BranchStore {
    /// One exchange over the line; the code of its failure, nil where it went well.
    func exchangeFailure(over line: KeptLine = KeptLine()) async throws -> String? {
        try await offLoop { [self] in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            do {
                _ = try Exchange(self, over: line, logger: logger).run()
                return nil
            } catch let error as CourierError {
                return error.code
            }
        }
    }
}
