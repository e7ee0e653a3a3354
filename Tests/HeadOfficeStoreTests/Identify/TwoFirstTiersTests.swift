import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

struct TwoFirstTiersTests {
    @Test func `S1 one person stands at each of two first-tier branches by itself`() throws {
        let outlets = try ThreeOutlets()
        let nanjing = try BranchStore.enrolled(
            .nanjing, at: outlets.bank, world: outlets.world)
        // Jiangsu's line is lower than Zhejiang's.
        let proposal = try outlets.bank.propose(
            ParameterSetting(
                name: "tgt_min", scope: .firstTier(.jiangsu), value: "50000",
                effectiveFrom: day("2025-03-31")), because: "竞争", by: .hal)
        _ = try outlets.bank.approveParameter(proposal.number, by: .amy)
        try Talk(nanjing, outlets.bank).exchange()
        try outlets.exchange()

        try outlets.close("2025-03-31", [.wulin: "60000"])
        try nanjing.takeAndClose(
            [
                ExtractBuilder(day("2025-03-31"), outlet: .nanjing, firstTier: .jiangsu)
                    .holding(.wang, "60000")
            ], in: outlets.files)
        _ = try nanjing.assign([.wang], to: .nia, by: .oki)
        try Talk(nanjing, outlets.bank).exchange()
        try outlets.exchange()

        let views = try outlets.bank.customersView(by: "hal")
        #expect(views.map(\.unit.code) == [.jiangsu, .zhejiang])
        #expect(views.map(\.persons.pools) == [[.target: 1], [.potential: 1]])
        #expect(try nanjing.owner(of: .wang, by: "t").ownership.owner?.manager == .nia)
        #expect(try outlets[.wulin].owner(of: .wang, by: "t").ownership == .none)
    }
}
