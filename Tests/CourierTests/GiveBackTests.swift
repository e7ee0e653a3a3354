import Bank
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// Settlement records that go back to a head office that lost them.
struct GiveBackTests {
    /// What head office takes as one question.
    private static let largest = Message.largestQuestion

    /// A node that knows a settlement of so many claims.
    private func nodeOf(_ count: Int) throws -> (BranchStore, [Claim]) {
        let key = SigningKey.make()
        let node = try BranchStore(
            inMemory: Node(
                outlet: .gulou, firstTier: .zhejiang, name: "n",
                settlementKey: key.verificationKey.hex), keys: .ofTests, organisation: .ofTests,
            world: TestWorld().world)
        let claims = (0..<count).map { number in
            Claim.make(
                customer: .wang, firstTier: .zhejiang, author: .wulin, kind: .assignment,
                base: nil, outlet: .wulin, manager: .ada,
                evidence: Evidence(
                    activeCard: number == 0, holdings: nil, demandAccountOpened: nil,
                    businessDate: nil),
                businessDate: day("2025-03-02"),
                stamp: HybridStamp(milliseconds: 1, counter: number, node: "n"),
                enteredBy: .eve)
        }
        let decision = Settlement(
            customer: .wang, firstTier: .zhejiang, previous: nil, claims: claims
        ).decide()
        let record = SettlementRecord(decision, number: 1, previous: "")
        try node.apply(
            Delta(
                through: 1, hasMore: false, organisationVersion: 0, organisation: nil,
                claims: claims.map { Delta.ClaimChange(claim: $0, outcome: nil) },
                settled: [
                    Delta.Settled(
                        record: record, signature: record.signature(by: key),
                        decision: decision.content)
                ]))
        return (node, claims)
    }

    @Test func `a record that considered many claims goes back in messages that are taken`() throws
    {
        let (node, claims) = try nodeOf(80)

        let messages = try node.recordsToGiveBack(after: 0)

        #expect(messages.count > 1)
        #expect(messages.allSatisfy { $0.json.canonicalBytes.count <= Self.largest })
        #expect(messages.allSatisfy { $0.settled.map(\.record.number) == [1] })
        #expect(messages.allSatisfy { $0.settled.first?.decision != nil })
        #expect(messages.flatMap(\.claims).map(\.id).sorted() == claims.map(\.id).sorted())
        #expect(messages.map(\.isLast) == messages.indices.map { $0 == messages.count - 1 })
        #expect(try node.recordsToGiveBack(after: 1).isEmpty)
    }

    @Test func `a decision that no message holds goes back in pieces, before its record`() throws {
        let (node, claims) = try nodeOf(160)
        let decision = try #require(try node.ownership(of: .wang, by: "t").decision)
        #expect(decision.canonicalBytes.count > GivenBack.mostBytes)

        let messages = try node.recordsToGiveBack(after: 0)

        #expect(messages.allSatisfy { $0.json.canonicalBytes.count <= Self.largest })
        let pieces = messages.flatMap(\.parts)
        #expect(pieces.map(\.number) == Array(pieces.indices))
        #expect(pieces.flatMap(\.bytes) == decision.canonicalBytes)
        let behind = messages.drop { !$0.parts.isEmpty }
        #expect(behind.allSatisfy { $0.settled.map(\.record.number) == [1] })
        #expect(behind.flatMap(\.claims).map(\.id).sorted() == claims.map(\.id).sorted())
        #expect(messages.map(\.isLast) == messages.indices.map { $0 == messages.count - 1 })
    }

    @Test func `claims that come after their decision are kept as well`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        let backup = try outlets.bank.copiedInMemory()
        let claims = try [outlets.claim(at: .wulin), outlets.claim(at: .xihu)]
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        let wulin = outlets[.wulin]
        let talk = Talk(wulin, backup)
        #expect(try backup.greet(wulin.hello(), from: talk.node()).verdict == .officeRestored)
        let given = try #require(try wulin.recordsToGiveBack(after: 0).first)
        #expect(given.claims.map(\.id).sorted() == claims.sorted())

        for claim in given.claims {
            let message = GivenBack(settled: given.settled, claims: [claim], isLast: false)
            _ = try backup.answer(
                message.json.canonicalBytes, at: Message.recordsPath, from: talk.node())
        }

        let entry = try #require(
            try backup.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.claims.map(\.claim.id).sorted() == claims.sorted())
        #expect(entry.claims.allSatisfy { $0.outcome != nil })
    }
}
