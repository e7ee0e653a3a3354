import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing

struct ProfileTests {
    private static let wang = "/customers/\(CustomerNumber.wang)"

    @Test func `a field is kept on the customer's page, masked where it identifies`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let ada = try await branch.signedIn(.ada)

        for form in ["field=hobbies&value=fishing", "field=mobile&value=13912345678"] {
            let answer = try await ada.submit("\(Self.wang)/profile", form, from: Self.wang)
            #expect(answer.status == .seeOther && answer.headers[.location] == Self.wang)
        }

        let page = try await ada.get(Self.wang).body
        #expect(page.contains("fishing") && page.contains("139****5678"))
        #expect(!page.contains("13912345678"))
        let clear = try await ada.submit(
            "\(Self.wang)/unmasking", "field=profile-mobile&reason=to+call", from: Self.wang)
        #expect(clear.body.contains("13912345678") && !clear.body.contains("13812345678"))
    }

    @Test(arguments: [
        ("profile", "field=mobile&value=12", "eleven digits", 422),
        ("profile", "field=shoes&value=12", "", 400),
        ("marketing", "choice=agreed&note=", "reason", 422),
        ("marketing", "choice=maybe", "", 400),
    ])
    func `what the rules refuse comes back with the reason`(
        path: String, form: String, reason: String, status: Int
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let ada = try await branch.signedIn(.ada)

        let answer = try await ada.submit("\(Self.wang)/\(path)", form, from: Self.wang)

        #expect(answer.status.code == status)
        #expect(reason.isEmpty || answer.body.lowercased().contains(reason))
        #expect(try branch.store.profile(of: .wang, by: "os:test").history == [])
    }

    @Test func `a refusal at the counter stands on the page, and no message is recorded`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)
        let tom = try await branch.signedIn(.tom)
        let ada = try await branch.signedIn(.ada)

        let answer = try await tom.submit(
            "\(Self.wang)/marketing", "choice=refused&note=at+the+counter", from: Self.wang)
        let message = try await ada.submit(
            "\(Self.wang)/contacts", "way=sms&note=new+fund", from: Self.wang)

        #expect(answer.status == .seeOther)
        #expect(try await ada.get(Self.wang).body.contains("refused marketing messages"))
        #expect(message.status == .unprocessableContent)
        #expect(message.body.contains("no SMS or WeChat"))
    }

    @Test func `nobody edits another manager's customer, yet anybody hears a refusal`() async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)

        let edit = try await ben.submit("\(Self.wang)/profile", "field=hobbies&value=x", from: "/")
        let refusal = try await ben.submit("\(Self.wang)/marketing", "choice=refused", from: "/")

        #expect(edit.status == .forbidden)
        #expect(refusal.status == .seeOther)
        #expect(try branch.store.profile(of: .wang, by: "os:test").marketing == .refused)
    }
}
