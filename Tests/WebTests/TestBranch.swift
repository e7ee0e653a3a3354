import Bank
import BrowserSupport
import HTTPTypes
import Pages
import Store
import TestSupport
import Vault
import Web

/// Wulin's pages over its store on a disk: Wang and Zhou are targets, Zhang is not.
struct TestBranch {
    static let password = "Golden-Key-2025"

    let node: NodeOnDisk
    let store: BranchStore
    private let pages: Client

    /// `sync` is what an exchange does.
    init(
        sync: @escaping @Sendable (BranchStore) throws -> Void = { _ in throw Refusal(.noHeadOffice)
        }
    ) async throws {
        node = try NodeOnDisk()
        let store = try node.open()
        self.store = store
        try store.takeAndClose([Self.opening], in: node.directory)
        let library = try await PageLibrary()
        let site = BranchSite(
            store: store, library: library, assets: try PageAssets(library: library),
            sync: { try sync(store) }, enquire: { _ in throw Unanswered(code: "no-line") })
        pages = Client(site.router()).with(.acceptLanguage, "en")
    }

    private static let opening = ExtractBuilder(day("2025-03-31"))
        .holding(.wang, "250000.00").holding(.zhang, "50.00").holding(.zhou, "180000.00")
        .cardRow("6228480000001234", of: .wang)

    /// A browser in which the member of staff has signed in.
    func signedIn(_ staff: StaffID) async throws -> Client {
        try store.logIns.setPassword(Self.password, of: staff, by: "os:test")
        return try await pages.signIn(staff, password: Self.password)
    }

    func assign(_ customer: CustomerNumber, to manager: StaffID = .ada) throws {
        _ = try store.assign([customer], to: manager, by: .eve)
    }

    /// What the audit says of one kind of act, the latest last: who, on whom, with what detail.
    func audit(_ action: AuditEntry.Action) throws -> [String] {
        try node.dump().tables["audit", default: []].filter { $0.contains(action.rawValue) }
    }
}
