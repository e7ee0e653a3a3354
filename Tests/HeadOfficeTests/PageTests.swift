import Bank
import BrowserSupport
import HTTPTypes
import Sync
import TestSupport
import Testing

struct PageTests {
    private static let why = "/ownership/\(CustomerNumber.wang)"

    @Test(arguments: [
        (StaffID.hal, ["/", "/owner", why], ["/nodes"]),
        (.fay, ["/", "/nodes", "/owner", why], []),
        (.amy, ["/nodes"], ["/", "/owner", why]), (.eve, ["/owner", why], ["/", "/nodes"]),
        (.tom, [], ["/", "/owner", "/nodes", why]),
    ])
    func `a role reaches so far and no further`(
        staff: StaffID, open: [String], closed: [String]
    ) async throws {
        let browser = try await TestOffice().signedIn(staff)

        for path in open { #expect(try await browser.get(path).status == .ok, "\(path)") }
        for path in closed { #expect(try await browser.get(path).status == .forbidden, "\(path)") }
    }

    @Test func `an analyst sees the bank, a first-tier supervisor their branch`() async throws {
        let office = try await TestOffice()
        let fay = try await office.signedIn(.fay)

        let bank = try await office.signedIn(.hal).get("/").body
        let branch = try await fay.get("/").body
        let nodes = try await fay.get("/nodes").body

        #expect(bank.contains("杭州武林支行") && bank.contains("南京新街口支行"))
        #expect(branch.contains("杭州武林支行") && !branch.contains("南京新街口支行"))
        #expect(nodes.contains("杭州武林支行") && !nodes.contains("南京新街口支行"))
        #expect(nodes.contains("Enrolled") && nodes.contains("Not enrolled"))
    }

    @Test func `two claims are told apart, with amounts to supervisors only`() async throws {
        let office = try await TestOffice()
        let path = "/ownership/\(CustomerNumber.wang)"

        let analyst = try await office.signedIn(.hal).get(path).body
        let supervisor = try await office.signedIn(.fay).get(path).body

        for page in [analyst, supervisor] {
            #expect(page.contains("Contested") && page.contains("More financial assets"))
        }
        #expect(supervisor.contains("250,000.00") && !analyst.contains("250,000.00"))
    }

    @Test func `an owner is told for each first-tier branch that knows the number`() async throws {
        let hal = try await TestOffice().signedIn(.hal)

        let known = try await hal.get("/owner?number=\(CustomerNumber.wang)").body
        let unknown = try await hal.get("/owner?number=999").body

        #expect(known.contains("浙江省分行") && known.contains("Ada"))
        #expect(unknown.contains("Nobody in the bank owns this customer."))
    }

    @Test func `a node's message passes no sign-in, and gets a node's answer`() async throws {
        let answer = try await TestOffice().pages.post(
            Message.helloPath, "csrf=none", origin: "http://elsewhere.test", host: "10.33.0.1:8600")

        #expect(answer.headers[.contentType] == Message.contentType)
        #expect(answer.headers[.location] == nil)
    }
}
