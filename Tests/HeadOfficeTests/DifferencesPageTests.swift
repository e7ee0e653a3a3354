import Bank
import BrowserSupport
import HTTPTypes
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// The first-tier supervisor's page of what closing again decided otherwise.
struct DifferencesPageTests {
    /// Wang was a target by the branch's close of 31 March, until both outlets corrected it.
    private func corrected() async throws -> TestOffice {
        let office = try await TestOffice()
        _ = try office.bank.closeDays(firstTier: .zhejiang, by: "t")
        let files = try TemporaryDirectory()
        for outlet in [UnitCode.wulin, .xihu] {
            try office.store(outlet).takeAndClose(
                [
                    ExtractBuilder(day("2025-03-31"), outlet: outlet).with { $0.sequence = 2 }
                        .holding(.wang, "20000.00")
                ], in: files)
            try office.talk(outlet).exchange()
        }
        _ = try office.bank.closeDays(firstTier: .zhejiang, by: "t")
        return office
    }

    @Test func `a difference is shown as it was and is, until the supervisor has seen it`()
        async throws
    {
        let office = try await corrected()
        let fay = try await office.signedIn(.fay)
        let open = try office.bank.differences(of: .zhejiang, by: "t")
        let number = try #require(open.first?.number)

        let page = try await fay.get("/differences").body
        #expect(page.contains("\(CustomerNumber.wang)") && page.contains("corrected figures"))
        #expect(page.contains("Target") && page.contains("Potential"))
        #expect(
            try await fay.submit("/differences/seen", "", from: "/differences").status
                == .unprocessableContent)

        let numbers = open.map { "number=\($0.number)" }.joined(separator: "&")
        let marked = try await fay.submit("/differences/seen", numbers, from: "/differences")

        #expect(marked.status == .seeOther)
        let after = try await fay.get("/differences").body
        #expect(after.contains("No differences are open.") && after.contains("Fay"))
        #expect(!after.contains("value=\"\(number)\""))
    }

    @Test(
        arguments: [(StaffID.fay, 200), (.hal, 403), (.amy, 403), (.eve, 403), (.tom, 403)])
    func `nobody but the first-tier supervisor comes in`(
        staff: StaffID, status: Int
    ) async throws {
        let office = try await corrected()
        let browser = try await office.signedIn(staff)

        #expect(try await browser.get("/differences").status.code == status)
        if status == 403 {
            let answer = try await browser.submit("/differences/seen", "number=1", from: "/")
            #expect(answer.status == .forbidden)
            #expect(try !office.bank.differences(of: .zhejiang, by: "t").isEmpty)
        }
    }

    @Test func `a number that is none is refused`() async throws {
        let office = try await corrected()
        let fay = try await office.signedIn(.fay)

        let answer = try await fay.submit("/differences/seen", "number=999", from: "/differences")

        #expect(answer.status == .unprocessableContent)
        #expect(try !office.bank.differences(of: .zhejiang, by: "t").isEmpty)
    }
}
