import Bank
import Commands
import Courier
import HeadOfficeStore
import Logging
import NIOCore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// The connection that `sync --watch` keeps, counted at the socket between the two real sides.
struct KeptLineTests {
    /// `performance.md`, P9.
    private static let bytesOfIdleExchange = 1300

    @Test func `an exchange with nothing to say is one small request over the kept connection`()
        async throws
    {
        try await Self.watched { node, line, relay, _ in
            for _ in 0..<2 { try await Self.exchange(node, line) }
            relay.begin()

            for _ in 0..<3 { try await Self.exchange(node, line) }

            #expect(relay.connections == 0)
            #expect(relay.bytes > 0)
            #expect(relay.bytes <= 3 * Self.bytesOfIdleExchange, "\(relay.bytes) bytes")
        }
    }

    @Test func `a kept connection that was closed is replaced within the exchange`() async throws {
        try await Self.watched { node, line, relay, _ in
            try await Self.exchange(node, line)
            relay.begin()
            relay.cut()

            try await Self.exchange(node, line)

            #expect(relay.connections == 1)
        }
    }

    @Test func `a kept connection that died unseen is replaced within the exchange`() async throws {
        try await Self.watched { node, line, relay, _ in
            try await Self.exchange(node, line)
            relay.begin()
            relay.swallow()

            try await Self.exchange(node, line)

            #expect(relay.connections == 1)
        }
    }

    @Test func `after a refusal the next exchange makes a connection of its own`() async throws {
        try await Self.watched { node, line, relay, office in
            try await Self.exchange(node, line)
            try office.bank.revoke(.wulin, by: "amy")
            let failure = try await node.exchangeFailure(over: line)
            #expect(failure == ExchangeError.revoked.rawValue)
            relay.begin()

            _ = try await node.exchangeFailure(over: line)

            #expect(relay.connections == 1)
        }
    }

    @Test func `a kept connection is known by its certificate, and no stranger takes its place`()
        async throws
    {
        var limits = ConnectionLimits(idle: .seconds(180), files: 1024)
        limits.idleOfStrangers = .milliseconds(200)
        limits.strangersPerAddress = 2
        try await Self.watched(limits) { node, line, relay, office in
            try await Self.exchange(node, line)
            // One who asks and shows nothing.
            _ = try? await office.enrol(showing: try office.token(for: .xihu))
            relay.begin()
            try await Task.sleep(for: .seconds(1))

            try await Self.exchange(node, line)

            #expect(relay.connections == 0)
        }
    }

    @Test func `another node of the outlet does not speak over the connection of the first`()
        async throws
    {
        try await Self.watched { node, line, relay, office in
            try await Self.exchange(node, line)
            let second = try await office.node()
            relay.begin()

            try await Self.exchange(second, line)

            #expect(relay.connections == 1)
        }
    }

    /// One that goes well.
    private static func exchange(_ node: BranchStore, _ line: KeptLine) async throws {
        let failure = try await node.exchangeFailure(over: line)
        #expect(failure == nil)
    }

    /// A node whose way to head office leads through a relay.
    private static func watched(
        _ limits: ConnectionLimits = ConnectionLimits(idle: .seconds(180), files: 1024),
        _ body:
            @escaping @Sendable (BranchStore, KeptLine, CountingRelay, SecureOffice)
            async throws -> Void
    ) async throws {
        try await SecureOffice.open(limits: limits) { office in
            let port = try #require(office.url.split(separator: ":").last.flatMap { Int($0) })
            let relay = CountingRelay(to: port)
            defer { relay.stop() }
            let office = SecureOffice(
                bank: office.bank, world: office.world, url: "https://127.0.0.1:\(relay.port)")
            try await body(try await office.node(), KeptLine(), relay, office)
        }
    }
}
