import Bank
import BrowserSupport
import HTTPTypes
import TestSupport
import Testing

struct AccessTests {
    @Test func `a member of staff signs in with their password and no other`() async throws {
        let branch = try await TestBranch()

        let eve = try await branch.signedIn(.eve)
        let guess = try await eve.signIn(.eve, password: "Silver-Key-2025")

        #expect(try await eve.get("/").body.contains("Eve"))
        #expect(try await guess.get("/").status == .seeOther)
    }

    @Test(arguments: [
        (StaffID.ada, "/customers", 200), (.ada, "/pending", 403), (.ada, "/owner", 200),
        (.ada, "/customers/\(CustomerNumber.wang)", 200),
        (.ada, "/customers/\(CustomerNumber.zhou)", 403), (.ada, "/sync", 200),
        (.ben, "/customers/\(CustomerNumber.wang)", 403),
        (.eve, "/customers", 200), (.eve, "/pending", 200), (.eve, "/pending/elsewhere", 200),
        (.eve, "/customers/\(CustomerNumber.zhang)", 200), (.eve, "/customers/999", 404),
        (.tom, "/customers", 403), (.tom, "/pending", 403), (.tom, "/", 200),
        (.tom, "/customers/\(CustomerNumber.wang)", 200),
        (.tom, "/owner?number=\(CustomerNumber.wang)", 200), (.tom, "/owner?number=999", 403),
        (.tom, "/ownership/999", 403), (.fay, "/customers/\(CustomerNumber.wang)", 200),
        (.hal, "/customers", 403), (.amy, "/owner", 403),
        (.sun, "/pending", 403), (.cai, "/owner", 403), (.sun, "/", 200),
    ])
    func `a role reaches so far and no further`(
        staff: StaffID, path: String, status: Int
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)

        let answer = try await branch.signedIn(staff).get(path)

        #expect(answer.status.code == status)
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

    @Test(arguments: [
        "/customers/%00", "/customers/%FF", "/customers/%ZZ", "/ownership/%3Cscript%3E",
        "/owner?number=%3Cscript%3Ealert(1)%3C/script%3E",
        "/owner?number=\(String(repeating: "9", count: 500))", "/customers?sort=%27;--&page=-1",
        "/pending?page=99999999999999999999&sort=-shoe", "/pending/elsewhere?page=-7",
        "/customers/..%2F..%2Fetc%2Fpasswd",
    ])
    func `a hostile address gets an ordinary answer`(path: String) async throws {
        let answer = try await TestBranch().signedIn(.eve).get(path)

        #expect(answer.status.code < 500)
        #expect(!answer.body.contains("<script>alert"))
    }
}
