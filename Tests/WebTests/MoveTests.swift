import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

/// A supervisor moves a manager's book in the browser.
struct MoveTests {
    /// Wang and Zhou are Ada's; 2025-04-01 is the date being worked.
    private static func branch() async throws -> TestBranch {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        try branch.assign(.zhou, to: .ada)
        return branch
    }

    private static let whole =
        "manager=ada&kind=hand-over&receiver=ben&scope=whole"
        + "&date=2025-04-01&reason=leaves"

    @Test func `a leaving manager's book goes over in four steps, with a receipt`() async throws {
        let branch = try await Self.branch()
        let eve = try await branch.signedIn(.eve)

        let list = try await eve.get("/moves").body
        #expect(list.contains("/moves/new?manager=ada") && !list.contains("manager=ben"))
        let form = try await eve.get("/moves/new?manager=ada").body
        #expect(form.contains("The book of Ada: 2 customers"))
        #expect(form.contains("value=\"whole\" checked"))
        #expect(form.contains("value=\"2025-04-01\""))
        let check = try await eve.submit("/moves", Self.whole + "&act=check", from: "/moves").body
        #expect(check.contains("2 customers, 2 afterwards"))
        #expect(check.contains("name=\"receiver\" value=\"ben\""))
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)
        let done = try await eve.submit("/moves", Self.whole + "&act=submit", from: "/moves")

        #expect(done.status == .seeOther && done.headers[.location] == "/moves/1")
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ben)
        #expect(try branch.store.ownership(of: .zhou).owner?.manager == .ben)
        let receipt = try await eve.get("/moves/1").body
        #expect(receipt.contains("Moved: 2. Not moved: 0."))
        #expect(receipt.contains("Eve (eve)") && receipt.contains("leaves"))
        #expect(!receipt.contains("王小明"))
        #expect(try await eve.get("/moves").body.contains("href=\"/moves/1\""))
        #expect(try branch.audit(.bookMoved).allSatisfy { $0.contains("eve") })
        #expect(try branch.audit(.handedOver).count == 2)
    }

    @Test func `what is refused comes back with the sentence and what was typed`() async throws {
        let branch = try await Self.branch()
        let eve = try await branch.signedIn(.eve)

        let past = try await eve.submit(
            "/moves",
            "manager=ada&kind=recall&scope=chosen&customer=\(CustomerNumber.zhou)"
                + "&date=2025-03-31&reason=on+leave&act=submit", from: "/moves")

        #expect(past.status == .unprocessableContent)
        #expect(past.body.contains("The effective date has passed."))
        #expect(past.body.contains("value=\"recall\" checked"))
        #expect(past.body.contains("value=\"\(CustomerNumber.zhou)\" checked"))
        #expect(past.body.contains("value=\"on leave\""))
        #expect(try branch.store.bookMoves().isEmpty)
    }

    @Test func `a draft is kept, changed, submitted and called off`() async throws {
        let branch = try await Self.branch()
        let eve = try await branch.signedIn(.eve)

        let kept = try await eve.submit("/moves", Self.whole + "&act=draft", from: "/moves")
        #expect(kept.headers[.location] == "/moves/1")
        #expect(
            try await eve.get("/moves/new?manager=ada&draft=1").body.contains("value=\"leaves\""))
        _ = try await eve.submit(
            "/moves",
            "manager=ada&kind=hand-over&receiver=ben&scope=chosen&customer=\(CustomerNumber.wang)"
                + "&date=2025-04-01&reason=leaves&draft=1&act=draft", from: "/moves")
        let submitted = try await eve.submit("/moves/1/submission", "", from: "/moves/1")
        #expect(submitted.status == .seeOther)
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ben)
        #expect(try branch.store.ownership(of: .zhou).owner?.manager == .ada)

        _ = try await eve.submit(
            "/moves",
            "manager=ada&kind=recall&scope=whole&date=2025-04-09&reason=x&act=submit",
            from: "/moves")
        _ = try await eve.submit("/moves/2/cancellation", "", from: "/moves/2")
        #expect(try branch.store.bookReceipt(2, by: "t").move.state == .cancelled)
    }

    @Test(arguments: [
        (StaffID.ada, "/moves"), (.tom, "/moves"), (.fay, "/moves"), (.sun, "/moves"),
        (.ada, "/moves/new?manager=ada"), (.ben, "/moves/1"),
    ])
    func `nobody but the outlet's supervisor moves books`(staff: StaffID, path: String)
        async throws
    {
        let branch = try await Self.branch()
        let browser = try await branch.signedIn(staff)

        #expect(try await browser.get(path).status == .forbidden)
        let answer = try await browser.submit("/moves", Self.whole + "&act=submit", from: "/")
        #expect(answer.status == .forbidden)
        #expect(try branch.store.bookMoves().isEmpty)
    }

    @Test(arguments: [
        "/moves/999", "/moves/x", "/moves/-1", "/moves/new", "/moves/new?manager=zed",
        "/moves/new?manager=ada&draft=9", "/moves/99999999999999999999",
    ])
    func `a move that there is not is no error of the program`(path: String) async throws {
        let eve = try await Self.branch().signedIn(.eve)

        #expect([404, 422].contains(try await eve.get(path).status.code))
    }

    @Test func `the new owner reads what was said before, and the old one no longer`() async throws
    {
        let branch = try await Self.branch()
        _ = try branch.store.addContact(with: .wang, by: .ada, way: .visit, note: "想换大额存单")
        let eve = try await branch.signedIn(.eve)

        _ = try await eve.submit("/moves", Self.whole + "&act=submit", from: "/moves")

        let path = "/customers/\(CustomerNumber.wang)"
        #expect(try await branch.signedIn(.ben).get(path).body.contains("想换大额存单"))
        #expect(try await branch.signedIn(.ada).get(path).status == .forbidden)
    }
}
