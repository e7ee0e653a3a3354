import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What is built on what ended when the customer left the target pool.
struct ClaimChainTests {
    @Test func `an exit ends a chain of hand-overs however long it is`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let owned = try #require(
            try outlets.bank.owners(of: .wang, by: "t").first?.ownership.claim)
        _ = try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close")
        var chain: [Claim] = []
        for _ in 0..<300 {
            chain.append(.forged(.handOver, on: chain.last?.id ?? owned))
        }
        let wulin = outlets[.wulin]
        // Wulin has not heard of the exit: its own hand-over begins another chain.
        _ = try wulin.assign([.wang], to: .ben, by: .eve)
        let head = try #require(try wulin.nextBatch(on: .urgent))
        let batch = try TestBatch(head, of: wulin).with { batch in
            batch.tables += chain.map { .claim($0) }
        }
        for part in try batch.parts() {
            _ = try outlets.bank.receive(part, from: outlets.talk(.wulin).node())
        }

        try outlets.settle(now: true)

        let entry = try #require(
            try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.owner.ownership.owner == nil)
        #expect(entry.decision?["refused"]?.object?.count == 301)
        for claim in chain {
            #expect(entry.decision?["refused"]?[claim.id.rawValue] == "not-target")
        }
    }
}
