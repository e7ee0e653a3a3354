import Commands
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Testing
import Transport
import Vault

/// Those who connect and take their time, or connect often (`reliability.md`, R12).
struct SlowConnectionTests {
    /// Some time for the server on a busy machine; without a limit it would wait for minutes.
    private static let patience = 20

    @Test func `a connection that says nothing does not get past the handshake's time`()
        async throws
    {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.firstRequest = .milliseconds(200)
        try await SecureOffice.open(limits: limits) { office in
            let silent = try Caller(of: office.url)

            #expect(await silent.isClosed(within: Self.patience))
        }
    }

    @Test func `a head that comes byte by byte is given up in time`() async throws {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.firstRequest = .milliseconds(200)
        try await Self.plain(limits) { url in
            let caller = try Caller(of: url)

            #expect(await caller.isClosed(within: Self.patience, sending: "GET / HTTP/1.1\r\nA: "))
        }
    }

    @Test func `a body that comes byte by byte is given up in time`() async throws {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.request = .milliseconds(200)
        try await Self.plain(limits) { url in
            let caller = try Caller(of: url)
            caller.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")

            #expect(await caller.isClosed(within: Self.patience, sending: ""))
        }
    }

    @Test func `who asks in time is not hurried by the deadlines of before`() async throws {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.firstRequest = .seconds(1)
        limits.request = .seconds(1)
        limits.answer = .seconds(1)
        try await Self.plain(limits) { url in
            let statuses = try await offLoop {
                let line = Line(.url(url))
                return try (0..<3).map { round in
                    if round > 0 { usleep(1_500_000) }
                    let response = try line.send(LineRequest(.get, "/"))
                    return [response.status, response.newConnection ? 1 : 0]
                }
            }
            #expect(statuses == [[200, 1], [200, 0], [200, 0]])
        }
    }

    @Test func `beyond an address's share the oldest that says nothing makes room for the next`()
        async throws
    {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.strangersPerAddress = 2
        try await Self.plain(limits) { url in
            try await offLoop {
                let line = Line(.url(url))
                #expect(try line.send(LineRequest(.get, "/")).status == 200)
                let first = try Caller(of: url)
                // Connections of two event loops are let in in no order.
                usleep(500_000)
                let second = try Caller(of: url)

                #expect(first.isClosedNow(within: Self.patience))
                #expect(!second.isClosedNow(within: 1))
                #expect(try line.send(LineRequest(.get, "/")).newConnection == false)
            }
        }
    }

    @Test func `who asks without a certificate and then says nothing is closed in time`()
        async throws
    {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.idleOfStrangers = .milliseconds(200)
        try await Self.plain(limits) { url in
            let caller = try Caller(of: url)
            caller.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")

            #expect(await caller.isClosed(within: Self.patience))
        }
    }

    @Test func `the limits stay below what the process may have open`() {
        let few = ConnectionLimits(idle: .seconds(60), files: 1024)
        let many = ConnectionLimits(idle: .seconds(60), files: 1_000_000)

        #expect(few.all < 1024 && few.perAddress < few.all && few.strangers < few.all)
        #expect(many.all == 20_000)
    }

    /// A server in clear on loopback that answers `/`, for the length of a test.
    private static func plain(
        _ limits: ConnectionLimits, _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let router = Router()
        router.get("/") { _, _ in "ok" }
        router.post("/") { request, _ in
            _ = try await request.body.collect(upTo: 65536)
            return "ok"
        }
        let (ports, started) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, server: Doorway(limits).server(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                started.yield(channel.localAddress?.port ?? 0)
                started.finish()
            },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup { group in
            group.addTask { try await application.run() }
            for await port in ports { try await body("http://127.0.0.1:\(port)") }
            group.cancelAll()
        }
    }
}

/// A bare connection; a class, since it closes what it opened.
private final class Caller: Sendable {
    private let descriptor: Int32

    init(of url: String) throws {
        let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        let status = withUnsafeBytes(of: &address) {
            connect(
                descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        try #require(status == 0)
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func leave() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    func isClosed(within seconds: Int, sending start: String? = nil) async -> Bool {
        await offLoop { self.isClosedNow(within: seconds, sending: start) }
    }

    /// Whether the other side closes in time, while a byte goes out ten times a second.
    func isClosedNow(within seconds: Int, sending start: String? = nil) -> Bool {
        if let start { send(start) }
        for _ in 0..<seconds * 10 {
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return true }
            if start != nil { send("a") }
            usleep(100_000)
        }
        return false
    }
}
