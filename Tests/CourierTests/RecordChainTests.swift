import Bank
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// Settlement records are chained, and a node holds what it gets against what it has.
struct RecordChainTests {
    private let key = SigningKey.make()
    private let node: BranchStore
    private let chain: [SettlementRecord]

    init() throws {
        node = try BranchStore(
            inMemory: Node(
                outlet: .gulou, firstTier: .zhejiang, name: "n",
                settlementKey: key.verificationKey.hex), keys: .ofTests, organisation: .ofTests,
            world: TestWorld().world)
        var chain: [SettlementRecord] = []
        for (index, customer) in [CustomerNumber.wang, .zhang, .zhou, .wang].enumerated() {
            chain.append(
                try Self.record(
                    Int64(index + 1), of: customer, after: chain.last?.hash.hex ?? "",
                    to: index == 3 ? .ben : .ada))
        }
        self.chain = chain
    }

    private static func record(
        _ number: Int64, of customer: CustomerNumber, after previous: String, to manager: StaffID
    ) throws -> SettlementRecord {
        let claim = Claim(
            id: ClaimID("claim-\(number)"), customer: customer, firstTier: .zhejiang,
            author: .wulin, kind: .assignment, base: nil, outlet: .wulin, manager: manager,
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: day("2025-03-03"), stamp: "", enteredBy: .eve)
        return SettlementRecord(
            Settlement(customer: customer, firstTier: .zhejiang, previous: nil, claims: [claim])
                .decide(), number: number, previous: previous)
    }

    private func apply(_ records: SettlementRecord...) throws {
        try node.apply(
            Delta(
                through: 1, hasMore: false, organisationVersion: 0, organisation: nil, claims: [],
                settled: records.map {
                    Delta.Settled(record: $0, signature: $0.signature(by: key), decision: nil)
                }))
    }

    private func owner(of customer: CustomerNumber) throws -> StaffID? {
        try node.ownership(of: customer).owner?.manager
    }

    @Test func `a chain that fits is taken, whole or again`() throws {
        try apply(chain[0], chain[1], chain[2], chain[3])
        try apply(chain[1], chain[3])

        #expect(try owner(of: .wang) == .ben)
        #expect(try owner(of: .zhang) == .ada)
    }

    @Test func `a record that was withheld leaves a gap, and the directory goes on`() throws {
        try apply(chain[0], chain[2], chain[3])

        #expect(try owner(of: .wang) == .ben)
        #expect(try owner(of: .zhang) == nil)
        #expect(try owner(of: .zhou) == .ada)
        // And it fits when it comes.
        try apply(chain[1])
        #expect(try owner(of: .zhang) == .ada)
    }

    @Test func `what does not fit the records beside it is refused, whoever signed it`() throws {
        try apply(chain[0], chain[2])
        let other = try [
            // Another of a number that is taken.
            (1, ""),
            // One that names another before it.
            (2, "0"),
            // One that the next one does not name.
            (2, chain[0].hash.hex),
            // A next one that names another before it.
            (4, chain[1].hash.hex),
        ].map { number, previous in
            try Self.record(number, of: .zhang, after: previous, to: .ben)
        }

        for record in other {
            #expect(throws: UntrustedDelta.chain(record: record.number)) { try apply(record) }
        }
        #expect(try owner(of: .zhang) == nil)
        try apply(chain[1], chain[3])
        #expect(try owner(of: .zhang) == .ada)
    }
}
