import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

struct AssignTests {
    @Test func `a supervisor assigns by a form, with one result for each customer`() async throws {
        let branch = try await TestBranch()
        let eve = try await branch.signedIn(.eve)

        let answer = try await eve.submit(
            "/assignments",
            "customer=\(CustomerNumber.wang)&customer=\(CustomerNumber.zhang)&manager=ada",
            from: "/pending")

        #expect(answer.status == .ok)
        #expect(answer.body.contains("Assigned to Ada: 1."))
        #expect(answer.body.contains("is not a target"))
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)
        #expect(try branch.store.ownership(of: .zhang).owner == nil)
        #expect(try branch.audit(.assigned).allSatisfy { $0.contains("eve") })
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
        (.eve, "customer=\(String(repeating: "9", count: 200))&manager=ada", 400),
    ])
    func `what may not be assigned changes nothing`(
        staff: StaffID, form: String, status: Int
    ) async throws {
        let branch = try await TestBranch()

        let answer = try await branch.signedIn(staff).submit("/assignments", form, from: "/")

        #expect(answer.status.code == status)
        #expect(try branch.store.ownership(of: .wang).owner == nil)
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
