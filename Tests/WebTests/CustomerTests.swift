import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

struct CustomerTests {
    private static let wang = "/customers/\(CustomerNumber.wang)"

    @Test func `a manager sees their own customers, a supervisor the outlet's`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        try branch.assign(.zhou, to: .ben)

        let own = try await branch.signedIn(.ada).get("/customers").body
        let outlets = try await branch.signedIn(.eve).get("/customers?sort=-assets").body

        #expect(own.contains("\(CustomerNumber.wang)") && !own.contains("\(CustomerNumber.zhou)"))
        #expect(own.contains("王**") && !own.contains("王小明"))
        #expect(
            outlets.firstRange(of: "\(CustomerNumber.wang)").map(\.lowerBound)
                ?? outlets.endIndex
                < outlets.firstRange(of: "\(CustomerNumber.zhou)").map(\.lowerBound)
                ?? outlets.startIndex)
    }

    @Test func `the page of one shows what they hold, masked`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)

        let page = try await branch.signedIn(.ada).get(Self.wang).body

        for shown in ["250,000.00", "王**", "110********002X", "138****5678", "622848******1234"] {
            #expect(page.contains(shown), "\(shown)")
        }
        for hidden in ["王小明", "11010519491231002X", "13812345678", "6228480000001234"] {
            #expect(!page.contains(hidden), "\(hidden)")
        }
    }

    @Test func `an account in another currency is listed with it and is no part of the total`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        try branch.store.takeAndClose(
            [
                ExtractBuilder(day("2025-04-01"))
                    .accountRow("U1", of: .wang, currency: "USD").balanceRow("U1", "7777.00")
            ], in: branch.node.directory)

        let page = try await branch.signedIn(.ada).get(Self.wang).body

        #expect(page.contains("7,777.00 <span class=\"quiet\">USD</span>"))
        #expect(page.contains("count in neither the total nor the financial assets"))
        #expect(!page.contains("257,777.00"))
    }

    @Test func `a teller sees the profile without balances and records`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        _ = try branch.store.addContact(with: .wang, by: .ada, way: .call, note: "wants a fund")

        let page = try await branch.signedIn(.tom).get(Self.wang).body

        #expect(page.contains("王**"))
        #expect(!page.contains("250,000.00") && !page.contains("wants a fund"))
        #expect(!page.contains("Show in full"))
        #expect(page.contains("Save record"))
    }

    @Test func `the page says why the pool and tier are what they are, and since when`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)

        let managers = try await branch.signedIn(.ada).get(Self.wang).body
        let tellers = try await branch.signedIn(.tom).get(Self.wang).body

        let why = "Assets are ¥250,000.00, at or above ¥100,000.00"
        let tier = "No tier: the average at the close of 2025-03-31 was ¥2,777.78"
        let history = "<td class=\"nowrap\">2025-03-31</td><td class=\"nowrap\">now</td>"
        #expect(managers.contains(why) && managers.contains(tier) && managers.contains(history))
        #expect(!tellers.contains(why) && !tellers.contains(tier) && tellers.contains(history))
    }

    @Test func `a contact is saved under the name of whoever is signed in`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let ada = try await branch.signedIn(.ada)

        let answer = try await ada.submit(
            "\(Self.wang)/contacts", "way=visit&note=%3Cb%3Ehello%3C%2Fb%3E&followUp=2025-04-08",
            from: Self.wang)
        let page = try await ada.get(Self.wang).body

        #expect(answer.status == .seeOther && answer.headers[.location] == Self.wang)
        #expect(page.contains("&lt;b&gt;hello&lt;/b&gt;") && page.contains("Visit · Ada"))
        #expect(try branch.store.customer(.wang, by: "os:test").contacts.map(\.staff) == [.ada])
    }

    @Test(arguments: [
        ("way=call&note=kept&followUp=2020-01-01", "Choose 2025-04-01 or a later one"),
        ("way=call&note=kept&followUp=soon", "is not a date"),
        ("way=call&note=+++&followUp=", "Fill it in"),
    ])
    func `a contact that the rules refuse comes back with the reason and what was typed`(
        form: String, reason: String
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let ada = try await branch.signedIn(.ada)

        let answer = try await ada.submit("\(Self.wang)/contacts", form, from: Self.wang)

        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains(reason))
        #expect(answer.body.contains("kept</textarea>") == form.contains("kept"))
        #expect(try branch.store.customer(.wang, by: "os:test").contacts.isEmpty)
    }

    @Test func `nobody records a contact with another's customer`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)

        let answer = try await ben.submit("\(Self.wang)/contacts", "way=call&note=x", from: "/")

        #expect(answer.status == .forbidden)
        #expect(try branch.store.customer(.wang, by: "os:test").contacts.isEmpty)
    }

    @Test func `one field is shown in clear once, with a reason that is written down`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let ada = try await branch.signedIn(.ada)

        let shown = try await ada.submit(
            "\(Self.wang)/unmasking", "field=id-number&reason=checks+the+passport", from: Self.wang)
        let after = try await ada.get(Self.wang)

        #expect(shown.body.contains("11010519491231002X") && !shown.body.contains("13812345678"))
        #expect(shown.headers[.cacheControl] == "no-store")
        #expect(!after.body.contains("11010519491231002X"))
        let audited = try branch.audit(.unmasked)
        #expect(audited.count == 1)
        #expect(audited.allSatisfy { $0.contains("ada") && $0.contains("checks the passport") })
    }

    @Test(arguments: [
        (StaffID.ada, "field=mobile&reason=", 422), (.ada, "field=password&reason=x", 400),
        (.ben, "field=mobile&reason=x", 403), (.tom, "field=mobile&reason=x", 403),
    ])
    func `nothing is shown in clear without a reason and the right`(
        staff: StaffID, form: String, status: Int
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)

        let answer = try await branch.signedIn(staff)
            .submit("\(Self.wang)/unmasking", form, from: "/sync")

        #expect(answer.status.code == status)
        #expect(!answer.body.contains("13812345678"))
        #expect(try branch.audit(.unmasked).isEmpty)
    }

    @Test func `a number that CIF merged opens the customer who is left, and finds their owner`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        try branch.store.takeAndClose(
            [ExtractBuilder(day("2025-04-01")).customerRow(.zhang, mergedInto: .wang)],
            in: branch.node.directory)
        let ada = try await branch.signedIn(.ada)

        let old = try await ada.get("/customers/\(CustomerNumber.zhang)")
        let page = try await ada.get(Self.wang).body
        let owner = try await ada.get("/owner?number=\(CustomerNumber.zhang)").body

        #expect(old.status == .seeOther && old.headers[.location] == Self.wang)
        #expect(page.contains("CIF merged the number \(CustomerNumber.zhang) into this one."))
        #expect(page.contains("250,050.00"))
        #expect(owner.contains("\(CustomerNumber.wang)") && owner.contains("Ada"))
    }

    @Test func `whoever looks after a customer under a merged number comes from the owner to them`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        try branch.assign(.zhou, to: .ben)
        let ben = try await branch.signedIn(.ben)
        let link = #"href="\#(Self.wang)""#
        #expect(try await !ben.get("/owner?number=\(CustomerNumber.wang)").body.contains(link))

        try branch.store.takeAndClose(
            [ExtractBuilder(day("2025-04-01")).customerRow(.zhou, mergedInto: .wang)],
            in: branch.node.directory)

        #expect(try await ben.get("/owner?number=\(CustomerNumber.wang)").body.contains(link))
        let found = try await ben.submit("/owner", "key=A\(CustomerNumber.wang)", from: "/owner")
        #expect(found.body.contains(link))
    }

    @Test func `what a corrected extract made void stays on the page`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        try branch.store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-31")).with { $0.sequence = 2 }
                    .holding(.wang, "20000.00").holding(.zhang, "50.00")
                    .holding(.zhou, "180000.00")
            ], in: branch.node.directory)

        let page = try await branch.signedIn(.eve).get(Self.wang).body

        #expect(page.contains("an extract was corrected"))
        #expect(page.contains("an account at the line <span class=\"quiet\">(by rule)</span>"))
    }

    @Test func `a supervisor comes from the page to adding by hand, and sees what waits`()
        async throws
    {
        let branch = try await TestBranch()
        let path = "/customers/\(CustomerNumber.zhang)"
        let eve = try await branch.signedIn(.eve)

        #expect(try await eve.get(path).body.contains("/targets?number=\(CustomerNumber.zhang)"))
        _ = try branch.store.addTarget(.zhang, by: .ada, because: "x")

        #expect(
            try await eve.get(path).body.contains(
                "Added by hand: a target after the close of 2025-04-01."))
    }
}
