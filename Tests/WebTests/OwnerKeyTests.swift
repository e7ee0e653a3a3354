import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

/// The owner page's one field takes any strong key.
struct OwnerKeyTests {
    private static let mobile = "13812345678"

    @Test(arguments: ["3300000001", "6228480000001234", "A3300000001"])
    func `a key is posted and answered with the owner`(key: String) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)

        let answer = try await ben.submit("/owner", "key=\(key)", from: "/owner")

        #expect(answer.status == .ok)
        #expect(answer.body.contains("Ada") && answer.body.contains("王**"))
        #expect(try branch.audit(.lookedUpOwner).count == 1)
    }

    @Test func `the form posts, and neither an address nor the audit has the key`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)
        let form = try await ben.get("/owner").body

        let answer = try await ben.submit("/owner", "key=\(Self.mobile)", from: "/owner")

        #expect(form.contains(#"<form class="ask" action="/owner" method="post""#))
        // All three share it.
        for number in [CustomerNumber.wang, .zhang, .zhou] {
            #expect(answer.body.contains("\(number)"))
        }
        #expect(!answer.body.contains(Self.mobile))
        let entries = try branch.audit(.lookedUpOwner)
        #expect(entries.count == 3)
        #expect(entries.allSatisfy { !$0.contains(Self.mobile) })
    }

    @Test func `nobody is an answer, with when it was known and whom to ask`() async throws {
        let branch = try await TestBranch()
        let ben = try await branch.signedIn(.ben)

        let answer = try await ben.submit("/owner", "key=13700000000", from: "/owner")

        #expect(answer.status == .ok)
        #expect(answer.body.contains("Nobody with this key is known: no owner"))
        #expect(answer.body.contains("ask head office when the line is back"))
        #expect(!answer.body.contains("13700000000"))
        #expect(try branch.audit(.lookedUpOwner).count == 1)
    }

    @Test func `a name alone is refused with what to give`() async throws {
        let branch = try await TestBranch()
        let ben = try await branch.signedIn(.ben)

        let answer = try await ben.submit(
            "/owner", "key=%E7%8E%8B%E5%B0%8F%E6%98%8E", from: "/owner")

        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains("A name alone finds nobody."))
    }

    @Test func `a teller finds whoever stands at the counter and nobody else`() async throws {
        let branch = try await TestBranch()
        let tom = try await branch.signedIn(.tom)

        let here = try await tom.submit("/owner", "key=6228480000001234", from: "/owner")
        let elsewhere = try await tom.submit("/owner", "key=13700000000", from: "/owner")

        #expect(here.status == .ok)
        #expect(elsewhere.status == .forbidden)
    }

    @Test func `a manager sees of any customer of the outlet who they are and where they stand`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)

        let body = try await branch.signedIn(.ben)
            .submit("/owner", "key=6228480000001234", from: "/owner").body
        let atCounter = try await branch.signedIn(.tom)
            .submit("/owner", "key=6228480000001234", from: "/owner").body

        #expect(body.contains("Target") && body.contains("138****5678"))
        #expect(!body.contains("250,000.00") && !body.contains("11010519491231002X"))
        #expect(!atCounter.contains("138****5678"))
        #expect(try branch.audit(.lookedAtCustomer).count == 1)
    }

    @Test func `the field in every page's head posts as well`() async throws {
        let body = try await TestBranch().signedIn(.ben).get("/").body

        #expect(body.contains(#"<form class="look-up" action="/owner" method="post""#))
        #expect(body.contains(#"id="look-up" name="key""#))
    }

    @Test func `an administrator finds nobody`() async throws {
        let branch = try await TestBranch()
        let amy = try await branch.signedIn(.amy)

        #expect(
            try await amy.submit("/owner", "key=\(Self.mobile)", from: "/").status == .forbidden)
    }

    @Test func `who looked after a customer before stands on their page and why`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        _ = try branch.store.release(.wang, by: .eve, because: "客户迁居")
        let eve = try await branch.signedIn(.eve)

        let customer = try await eve.get("/customers/\(CustomerNumber.wang)").body
        let why = try await eve.get("/ownership/\(CustomerNumber.wang)").body

        #expect(customer.contains("Formerly looked after by Ada at 杭州武林支行"))
        #expect(why.contains("Who looked after the customer"))
        #expect(why.contains("outlet 杭州武林支行, Ada; by:"))
    }
}
