import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

/// Targets by hand in the browser: Zhang has fifty yuan on a demand account of Wulin's.
struct TargetsTests {
    private static let zhang = "customer=\(CustomerNumber.zhang)"

    @Test func `a manager checks line by line, adds with a reason, and the customer is theirs`()
        async throws
    {
        let branch = try await TestBranch()
        let ada = try await branch.signedIn(.ada)

        let checked = try await ada.get("/targets?number=\(CustomerNumber.zhang)").body
        #expect(checked.matches(of: /check-met/).count == ManualAddition.Condition.allCases.count)
        #expect(checked.contains("Takes effect after the close of 2025-04-01"))
        let silent = try await ada.submit(
            "/targets", "\(Self.zhang)&code=official&reason=+", from: "/targets")
        #expect(silent.status == .unprocessableContent)
        #expect(silent.body.contains("A reason is required."))
        #expect(silent.body.contains("value=\"official\" selected"))

        let added = try await ada.submit(
            "/targets", "\(Self.zhang)&code=official&reason=mayor", from: "/targets")
        let list = try await ada.get("/targets").body

        #expect(added.status == .seeOther)
        #expect(try branch.store.ownership(of: .zhang).owner?.manager == .ada)
        #expect(list.contains("Office holder") && list.contains("mayor"))
        #expect(list.contains("waits for the close"))
    }

    @Test func `an addition whose number was merged before the close ends with that`()
        async throws
    {
        let branch = try await TestBranch()
        _ = try branch.store.addTarget(.zhang, by: .ada, because: "mayor")

        try branch.store.takeAndClose(
            [ExtractBuilder(day("2025-04-01")).customerRow(.zhang, mergedInto: .wang)],
            in: branch.node.directory)

        let page = try await branch.signedIn(.ada).get("/").body
        #expect(page.contains("Addition failed"))
        #expect(
            page.contains("CIF merged customer 3300000002 into 3300000001 before the close"))
        #expect(!page.contains("no demand account"))
    }

    @Test func `what does not hold is said, and there is no form`() async throws {
        let branch = try await TestBranch()
        let ada = try await branch.signedIn(.ada)

        let target = try await ada.get("/targets?number=\(CustomerNumber.wang)").body
        let nobody = try await ada.get("/targets?number=999").body

        #expect(target.contains("check-not-met") && target.contains("Not every condition holds"))
        #expect(!target.contains("id=\"addition-reason\""))
        #expect(nobody.contains("role=\"alert\"") && nobody.contains("999"))
        let answer = try await ada.submit(
            "/targets", "customer=\(CustomerNumber.wang)&code=other&reason=x", from: "/targets")
        #expect(answer.status == .unprocessableContent)
        #expect(try branch.store.ownership(of: .wang).owner == nil)
    }

    @Test func `what is asked for stays out of addresses, and a person's key is not repeated`()
        async throws
    {
        let branch = try await TestBranch()
        let ada = try await branch.signedIn(.ada)
        let identity = "11010519491231002X"

        #expect(try await ada.get("/targets").body.contains("action=\"/targets/check\""))
        let asked = try await ada.submit(
            "/targets/check", "number=\(CustomerNumber.zhang)", from: "/targets")
        #expect(asked.body.contains("id=\"addition-reason\""))
        for page in [
            try await ada.submit("/targets/check", "number=\(identity)", from: "/targets"),
            try await ada.get("/targets?number=\(identity)"),
        ] {
            #expect(page.body.contains("That is no customer number."))
            #expect(!page.body.contains(identity))
        }
    }

    @Test func `who added or a supervisor takes it back before the close, another manager not`()
        async throws
    {
        let branch = try await TestBranch()
        _ = try branch.store.addTarget(.zhang, by: .ada, because: "x")
        let path = "/targets/\(CustomerNumber.zhang)/cancellation"
        let (ben, eve) = (try await branch.signedIn(.ben), try await branch.signedIn(.eve))

        #expect(!(try await ben.get("/targets").body.contains(path)))
        #expect(try await ben.submit(path, "", from: "/targets").status == .forbidden)
        #expect(try await eve.get("/targets").body.contains(path))
        #expect(try await eve.submit(path, "", from: "/targets").status == .seeOther)

        #expect(try branch.store.ownership(of: .zhang).owner == nil)
        #expect(try await eve.get("/targets").body.contains("addition-cancelled"))
    }

    @Test func `who leaves when is shown, and a supervisor keeps them with a reason`() async throws
    {
        let branch = try await TestBranch()
        _ = try branch.store.addTarget(.zhang, by: .ada, because: "x")
        try branch.store.takeAndClose(
            [ExtractBuilder(day("2025-04-01")), ExtractBuilder(day("2025-09-10"))],
            in: branch.node.directory)
        let path = "/targets/\(CustomerNumber.zhang)/renewal"
        let (ada, eve) = (try await branch.signedIn(.ada), try await branch.signedIn(.eve))

        let managers = try await ada.get("/targets").body
        #expect(managers.contains("2025-10-01") && managers.contains("within 30 days"))
        #expect(managers.contains("in 21 days") && !managers.contains(path))
        #expect(try await ada.submit(path, "reason=x", from: "/targets").status == .forbidden)
        let silent = try await eve.submit(path, "reason=", from: "/targets")
        #expect(silent.status == .unprocessableContent)
        #expect(silent.body.contains("A reason is required."))
        #expect(try await eve.submit(path, "reason=funds", from: "/targets").status == .seeOther)

        try branch.store.takeAndClose(
            [ExtractBuilder(day("2025-09-11"))], in: branch.node.directory)
        #expect(try await eve.get("/targets").body.contains("2026-03-11"))
    }

    @Test(arguments: [(StaffID.tom, 403), (.sun, 403), (.fay, 403), (.ada, 200), (.eve, 200)])
    func `managers and supervisors of the outlet come in, others do not`(
        staff: StaffID, status: Int
    ) async throws {
        let browser = try await TestBranch().signedIn(staff)

        #expect(try await browser.get("/targets").status.code == status)
    }

    @Test func `who holds a card above their tier is listed, for a manager their own`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang)

        let ada = try await branch.signedIn(.ada).get("/below-standard").body
        let ben = try await branch.signedIn(.ben).get("/below-standard").body

        // A gold card, and at the first month's end an average of 2,777.78.
        #expect(ada.contains("\(CustomerNumber.wang)") && ada.contains("97,222.22"))
        #expect(ada.contains("王**") && !ada.contains("王小明"))
        #expect(ben.contains("Nobody holds a card above their tier."))
        #expect(try await branch.signedIn(.tom).get("/below-standard").status == .forbidden)
    }
}
