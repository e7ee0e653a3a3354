import Bank
import Glibc
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// A watch, a command and a page may all begin an exchange: one of them runs at a time.
struct ExchangeTurnTests {
    @Test func `an exchange waits while another one of the node is under way`() async throws {
        let node = try BranchStore(
            inMemory: Node(
                outlet: .wulin, firstTier: .zhejiang, headOffice: "https://127.0.0.1:9", name: "n"),
            keys: .ofTests, organisation: .ofTests, world: TestWorld().world)

        let second = try node.exchangeTurn.take {
            let second = Task.detached { try await node.exchangeFailure() }
            usleep(300_000)
            let attemptedAt = try node.lineState().attemptedAt
            #expect(attemptedAt == nil)
            return second
        }

        #expect(try await second.value == ExchangeError.notEnrolled.rawValue)
        #expect(try node.lineState().attemptedAt != nil)
    }

    @Test func `of exchanges that begin at once, none is taken for a copy's`() async throws {
        let files = try TemporaryDirectory()
        try await SecureOffice.open { office in
            let wulin = try await office.node()
            try wulin.takeAndClose(
                [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")], in: files)
            for round in 1...5 {
                _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "\(round)")
                let failures = try await withThrowingTaskGroup(of: String?.self) { group in
                    for _ in 1...4 { group.addTask { try await wulin.exchangeFailure() } }
                    return try await group.reduce(into: [String]()) { failures, failure in
                        if let failure { failures.append(failure) }
                    }
                }
                #expect(failures == [])
            }
            let seen = try office.bank.nodes(by: "t").first { $0.outlet.code == .wulin }
            #expect(seen?.verdict != .suspectedCopy)
            #expect(try office.bank.received(from: .wulin, by: "t")["contact"]?.count == 5)
        }
    }
}
