import Bank
import BrowserSupport
import HTTPTypes
import HeadOfficeStore
import Pages
import Store
import Sync
import TestSupport
import Testing
import Vault
import Web

/// The owner page asks head office for whom the outlet does not serve.
struct QueryPageTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets
    private static let mobile = "13812345678"

    /// Wang is a customer of Wulin's whom Ada looks after; Gulou serves nobody.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.close("2025-03-01", at: [.gulou])
        try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        try office.closeFirstTier(
            "2025-03-01",
            [(.wang, .ofFirstTier("2025-03-01", .target, assets: 300_000, largest: 300_000), 1)])
    }

    /// What Gulou's page says of a key.
    private func answer(
        _ key: String, to staff: StaffID = .dan, in language: String = "en",
        failure: String? = nil
    ) async throws -> Client.Answer {
        try await browser(staff, in: language, failure: failure)
            .submit("/owner", "key=\(key)", from: "/owner")
    }

    private func browser(
        _ staff: StaffID = .dan, in language: String = "en", failure: String? = nil
    ) async throws -> Client {
        let store = outlets[.gulou]
        let talk = outlets.talk(.gulou)
        try store.logIns.setPassword(TestBranch.password, of: staff, by: "os:test")
        let library = try await PageLibrary()
        let site = BranchSite(
            store: store, library: library, assets: try PageAssets(library: library),
            sync: { throw Refusal(.noHeadOffice) },
            enquire: { request in
                if let failure { throw Unanswered(code: failure) }
                return try talk.bank.query(request, from: talk.node())
            })
        return try await Client(site.router()).with(.acceptLanguage, language)
            .signIn(staff, password: TestBranch.password)
    }

    @Test func `another outlet's customer is shown masked, with pool, owner and who says so`()
        async throws
    {
        let answer = try await answer(Self.mobile)

        #expect(answer.status == .ok)
        for text in ["王**", "138****5678", "Target", "Head office, for the first-tier branch"] {
            #expect(answer.body.contains(text), "\(text)")
        }
        #expect(answer.body.contains("Who looked after the customer"))
        #expect(
            !answer.body.contains(Self.mobile) && !answer.body.contains("\(CustomerNumber.wang)"))
        #expect(!answer.body.contains("300,000"))
    }

    @Test func `without a line the node answers what it knows and says when to ask`() async throws {
        let answer = try await answer(Self.mobile, failure: "no-line")

        #expect(answer.status == .ok)
        #expect(answer.body.contains("Nobody with this key is known"))
        #expect(answer.body.contains("Head office did not answer"))
        #expect(answer.body.contains("Ask when the line is back"))
    }

    @Test func `what is no matter of the line is not said to be one`() async throws {
        let busy = try await answer(Self.mobile, failure: "busy").body
        let revoked = try await answer(Self.mobile, failure: "revoked").body

        #expect(busy.contains("Head office did not answer this; this is what the node knows"))
        #expect(revoked.contains("Head office has shut this node out"))
        #expect(!revoked.contains("Head office did not answer"))
    }

    @Test func `where the last exchange found no line nobody is asked, and the page says so`()
        async throws
    {
        try outlets[.gulou].rememberContact(failure: "no-line")

        let body = try await answer(Self.mobile).body

        #expect(body.contains("Head office did not answer; this is what the node knows"))
        #expect(!body.contains("Head office, for the first-tier branch"))
    }

    @Test func `a customer number in the address is answered as one that was typed`() async throws {
        let address = "/owner?number=\(CustomerNumber.wang)"

        let answered = try await browser().get(address).body
        let unanswered = try await browser(failure: "no-line").get(address).body
        let nobody = try await browser().get("/owner?number=3300000099").body

        for text in ["王**", "138****5678", "Head office, for the first-tier branch"] {
            #expect(answered.contains(text), "\(text)")
        }
        #expect(unanswered.contains("Head office did not answer; this is what the node knows"))
        #expect(nobody.contains("Unowned") && !nobody.contains("Head office did not answer"))
    }

    @Test func `in Chinese too`() async throws {
        #expect(
            try await answer(Self.mobile, in: "zh").body.contains("总行（一级分行口径）"))
        #expect(
            try await answer(Self.mobile, in: "zh", failure: "no-line").body.contains("总行未应答"))
    }

    @Test func `nobody at head office either is an answer`() async throws {
        let body = try await answer("13700000000").body

        #expect(body.contains("Nor does head office know anybody"))
        #expect(!body.contains("Head office did not answer"))
    }
}
