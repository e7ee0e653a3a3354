import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What an outlet says of another outlet's claim.
struct ForeignRequestTests {
    @Test func `a request in the name of another outlet's late claim does not take its place`()
        throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close(
            "2025-03-02", [.wulin: "100000", .xihu: "200000", .gulou: "300000"])
        let owner = try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        let late = try outlets.claim(at: .xihu)
        let step = DisputeStep(
            id: "", begins: nil, customer: .wang, firstTier: .zhejiang, author: .gulou,
            kind: .requested, outlet: .gulou, manager: .dan, counterParty: .wulin, against: owner,
            claim: late, opinion: "意见", businessDate: day("2025-03-03"),
            stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n").description,
            enteredBy: .gus
        ).named
        let head = try #require(try outlets[.gulou].nextBatch(on: .records))
        let batch = try TestBatch(head, of: outlets[.gulou]).with {
            $0.tables.append(.step(step))
        }
        for part in try batch.parts() {
            _ = try outlets.bank.receive(part, from: outlets.talk(.gulou).node())
        }

        try outlets.exchange([.xihu])
        try outlets.settle(now: true)

        let disputes = try outlets.bank.disputes(of: .zhejiang, by: "fay").map(\.dispute.first)
        #expect(disputes.map(\.claim) == [late, late])
        #expect(Set(disputes.compactMap(\.outlet)) == [.gulou, .xihu])
    }
}
