import Bank
import GRDB
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Vault

/// A decision that comes before the claims that it names is run again when they come.
struct WithheldClaimsTests {
    private let key = SigningKey.make()
    private let files: TemporaryDirectory
    private let node: BranchStore
    private let claims: [Claim]
    private let decision: Decision

    /// Wulin's node serves Wang, whom Xihu and Gulou claimed.
    init() throws {
        files = try TemporaryDirectory()
        node = try BranchStore(
            inMemory: Node(
                outlet: .wulin, firstTier: .zhejiang, name: "n",
                settlementKey: key.verificationKey.hex), keys: .ofTests, organisation: .ofTests,
            world: TestWorld().world)
        _ = try node.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")], in: files)
        claims = [(UnitCode.xihu, StaffID.cai, 5), (.gulou, .dan, 6)].map {
            author, manager, holdings in
            Claim.make(
                customer: .wang, firstTier: .zhejiang, author: author, kind: .assignment, base: nil,
                outlet: author, manager: manager,
                evidence: Evidence(
                    activeCard: false, holdings: HalfFen(holdings), demandAccountOpened: nil,
                    businessDate: day("2025-03-02")), businessDate: day("2025-03-02"),
                stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n"), enteredBy: .eve)
        }
        decision = Settlement(
            customer: .wang, firstTier: .zhejiang, previous: nil, claims: claims
        ).decide()
    }

    private func apply(
        _ settled: [Delta.Settled], _ claims: [Claim] = [], hasMore: Bool = false
    ) throws {
        try node.apply(
            Delta(
                through: 1, hasMore: hasMore, organisationVersion: 0, organisation: nil,
                claims: claims.map { Delta.ClaimChange(claim: $0, outcome: nil) }, settled: settled)
        )
    }

    /// The decision, or what head office signed in its place.
    private func settled(rule: Decision.Rule? = nil) throws -> Delta.Settled {
        var content = try #require(decision.content.object)
        if let rule { content["rule"] = .string(rule.rawValue) }
        var json = try #require(
            SettlementRecord(decision, number: 1, previous: "").json.object)
        json["digest"] = .string(Digest.sha256(JSONValue.object(content).canonicalBytes).hex)
        if let rule { json["rule"] = .string(rule.rawValue) }
        let record = try #require(SettlementRecord(json: .object(json)))
        return Delta.Settled(
            record: record, signature: record.signature(by: key), decision: .object(content))
    }

    @Test func `one that follows is kept, whichever comes first`() throws {
        try apply([settled()])
        try apply([], [claims[0]])
        try apply([], claims)

        #expect(try node.ownership(of: .wang, by: "t").decision == decision.content)
    }

    @Test func `one that does not follow is found when the last of its claims comes`() throws {
        try apply([settled(rule: .ruling)])
        try apply([], [claims[0]])

        #expect(throws: UntrustedDelta.doesNotFollow(record: 1)) { try apply([], [claims[1]]) }
    }

    /// How many are counted, and the records that a check names.
    private func unverified() throws -> [Int64] {
        [Int64(try node.lineState().unverified)] + (try node.verify(by: "t").unverified)
    }

    @Test func `one whose claim is kept back is said to be unverified until that comes`() throws {
        try apply([settled()], [claims[0]], hasMore: true)
        // The other one may be on the next page.
        #expect(try node.lineState().unverified == 0)

        try apply([], [])
        #expect(try unverified() == [1, 1])
        #expect(try node.verify(by: "t").isWhole)

        try apply([], [claims[1]])
        #expect(try unverified() == [0])
    }

    @Test func `one that came with its claims is verified at once`() throws {
        try apply([settled()], claims)

        #expect(try unverified() == [0])
        #expect(try node.verify(by: "t").isWhole)
    }

    @Test func `one from a version that did not look is looked at when the node starts`() throws {
        let world = TestWorld()
        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        let disk = try NodeDisk(.wulin, at: bank, world: world)
        // As an update leaves them: one of claims that are not here, one that names none.
        try disk.disk.write { db in
            for (number, content) in [(1, decision.content.description), (2, "{}")] {
                try db.execute(
                    sql: """
                        INSERT INTO decision (digest, customer, number, content)
                        VALUES (?, ?, ?, ?)
                        """,
                    arguments: [
                        Digest.sha256(content).hex, CustomerNumber.wang.rawValue, number, content,
                    ])
            }
        }

        #expect(try disk.start().lineState().unverified == 1)
        #expect(try disk.start().lineState().unverified == 1)
    }

    /// Claims that a comparison of what came down has brought.
    private func replace(_ claims: [Claim]) throws {
        _ = try node.replace(
            claims.map { ReceivedKey(table: .claim, key: $0.id.rawValue) },
            with: Delta(
                through: 0, hasMore: false, organisationVersion: 0, organisation: nil,
                claims: claims.map { Delta.ClaimChange(claim: $0, outcome: nil) }, settled: []))
    }

    @Test func `one that does not follow is found when a comparison brings the last claim`() throws
    {
        try apply([settled(rule: .ruling)], [claims[0]])

        #expect(throws: UntrustedDelta.doesNotFollow(record: 1)) { try replace([claims[1]]) }
    }

    @Test func `one that follows is verified when a comparison brings the last claim`() throws {
        try apply([settled()], [claims[0]])
        #expect(try unverified() == [1, 1])

        try replace([claims[1]])

        #expect(try unverified() == [0])
    }
}
