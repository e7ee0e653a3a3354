import Bank
import BrowserSupport
import HTTPTypes
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// The first-tier supervisor's pages: disputes, both sides of one, and the form that rules.
struct DisputePageTests {
    /// Wang is Wulin's by settlement; Xihu's claim lost, and it objects.
    private func disputed() async throws -> (TestOffice, String) {
        let office = try await TestOffice()
        _ = try office.bank.settle(.zhejiang, now: true, by: "fay", reason: "演练")
        for outlet in [UnitCode.wulin, .xihu] { try office.talk(outlet).exchange() }
        let outcome = try office.store(.xihu).take(
            .object(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "开户更早")
        try office.talk(.xihu).exchange()
        return (office, "/disputes/\(outcome.step.id)")
    }

    @Test func `a dispute shows both sides, what was said, the evidence and why`() async throws {
        let (office, path) = try await disputed()
        let fay = try await office.signedIn(.fay)

        let list = try await fay.get("/disputes").body
        let page = try await fay.get(path).body

        #expect(list.contains(path) && list.contains("With the counter-party"))
        #expect(page.contains("杭州西湖支行") && page.contains("杭州武林支行"))
        #expect(page.contains("开户更早") && page.contains("Sun"))
        #expect(page.contains("250,000.00") && page.contains("180,000.00"))
        #expect(page.contains("More financial assets at the outlet"))
    }

    @Test func `a supervisor rules by the form, with an opinion, once it carries the token`()
        async throws
    {
        let (office, path) = try await disputed()
        let fay = try await office.signedIn(.fay)

        let silent = try await fay.submit(
            "\(path)/ruling", "outlet=330102&manager=cai&opinion=+", from: path)
        #expect(silent.status == .unprocessableContent)
        #expect(silent.body.contains("A reason is required."))
        let elsewhere = try await fay.submit(
            "\(path)/ruling", "outlet=330201&opinion=kept", from: path)
        #expect(elsewhere.status == .unprocessableContent)
        #expect(elsewhere.body.contains("kept"))
        #expect(try office.owner() == .ada)

        let ruled = try await fay.submit(
            "\(path)/ruling", "outlet=330102&manager=cai&opinion=older", from: path)
        #expect(ruled.status == .seeOther)
        #expect(try office.owner() == .cai)
        #expect(try await fay.get(path).body.contains("The first-tier branch ruled"))
        #expect(try await fay.get("/disputes").body.contains("No request or objection is open."))
    }

    @Test(
        arguments: [
            (StaffID.fay, 200, 200), (.hal, 403, 403), (.amy, 403, 403), (.eve, 403, 403),
            (.tom, 403, 403),
        ])
    func `others neither see disputes nor rule`(staff: StaffID, list: Int, page: Int) async throws {
        let (office, path) = try await disputed()
        let browser = try await office.signedIn(staff)

        #expect(try await browser.get("/disputes").status.code == list)
        #expect(try await browser.get(path).status.code == page)
        if staff != .fay {
            let answer = try await browser.submit(
                "\(path)/ruling", "outlet=330102&opinion=x", from: "/")
            #expect(answer.status == .forbidden)
            #expect(try office.owner() == .ada)
        }
    }

    @Test func `a dispute that is none is not found`() async throws {
        let (office, _) = try await disputed()
        let fay = try await office.signedIn(.fay)

        #expect(try await fay.get("/disputes/none").status == .notFound)
        #expect(
            try await fay.submit("/disputes/none/ruling", "outlet=330102&opinion=x", from: "/")
                .status == .notFound)
    }
}
