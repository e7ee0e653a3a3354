import Bank
import BrowserSupport
import HTTPTypes
import TestSupport
import Testing
import Vault

struct AccessTests {
    @Test func `a member of staff signs in with their password and no other`() async throws {
        let branch = try await TestBranch()

        let eve = try await branch.signedIn(.eve)
        let guess = try await eve.signIn(.eve, password: "Silver-Key-2025")

        #expect(try await eve.get("/").body.contains("Eve"))
        #expect(try await guess.get("/").status == .seeOther)
    }

    private static let wang = "/customers/\(CustomerNumber.wang)"

    @Test(arguments: [
        (StaffID.ada, ["/", "/sync", "/owner", "/customers", wang], ["/pending"]),
        (.ada, ["/"], ["/customers/\(CustomerNumber.zhou)", "/pending/elsewhere"]),
        (.ben, ["/customers", "/owner?number=999"], [wang]),
        (.eve, ["/customers", "/pending", "/pending/elsewhere", wang], []),
        (.tom, ["/", wang, "/owner?number=\(CustomerNumber.wang)"], ["/customers", "/pending"]),
        (.tom, ["/owner"], ["/owner?number=999", "/ownership/999"]),
        (.fay, ["/customers", wang], ["/pending"]), (.hal, ["/owner", wang], ["/customers"]),
        (.amy, ["/", "/sync"], ["/owner", wang, "/customers", "/pending"]),
        (.sun, ["/"], ["/pending", "/customers", "/owner", wang]),
        (.cai, ["/"], ["/customers", "/owner"]),
    ])
    func `a role reaches so far and no further`(
        staff: StaffID, open: [String], closed: [String]
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let browser = try await branch.signedIn(staff)

        for path in open { #expect(try await browser.get(path).status == .ok, "\(path)") }
        for path in closed { #expect(try await browser.get(path).status == .forbidden, "\(path)") }
    }

    @Test func `who asks for what is not theirs is written down, and they did not look`()
        async throws
    {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let ben = try await branch.signedIn(.ben)

        let answer = try await ben.get("/customers/\(CustomerNumber.wang)")

        #expect(answer.body.contains("Your role may not see or do this."))
        #expect(!answer.body.contains("250,000.00"))
        let refused = try branch.audit(.refused)
        #expect(refused.count == 1)
        #expect(refused.allSatisfy { $0.contains("ben") && $0.contains("\(CustomerNumber.wang)") })
        #expect(try branch.audit(.lookedAtCustomer).isEmpty)
    }

    @Test func `a hostile address gets an ordinary answer`() async throws {
        let eve = try await TestBranch().signedIn(.eve)

        for path in [
            "/customers/%00", "/customers/%FF", "/customers/%ZZ", "/ownership/%3Cscript%3E",
            "/owner?number=%3Cscript%3Ealert(1)%3C/script%3E",
            "/owner?number=\(String(repeating: "9", count: 500))",
            "/customers?sort=%27;--&page=-1", "/pending?page=99999999999999999999&sort=-shoe",
            "/pending/elsewhere?page=-7", "/customers/..%2F..%2Fetc%2Fpasswd", "/customers/999",
        ] {
            let answer = try await eve.get(path)
            #expect(answer.status.code < 500, "\(path)")
            #expect(!answer.body.contains("<script>"), "\(path)")
        }
    }
}
