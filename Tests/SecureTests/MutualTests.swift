import Bank
import Certificates
import Courier
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Transport
import Vault

/// Whom head office lets speak, with its real server, real TLS and libcurl.
struct MutualTests {
    private static let day: Int64 = 24 * 60

    @Test func `an enrolled node exchanges, and its certificate says who it is`() async throws {
        try await SecureOffice.open { office in
            let wulin = try await office.node()

            #expect(try await wulin.exchangeFailure() == nil)

            #expect(try wulin.lineState().failure == nil)
            let seen = try office.bank.nodes(by: "t").filter { $0.contactedAt != nil }
            #expect(seen.map(\.outlet.code) == [.wulin])
        }
    }

    @Test func `without a certificate, only the authority and an enrolment are answered`()
        async throws
    {
        try await SecureOffice.open { office in
            let authority = office.bank.authorityCertificate

            for path in [
                Message.helloPath, Message.pushPath, Message.pullPath, Message.renewalPath,
                Message.queryPath,
            ] {
                let answer = try await office.ask(path, .authority(authority.pem, identity: nil))
                #expect(answer == ExchangeError.noCertificate.rawValue, "\(path)")
            }
            let answer = try await office.ask(
                Message.authorityPath, .authority(authority.pem, identity: nil))
            #expect(answer == nil)
        }
    }

    @Test func `a certificate of another authority is refused by name`() async throws {
        try await SecureOffice.open { office in
            let stranger = Authority.make(
                of: .make(randomBytes), at: office.world.now, randomBytes: { randomBytes($0) })
            let key = PrivateKey.make(randomBytes)
            let holder = try #require(
                CertifiedNode(firstTier: "33", outlet: "330101", name: "node-1"))
            let forged = try #require(
                stranger.certify(
                    CertificateRequest(for: key), as: holder, at: office.world.now,
                    forMilliseconds: 1_000_000_000, randomBytes: { randomBytes($0) }))

            let answer = try await office.ask(
                Message.helloPath,
                .authority(
                    office.bank.authorityCertificate.pem,
                    identity: LineIdentity(certificate: forged.pem, key: key.pem)))

            #expect(answer == ExchangeError.certificateUnknown.rawValue)
        }
    }

    @Test func `somebody else's certificate without its key gets no handshake`() async throws {
        try await SecureOffice.open { office in
            let node = try await office.node()
            let shown = try #require(try node.identity()?.certificate)
            let line = Line(
                .url(office.url),
                trust: .authority(
                    office.bank.authorityCertificate.pem,
                    identity: LineIdentity(
                        certificate: shown.pem, key: PrivateKey.make(randomBytes).pem)))

            #expect(throws: LineError.self) { try line.send(LineRequest(.get, "/")) }
        }
    }

    @Test func `a revoked node is refused at its next contact and keeps what it has`() async throws
    {
        try await SecureOffice.open { office in
            let node = try await office.node()
            #expect(try await node.exchangeFailure() == nil)

            try office.bank.revoke(.wulin, by: "amy")

            #expect(try await node.exchangeFailure() == "revoked")
            #expect(try node.lineState().failure == "revoked")
        }
    }

    @Test func `an expired certificate is refused by name, once it is too old to renew`()
        async throws
    {
        try await SecureOffice.open { office in
            let enrolled = try await office.enrol(showing: try office.token())
            // The node's clock goes with head office's, so no clock explains it.
            let node = try office.node(enrolled.identity, enrolled.reply, clock: office.world)
            office.world.pass(minutes: (90 + 181) * Self.day)

            #expect(try await node.exchangeFailure() == "certificate-expired")
        }
    }

    @Test(arguments: [61, 100] as [Int64])
    func `a certificate renews itself, also where it has expired meanwhile`(days: Int64)
        async throws
    {
        try await SecureOffice.open { office in
            let enrolled = try await office.enrol(showing: try office.token())
            let node = try office.node(enrolled.identity, enrolled.reply, clock: office.world)
            office.world.pass(minutes: days * Self.day)

            #expect(try await node.exchangeFailure() == nil)

            let renewed = try #require(try node.identity())
            #expect(renewed.certificate != enrolled.identity.certificate)
            #expect(renewed.key != enrolled.identity.key)
            #expect(renewed.certificate.isValid(at: office.world.now + 80 * Self.day * 60_000))
            #expect(throws: ExchangeError.certificateSuperseded) {
                try office.bank.node(showing: enrolled.identity.certificate.bytes)
            }
            #expect(try await node.exchangeFailure() == nil)
        }
    }

    @Test func `a node restored with its old certificate renews it and speaks again`() async throws
    {
        try await SecureOffice.open { office in
            let enrolled = try await office.enrol(showing: try office.token())
            let node = try office.node(enrolled.identity, enrolled.reply, clock: office.world)
            office.world.pass(minutes: 61 * Self.day)
            #expect(try await node.exchangeFailure() == nil)

            let restored = try office.node(enrolled.identity, enrolled.reply, clock: office.world)
            #expect(try await restored.exchangeFailure() == nil)

            #expect(try restored.identity() != enrolled.identity)
        }
    }

    @Test(arguments: [3650, -3650] as [Int64])
    func `a clock that is wrong by ten years is called a clock`(days: Int64) async throws {
        let ahead = days * Self.day * 60_000
        try await SecureOffice.open(ahead: ahead) { office in
            let node = try office.nodeByHand()

            #expect(try await node.exchangeFailure() == "clock")

            let skew = try #require(try node.lineState().skewMilliseconds)
            // Head office's clock stands still for as long as a busy machine takes.
            #expect(abs(skew - ahead) < 60 * 60_000)
        }
    }

    @Test func `head office's server renews its own certificate while it runs`() async throws {
        try await SecureOffice.open(renews: true) { office in
            #expect(await office.pageFailure() == nil)
            office.world.pass(minutes: 59 * Self.day)
            #expect(await office.pageFailure() == nil)

            // The new one is dated by head office's clock, which is ahead of this machine's now.
            office.world.pass(minutes: 2 * Self.day)
            let failure = await office.pageFailure()
            #expect(failure == "not-in-date")
        }
    }

    @Test func `a node at the wrong head office does not speak to it`() async throws {
        try await SecureOffice.open { office in
            let other = try BankStore(inMemory: .ofTests, world: TestWorld(seed: 9).world)
            let enrolled = try await office.enrol(showing: try office.token())
            let key = PrivateKey.make(randomBytes)
            let reply = try other.enrol(
                EnrolmentRequest(
                    token: try other.invite(.wulin, by: "t").secret, outlet: .wulin,
                    nodeName: "node-1", certificateRequest: CertificateRequest(for: key).bytes))
            let identity = try #require(
                Certificate(bytes: reply.certificate).flatMap {
                    Identity(authority: other.authorityCertificate, certificate: $0, key: key)
                })

            let node = try office.node(identity, enrolled.reply)

            #expect(try await node.exchangeFailure() == "not-trusted")
        }
    }

    @Test func `a node without a certificate is told to enrol`() async throws {
        try await SecureOffice.open { office in
            let enrolled = try await office.enrol(showing: try office.token())
            let node = try office.node(nil, enrolled.reply)

            #expect(try await node.exchangeFailure() == "not-enrolled")
        }
    }

    @Test func `a browser without a certificate gets the pages`() async throws {
        try await SecureOffice.open { office in
            let response = try await offLoop {
                let line = Line(
                    .url(office.url),
                    trust: .authority(office.bank.authorityCertificate.pem, identity: nil))
                return try line.send(LineRequest(.get, "/login"))
            }

            #expect(response.status == 200)
            #expect(response.headers["content-type"]?.hasPrefix("text/html") == true)
        }
    }
}

extension SecureOffice {
    /// Why a page cannot be had over a verified line; nil where it can.
    fileprivate func pageFailure() async -> String? {
        await offLoop { [url, bank] () -> String? in
            let trust = LineTrust.authority(bank.authorityCertificate.pem, identity: nil)
            do throws(LineError) {
                _ = try Line(.url(url), trust: trust).send(LineRequest(.get, "/login"))
                return nil
            } catch {
                return CourierError.line(error).code
            }
        }
    }

    /// The code with which a message that says nothing is refused; nil where it is answered.
    fileprivate func ask(_ path: String, _ trust: LineTrust) async throws -> String? {
        try await offLoop { [url] in
            let response = try Line(.url(url), trust: trust).send(
                LineRequest(
                    .post, path,
                    headers: [
                        ("Content-Encoding", "zstd"), ("Content-Type", Message.contentType),
                    ],
                    body: Zstd.compress(Message.question.canonicalBytes)))
            let bytes = try Zstd.decompress(response.body, limit: Message.largest)
            return try JSONValue(reading: bytes)["error"]?.string
        }
    }
}
