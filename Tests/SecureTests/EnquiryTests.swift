import Bank
import Courier
import Glibc
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// A query over the line: an answer in time, or none and nothing has changed.
struct EnquiryTests {
    @Test func `head office answers over the line of its own`() async throws {
        try await SecureOffice.open { office in
            let files = try TemporaryDirectory()
            let xihu = try await office.node(.xihu, as: "node-2")
            try xihu.takeAndClose(
                [ExtractBuilder(day("2025-03-01"), outlet: .xihu).holding(.wang, "50")], in: files)
            #expect(try await xihu.exchangeFailure() == nil)
            let wulin = try await office.node()

            let reply = try await Self.ask(wulin, "3300000001")

            #expect(reply.found.map(\.customer) == [.wang])
            #expect(reply.found.map(\.name) == ["王**"])
            #expect(reply.found.map(\.owner) == [nil])
        }
    }

    @Test func `a query goes beside an exchange's line and leaves its state alone`() async throws {
        try await SecureOffice.open { office in
            let node = try await office.node()
            let line = KeptLine()
            #expect(try await node.exchangeFailure(over: line) == nil)
            let before = try node.lineState()

            _ = try await Self.ask(node, "3300000001")

            #expect(try node.lineState() == before)
            #expect(try await node.exchangeFailure(over: line) == nil)
        }
    }

    @Test func `a revoked node gets no answer`() async throws {
        try await SecureOffice.open { office in
            let node = try await office.node()
            try office.bank.revoke(.wulin, by: "amy")

            #expect(await Self.failure(node) == "revoked")
        }
    }

    @Test func `a head office of the version before gives no answer, which is none`() async throws {
        try await SecureOffice.open(isOlder: true) { office in
            let node = try office.nodeByHand()

            #expect(await Self.failure(node) == "not-head-office")
        }
    }

    @Test func `without a line there is no answer at once`() async throws {
        let (descriptor, port) = Self.silentPort(listening: false)
        defer { close(descriptor) }
        let node = try Self.node(at: port)

        #expect(await Self.failure(node) == "no-line")
    }

    @Test func `over a line that swallows everything the wait ends in time`() async throws {
        let (descriptor, port) = Self.silentPort(listening: true)
        defer { close(descriptor) }
        let node = try Self.node(at: port)

        let clock = ContinuousClock()
        let begun = clock.now
        #expect(await Self.failure(node, within: 0.5) == "timed-out")

        // A machine that is busy may take its time, and no more.
        #expect(begun.duration(to: clock.now) < .seconds(10))
    }

    private static func ask(_ node: BranchStore, _ key: String) async throws -> QueryReply {
        let question = try #require(try node.query(by: key, actor: "ada").question)
        return try await offLoop { try Enquiry(node, within: 30).ask(question) }
    }

    /// The code of why there is no answer.
    private static func failure(_ node: BranchStore, within seconds: Double = 30) async -> String? {
        await offLoop { () -> String? in
            do {
                guard let question = try node.query(by: "3300000009", actor: "ada").question
                else { return "nothing to ask" }
                _ = try Enquiry(node, within: seconds).ask(question)
                return nil
            } catch {
                return (error as? CourierError)?.code ?? "\(error)"
            }
        }
    }

    /// A node whose head office is at a port of this machine.
    private static func node(at port: Int) throws -> BranchStore {
        let bank = try BankStore(inMemory: .ofTests, world: TestWorld().world)
        let office = SecureOffice(
            bank: bank, world: TestWorld(), url: "https://127.0.0.1:\(port)")
        return try office.nodeByHand()
    }

    /// A port on which nobody answers: nobody is there, or whoever is says nothing.
    private static func silentPort(listening: Bool) -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) {
            let place = $0.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, place, size) | getsockname(descriptor, place, &size)
        }
        precondition(status == 0, "the test has no port")
        if listening { listen(descriptor, 8) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
