import Bank
import BrowserSupport
import HTTPTypes
import Pages
import Store
import TestSupport
import Testing
import Vault

struct AssignTests {
    @Test func `a supervisor sees who would get whom, confirms, and has one result for each`()
        async throws
    {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)

        let preview = try await eve.submit(
            "/assignments/preview",
            "whom=chosen&customer=\(CustomerNumber.wang)&customer=\(CustomerNumber.zhang)&manager=ada",
            from: "/pending")
        let owner = try branch.store.ownership(of: .wang).owner
        let answer = try await eve.submit("/assignments", Self.plan(of: preview), from: "/pending")

        #expect(preview.status == .ok && answer.status == .ok)
        #expect(preview.body.contains("Nobody is assigned yet."))
        #expect(preview.body.contains("is not a target"))
        #expect(owner == nil)
        #expect(answer.body.contains("Assigned to Ada: 1."))
        #expect(answer.body.contains("Entered by Eve (eve), dated 2025-04-01."))
        #expect(!answer.body.contains("王小明"))
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)
        #expect(try branch.store.ownership(of: .zhang).owner == nil)
        #expect(try branch.audit(.assigned).allSatisfy { $0.contains("eve") })
        #expect(try branch.audit(.plannedAssignment).count == 1)
    }

    @Test func `all who await assignment are divided among several managers`() async throws {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)

        let preview = try await eve.submit(
            "/assignments/preview", "whom=all&tier=all&rule=assets&manager=ada&manager=ben",
            from: "/pending")
        let answer = try await eve.submit("/assignments", Self.plan(of: preview), from: "/pending")

        #expect(preview.body.contains("2 customers for 2 managers, evenly by assets"))
        #expect(answer.body.contains("Assigned to Ada: 1."))
        #expect(answer.body.contains("Assigned to Ben: 1."))
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)
        #expect(try branch.store.ownership(of: .zhou).owner?.manager == .ben)
    }

    @Test func `what somebody else was faster with is said, and nothing else changes`()
        async throws
    {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)
        let preview = try await eve.submit(
            "/assignments/preview", "whom=all&manager=ada", from: "/pending")
        try branch.assign(.wang, to: .ben)

        let answer = try await eve.submit("/assignments", Self.plan(of: preview), from: "/pending")

        #expect(answer.body.contains("Assigned to Ada: 1."))
        #expect(answer.body.contains("Not assigned: 1."))
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ben)
        #expect(try branch.store.ownership(of: .zhou).owner?.manager == .ada)
    }

    /// The field that the confirmation carries.
    private static func plan(of preview: Client.Answer) throws -> String {
        let value = try #require(
            preview.body.firstMatch(of: /name="plan" value="([^"]+)"/)?.1)
        let text = String(value).replacing("&quot;", with: "\"")
        return "plan=\(PageLink.encoded(text))"
    }

    @Test func `the list is filtered by tier and says who is suggested`() async throws {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)

        let all = try await eve.get("/pending?sort=suggested").body
        let diamonds = try await eve.get("/pending?tier=diamond").body

        #expect(all.contains("lightest book"))
        #expect(all.contains("\(CustomerNumber.wang)") && all.contains("\(CustomerNumber.zhou)"))
        #expect(!diamonds.contains("name=\"customer\""))
        #expect(diamonds.contains("Nobody awaits assignment."))
        #expect(try branch.audit(.listed).count == 2)
    }

    @Test func `who was assigned leaves the list, and the manager is reminded until it is done`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ada = try await branch.signedIn(.ada)

        let waiting = try await branch.signedIn(.eve).get("/pending").body
        let today = try await ada.get("/").body
        let path = try #require(today.firstMatch(of: /action="(\/reminders\/[^"]+)"/)?.1)
        let done = try await ada.submit(String(path), "", from: "/")

        #expect(waiting.contains("\(CustomerNumber.zhou)"))
        #expect(!waiting.contains("\(CustomerNumber.wang)"))
        #expect(today.contains("Assigned to you") && today.contains("Eve assigned the customer"))
        #expect(done.status == .seeOther)
        #expect(try branch.store.reminders(of: .ada).isEmpty)
    }

    @Test func `nobody closes another's reminder`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let reminder = try #require(try branch.store.reminders(of: .ada).first)

        let answer = try await branch.signedIn(.ben)
            .submit("/reminders/\(reminder.id)/completion", "", from: "/")

        #expect(answer.status == .unprocessableContent)
        #expect(try branch.store.reminders(of: .ada).count == 1)
    }

    @Test(arguments: [
        (StaffID.ada, "customer=\(CustomerNumber.wang)&manager=ada", 403),
        (.sun, "customer=\(CustomerNumber.wang)&manager=ada", 403),
        (.eve, "manager=ada", 422), (.eve, "customer=\(CustomerNumber.wang)", 422),
        (.eve, "customer=\(CustomerNumber.wang)&manager=cai", 422),
        (.eve, "customer=\(CustomerNumber.wang)&manager=ida", 422),
        (.eve, "customer=\(CustomerNumber.wang)&manager=ada&rule=dice", 400),
        (.eve, "customer=\(String(repeating: "9", count: 200))&manager=ada", 400),
    ])
    func `what may not be assigned has no preview`(
        staff: StaffID, form: String, status: Int
    ) async throws {
        let branch = try await TestBranch()

        let answer = try await branch.signedIn(staff)
            .submit("/assignments/preview", form, from: "/")

        #expect(answer.status.code == status)
        #expect(try branch.audit(.plannedAssignment).isEmpty)
    }

    @Test(arguments: [
        (StaffID.ada, #"{"ada":["\#(CustomerNumber.wang)"]}"#, 403),
        (.sun, #"{"ada":["\#(CustomerNumber.wang)"]}"#, 403),
        (.eve, "", 400), (.eve, "{}", 400), (.eve, #"{"ada":"\#(CustomerNumber.wang)"}"#, 400),
        // An order that no preview made is refused customer by customer.
        (.eve, #"{"cai":["\#(CustomerNumber.wang)"]}"#, 200),
    ])
    func `what may not be assigned changes nothing`(
        staff: StaffID, plan: String, status: Int
    ) async throws {
        let branch = try await TestBranch()

        let answer = try await branch.signedIn(staff)
            .submit("/assignments", "plan=\(PageLink.encoded(plan))", from: "/")

        #expect(answer.status.code == status)
        #expect(try branch.store.ownership(of: .wang).owner == nil)
    }

    @Test func `without the page's token nothing is previewed or assigned`() async throws {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)
        let plan = PageLink.encoded(#"{"ada":["\#(CustomerNumber.wang)"]}"#)

        let preview = try await eve.post(
            "/assignments/preview", "customer=\(CustomerNumber.wang)&manager=ada")
        let answer = try await eve.post("/assignments", "plan=\(plan)")

        #expect(preview.status == .forbidden && answer.status == .forbidden)
        #expect(try branch.store.ownership(of: .wang).owner == nil)
    }

    @Test(arguments: ["/pending", "/pending/elsewhere"])
    func `only a supervisor of this outlet sees the pool`(path: String) async throws {
        let branch = try await TestBranch()

        for staff in [StaffID.ada, .tom, .sun] {
            #expect(try await branch.signedIn(staff).get(path).status == .forbidden)
        }
        #expect(try await branch.signedIn(.eve).get(path).status == .ok)
    }

    @Test func `any number has an owner or nobody, and each look-up is written down`() async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)

        let owned = try await ben.get("/owner?number=\(CustomerNumber.wang)").body
        let unknown = try await ben.get("/owner?number=999").body

        #expect(owned.contains("Ada") && owned.contains("杭州武林支行"))
        #expect(owned.contains("Own unsent claims") && owned.contains("Provisional"))
        #expect(unknown.contains("Unowned"))
        #expect(try branch.audit(.lookedUpOwner).count == 2)
    }

    @Test func `the reasons are told before the first-tier branch has settled`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let path = "/ownership/\(CustomerNumber.wang)"
        let ben = try await branch.signedIn(.ben)

        let page = try await ben.get(path).body

        #expect(page.contains("Nobody owned the customer before."))
        #expect(page.contains("The only claim"))
        #expect(page.contains("has not settled this yet"))
        #expect(try await ben.get("/ownership/999").body.contains("Nothing is known"))
    }
}
