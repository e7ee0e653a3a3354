import Bank
import Certificates
import Commands
import Courier
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Transport
import Vault

/// The first contact over the real line: nothing is known but the token.
struct FirstContactTests {
    private func failure(
        _ office: SecureOffice, showing token: EnrolmentToken, as name: String = "node-1",
        _ outlet: UnitCode = .wulin
    ) async throws -> String? {
        do {
            _ = try await office.enrol(outlet, showing: token, as: name)
            return nil
        } catch let error as CourierError {
            return error.code
        }
    }

    @Test func `the node comes away with a certificate of the token's authority`() async throws {
        try await SecureOffice.open { office in
            let token = try office.token()

            let enrolled = try await office.enrol(showing: token)

            #expect(enrolled.identity.authority.fingerprint == token.authority)
            #expect(
                enrolled.identity.certificate.node
                    == CertifiedNode(firstTier: "33", outlet: "330101", name: "node-1"))
        }
    }

    @Test func `a token with another fingerprint shows nobody anything`() async throws {
        try await SecureOffice.open { office in
            let token = try office.token()
            let wrong = EnrolmentToken(
                secret: token.secret, authority: Digest.sha256("another authority"))

            #expect(try await failure(office, showing: wrong) == "wrong-authority")

            // The secret was not used up: head office never saw it.
            #expect(try await failure(office, showing: token) == nil)
        }
    }

    @Test func `a token is good once`() async throws {
        try await SecureOffice.open { office in
            let token = try office.token()
            #expect(try await failure(office, showing: token) == nil)

            #expect(try await failure(office, showing: token, as: "node-2") == "token-used")
        }
    }

    @Test func `an expired token is refused`() async throws {
        try await SecureOffice.open { office in
            let token = try office.token()
            office.world.pass(minutes: 24 * 60)

            #expect(try await failure(office, showing: token) == "token-expired")
        }
    }

    @Test func `a token that nobody gave, or for another outlet, is refused`() async throws {
        try await SecureOffice.open { office in
            let token = try office.token()
            let guess = EnrolmentToken(
                secret: String(repeating: "0", count: 64), authority: token.authority)

            #expect(try await failure(office, showing: guess) == "token-unknown")
            #expect(
                try await failure(office, showing: token, as: "node-1", .xihu)
                    == "token-for-another-outlet")
        }
    }

    @Test func `a wrong clock is called a clock at the first contact too`() async throws {
        try await SecureOffice.open(ahead: 3650 * 24 * 60 * 60_000) { office in
            let token = try office.token()
            let failure = await #expect(throws: CourierError.self) {
                try await offLoop {
                    try Exchange.enrol(
                        .wulin, as: "node-1", with: .make(randomBytes), showing: token,
                        at: office.url, now: World.live.now())
                }
            }
            #expect(failure?.code == "clock")
        }
    }

    @Test func `head office is spoken to by https alone`() async throws {
        let token = EnrolmentToken(
            secret: String(repeating: "0", count: 64), authority: Digest.sha256("a"))
        let error = #expect(throws: CourierError.self) {
            try Exchange.enrol(
                .wulin, as: "node-1", with: .make(randomBytes), showing: token,
                at: "http://127.0.0.1:1", now: 0)
        }
        #expect(error?.code == "insecure")
    }
}
