import Bank
import BrowserSupport
import HTTPTypes
import HeadOffice
import HeadOfficeStore
import Pages
import Store
import TestSupport
import Vault

/// Head office's pages; Wulin and Xihu have both claimed Wang, and nothing is settled.
struct TestOffice {
    static let password = "Golden-Key-2025"

    let bank: BankStore
    let pages: Client
    private let nodes: [UnitCode: BranchStore]

    init() async throws {
        let world = TestWorld()
        let directory = try TemporaryDirectory()
        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        var nodes: [UnitCode: BranchStore] = [:]
        for (outlet, supervisor, manager, balance) in [
            (UnitCode.wulin, StaffID.eve, StaffID.ada, "250000.00"),
            (.xihu, .sun, .cai, "180000.00"),
        ] {
            let store = try BranchStore.enrolled(outlet, at: bank, world: world)
            try store.takeAndClose(
                [ExtractBuilder(day("2025-03-31"), outlet: outlet).holding(.wang, balance)],
                in: directory)
            _ = try store.assign([.wang], to: manager, by: supervisor)
            try Talk(store, bank).exchange()
            nodes[outlet] = store
        }
        self.bank = bank
        self.nodes = nodes
        let library = try await PageLibrary()
        let site = BankSite(store: bank, library: library, assets: try PageAssets(library: library))
        pages = Client(site.router()).with(.acceptLanguage, "en")
    }

    func store(_ outlet: UnitCode) -> BranchStore {
        guard let store = nodes[outlet] else { preconditionFailure("\(outlet) has no node") }
        return store
    }

    func talk(_ outlet: UnitCode) -> Talk { Talk(store(outlet), bank) }

    /// Wang's manager.
    func owner() throws -> StaffID? {
        try bank.owners(of: .wang, by: "t").first?.ownership.owner?.manager
    }

    func signedIn(_ staff: StaffID) async throws -> Client {
        try bank.logIns.setPassword(Self.password, of: staff, by: "os:test")
        return try await pages.signIn(staff, password: Self.password)
    }
}
