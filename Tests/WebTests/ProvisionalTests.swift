import Bank
import BrowserSupport
import HTTPTypes
import Pages
import Store
import TestSupport
import Testing
import Vault
import Web

/// Pages say whose result a pool and a tier are, and until when they are provisional.
struct ProvisionalTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets

    /// Wang has 60,000 at each of Wulin and Xihu.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "60000", .xihu: "60000"])
        try outlets.exchange()
    }

    private func decide() throws {
        try office.closeFirstTier(
            "2025-03-01",
            [(.wang, .ofFirstTier("2025-03-01", .target, assets: 120_000, largest: 60_000), 2)])
        try outlets.exchange()
    }

    /// A page of Wulin's to its supervisor.
    private func page(_ path: String) async throws -> String {
        let store = outlets[.wulin]
        try store.logIns.setPassword(TestBranch.password, of: .eve, by: "os:test")
        let library = try await PageLibrary()
        let site = BranchSite(
            store: store, library: library, assets: try PageAssets(library: library),
            sync: { throw Refusal(.noHeadOffice) },
            enquire: { _ in throw Unanswered(code: "no-line") })
        let eve = try await Client(site.router()).with(.acceptLanguage, "en")
            .signIn(.eve, password: TestBranch.password)
        return try await eve.get(path).body
    }

    private static let sentence = "Provisional until the first-tier branch has closed 2025-03-01"
    private static let customer = "/customers/\(CustomerNumber.wang)"

    @Test func `a customer's page is provisional until the first-tier branch has closed the date`()
        async throws
    {
        let before = try await page(Self.customer)
        #expect(before.contains(Self.sentence) && !before.contains("120,000.00"))

        try decide()

        let after = try await page(Self.customer)
        #expect(!after.contains(Self.sentence))
        #expect(after.contains("Decided by the first-tier branch"))
        #expect(after.contains("60,000.00") && after.contains("120,000.00"))
    }

    @Test func `the lists say it too`() async throws {
        #expect(try await page("/pending").contains(Self.sentence))
        try decide()
        #expect(try await !page("/pending").contains("Provisional until"))
        try outlets.claim(.wang, at: .wulin)
        #expect(try await !page("/customers").contains("provisional"))

        try outlets.close("2025-03-02", at: [.wulin])

        let list = try await page("/customers")
        #expect(list.contains("provisional"))
        #expect(list.contains("until the first-tier branch has closed 2025-03-02"))
    }
}
