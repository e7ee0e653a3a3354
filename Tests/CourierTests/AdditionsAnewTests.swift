import Bank
import Store
import TestSupport
import Testing

/// Additions by hand outlive the node that made them: their claims say enough (R6).
struct AdditionsAnewTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-06", [.wulin: "500"])
    }

    /// A blank node takes the place of Wulin's, gets its operations back and the extracts again.
    private func anew() throws -> Standing? {
        try outlets.exchange([.wulin])
        let blank = try BranchStore.enrolled(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new")
        try Talk(blank, outlets.bank).exchange()
        try blank.takeAndClose(
            [
                ExtractBuilder(day("2025-03-06")).holding(
                    .wang, "500", account: "A330101\(CustomerNumber.wang)"),
                ExtractBuilder(day("2025-03-08")),
            ], in: try TemporaryDirectory())
        return try blank.standings(by: "t").first?.standing
    }

    @Test func `a node that is made anew closes with the additions of the lost one`() throws {
        _ = try outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try outlets.close("2025-03-08", at: [.wulin])

        let standing = try #require(try anew())

        #expect(standing.pool == .target)
        #expect(standing.origin == .manual)
        #expect(standing.poolSince == day("2025-03-07"))
    }

    @Test func `and without those that were taken back before the close`() throws {
        _ = try outlets[.wulin].addTarget(.wang, by: .ada, because: "企业老总")
        try outlets[.wulin].cancelAddition(of: .wang, by: .ada)
        try outlets.close("2025-03-08", at: [.wulin])

        let standing = try #require(try anew())

        #expect(standing.pool == .retained)
    }
}
