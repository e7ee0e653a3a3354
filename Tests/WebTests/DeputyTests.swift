import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

/// A deputy in the browser.
struct DeputyTests {
    private static let wang = "/customers/\(CustomerNumber.wang)"

    /// Wang is Ada's, for whom Ben stands in on 2025-04-01, the date being worked.
    private static func branch() async throws -> TestBranch {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ada = try await branch.signedIn(.ada)
        let answer = try await ada.submit(
            "/deputies",
            "manager=ada&deputy=ben&from=2025-04-01&through=2025-04-03&reason=leave", from: "/")
        #expect(answer.status == .seeOther)
        return branch
    }

    @Test func `a deputy opens the customers, writes records, and changes nothing else`()
        async throws
    {
        let branch = try await Self.branch()
        let ben = try await branch.signedIn(.ben)

        let list = try await ben.get("/deputies").body
        #expect(list.contains("For Ada") && list.contains(Self.wang))
        #expect(try await !ben.get("/customers").body.contains(Self.wang))
        let page = try await ben.get(Self.wang).body
        #expect(page.contains("250,000.00"))
        #expect(!page.contains("/unmasking"))
        let written = try await ben.submit(
            "\(Self.wang)/contacts", "way=call&note=%E5%9B%9E%E8%AE%BF", from: "/")
        #expect(written.status == .seeOther)
        #expect(try branch.store.customer(.wang, by: "t").contacts.map(\.staff) == [.ben])
        for path in ["profile", "unmasking"] {
            let answer = try await ben.submit(
                "\(Self.wang)/\(path)",
                "field=\(path == "profile" ? "hobbies" : "mobile")&value=x"
                    + "&reason=x", from: "/")
            #expect(answer.status == .forbidden, "\(path)")
        }
        #expect(try branch.audit(.lookedAtCustomer).contains { $0.contains("ben") })
    }

    @Test func `the manager's reminders stand on the deputy's page, marked`() async throws {
        let branch = try await Self.branch()

        let today = try await branch.signedIn(.ben).get("/").body

        #expect(today.contains("For Ada") && today.contains("Assigned to you"))
        #expect(try await !branch.signedIn(.ada).get("/").body.contains("For Ada"))
    }

    @Test func `once it is ended the deputy is out again`() async throws {
        let branch = try await Self.branch()
        let ben = try await branch.signedIn(.ben)
        #expect(try await ben.get(Self.wang).status == .ok)

        let mine = try await ben.submit("/deputies/1/ending", "", from: "/")
        #expect(mine.status == .forbidden)
        let eve = try await branch.signedIn(.eve)
        #expect(try await eve.submit("/deputies/1/ending", "", from: "/").status == .seeOther)

        #expect(try await ben.get(Self.wang).status == .forbidden)
        #expect(try await ben.get("/deputies").body.contains("You stand in for nobody now."))
        #expect(try branch.audit(.delegated).count == 2)
    }

    @Test func `what is refused comes back with what was typed`() async throws {
        let branch = try await Self.branch()

        let answer = try await branch.signedIn(.ada).submit(
            "/deputies", "manager=ada&deputy=ben&from=2025-04-03&through=2025-04-09&reason=again",
            from: "/")

        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains("ben stands in for ada from 2025-04-01 through 2025-04-03"))
        #expect(answer.body.contains("value=\"again\""))
        let another = try await branch.signedIn(.ben).submit(
            "/deputies", "manager=ada&deputy=ben&from=2025-05-03&through=2025-05-09&reason=x",
            from: "/")
        #expect(another.status == .forbidden)
        for staff in [StaffID.tom, .fay, .sun] {
            #expect(try await branch.signedIn(staff).get("/deputies").status == .forbidden)
        }
    }
}
