import Bank
import BrowserSupport
import HTTPTypes
import HeadOfficeStore
import TestSupport
import Testing

/// The rule parameters in the browser; through 31 March 2025 is closed in Zhejiang.
struct ParameterPageTests {
    private static let line = "/parameters/tgt_min"

    private func form(
        _ value: String, scope: String = "bank", from: String = "2025-04-01",
        reason: String = "rivals"
    ) -> String {
        "scope=\(scope)&value=\(value)&effectiveFrom=\(from)&reason=\(reason)"
    }

    @Test
    func `an analyst proposes, an administrator approves, and the page says who and since when`()
        async throws
    {
        let office = try await TestOffice()
        let (hal, amy) = (try await office.signedIn(.hal), try await office.signedIn(.amy))

        let proposed = try await hal.submit(
            "\(Self.line)/proposals", form("120000"), from: Self.line)
        let mine = try await hal.get("/parameters").body
        let theirs = try await amy.get("/parameters").body

        #expect(proposed.status == .seeOther)
        #expect(mine.contains("¥120,000.00") && mine.contains("rivals"))
        #expect(!mine.contains("/proposals/1/approval") && mine.contains("Take back"))
        #expect(theirs.contains("/proposals/1/approval"))

        let approved = try await amy.submit("/proposals/1/approval", "", from: "/parameters")
        #expect(approved.status == .seeOther)
        let after = try await hal.get("/parameters").body
        #expect(after.contains("since 2025-04-01"))
        #expect(after.contains("proposed by Hal, approved by Amy"))
        #expect(after.contains("Nothing waits for approval."))
        let history = try await hal.get(Self.line).body
        #expect(history.contains("Approved") && history.contains("rivals"))
        #expect(try office.bank.parameters(by: "t").settings.map(\.value) == ["120000"])
    }

    @Test(
        arguments: [
            ("0", "2025-04-01", "rivals", "It admits: 1"),
            ("many", "2025-04-01", "rivals", "It admits: 1"),
            ("120000", "2025-03-31", "rivals", "2025-03-31 is closed already"),
            ("120000", "soon", "rivals", "is not a date"),
            ("120000", "2025-05-01", "rivals", "already has a value or an open proposal"),
            ("120000", "2025-04-01", "+", "A reason is required."),
        ])
    func `what the rules refuse comes back with the sentence and what was typed`(
        value: String, from: String, reason: String, sentence: String
    ) async throws {
        let office = try await TestOffice()
        _ = try office.bank.propose(
            ParameterSetting(
                name: "tgt_min", scope: .bank, value: "1", effectiveFrom: day("2025-05-01")),
            because: "x", by: .hal)
        let hal = try await office.signedIn(.hal)

        let answer = try await hal.submit(
            "\(Self.line)/proposals", form(value, from: from, reason: reason), from: Self.line)

        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains(sentence))
        #expect(answer.body.contains("value=\"\(value)\""))
        #expect(try office.bank.parameters(by: "t").proposals.count == 1)
    }

    @Test func `who proposed does not approve, and may take it back`() async throws {
        let office = try await TestOffice()
        let hal = try await office.signedIn(.hal)
        _ = try await hal.submit("\(Self.line)/proposals", form("120000"), from: Self.line)

        let approved = try await hal.submit("/proposals/1/approval", "", from: "/parameters")
        #expect(approved.status == .unprocessableContent)
        #expect(approved.body.contains("hal proposed number 1. Somebody else has to approve it."))
        #expect(try office.bank.parameters(by: "t").settings == [])

        #expect(
            try await hal.submit("/proposals/1/refusal", "", from: "/parameters").status
                == .seeOther)
        #expect(try office.bank.parameters(by: "t").proposals.map(\.state) == [.refused])
        let again = try await hal.submit("/proposals/1/refusal", "", from: "/parameters")
        #expect(again.status == .unprocessableContent && again.body.contains("decided already"))
    }

    @Test func `a first-tier supervisor sets their own branch's, beside the bank's`() async throws {
        let office = try await TestOffice()
        let fay = try await office.signedIn(.fay)

        let page = try await fay.get(Self.line).body
        #expect(page.contains("浙江省分行") && !page.contains("江苏省分行"))
        #expect(!page.contains("<option value=\"bank\""))
        for scope in ["bank", "32"] {
            let answer = try await fay.submit(
                "\(Self.line)/proposals", form("90000", scope: scope), from: Self.line)
            #expect(answer.status == .forbidden)
        }
        let own = try await fay.submit(
            "\(Self.line)/proposals", form("90000", scope: "33"), from: Self.line)
        #expect(own.status == .seeOther)
        _ = try office.bank.approveParameter(1, by: .amy)

        let list = try await fay.get("/parameters").body
        #expect(list.contains("¥90,000.00") && list.contains("¥100,000.00"))
        #expect(list.contains("as the bank"))
        #expect(try await office.signedIn(.hal).get("/parameters?scope=32").body.contains("江苏省分行"))
        #expect(try await fay.get("/parameters?scope=32").body.contains("¥90,000.00"))
    }

    @Test(
        arguments: [
            (StaffID.hal, 200, true), (.fay, 200, true), (.amy, 200, false), (.eve, 403, false),
            (.ada, 403, false),
        ])
    func `a role reads and proposes as far as the matrix goes`(
        staff: StaffID, status: Int, proposes: Bool
    ) async throws {
        let browser = try await TestOffice().signedIn(staff)

        let page = try await browser.get("/parameters/aad_method")
        #expect(try await browser.get("/parameters").status.code == status)
        #expect(page.status.code == status)
        #expect(page.body.contains("action=\"/parameters/aad_method/proposals\"") == proposes)
    }

    @Test func `a parameter or a proposal that there is not is not there`() async throws {
        let hal = try await TestOffice().signedIn(.hal)

        #expect(try await hal.get("/parameters/none").status == .notFound)
        #expect(
            try await hal.submit("/proposals/x/approval", "", from: "/parameters").status
                == .notFound)
        let none = try await hal.submit("/proposals/9/approval", "", from: "/parameters")
        #expect(none.status == .unprocessableContent)
    }
}
