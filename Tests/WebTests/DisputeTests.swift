import Bank
import BrowserSupport
import HTTPTypes
import Store
import TestSupport
import Testing
import Vault

/// Releases and refusals by the forms of the ownership page; two outlets meet in the courier's and
/// head office's tests.
struct DisputeTests {
    private static let path = "/ownership/\(CustomerNumber.wang)"

    @Test func `a supervisor releases a customer of the outlet's, with a reason`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)
        let eve = try await branch.signedIn(.eve)

        let empty = try await eve.submit("\(Self.path)/release", "reason=+", from: Self.path)
        #expect(empty.status == .unprocessableContent)
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)

        let done = try await eve.submit("\(Self.path)/release", "reason=moved", from: Self.path)
        #expect(done.status == .seeOther)
        #expect(try branch.store.ownership(of: .wang).owner == nil)
        #expect(try branch.audit(.released).count == 1)
    }

    @Test func `the page offers what its reader may do, and no more`() async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)

        let supervisor = try await branch.signedIn(.eve).get(Self.path).body
        let manager = try await branch.signedIn(.ada).get(Self.path).body
        let teller = try await branch.signedIn(.tom).get(Self.path).body

        #expect(supervisor.contains("Release the customer"))
        #expect(!manager.contains("Release the customer"))
        #expect(manager.contains("Objections and transfers"))
        #expect(!teller.contains("Objections and transfers"))
        #expect(teller.contains("How to object"))
    }

    @Test(
        arguments: [
            (StaffID.ada, "release", "reason=x", 403), (.tom, "disputes", "act=request", 403),
            (.ada, "answers", "act=accept&opinion=x", 403),
            (.eve, "disputes", "act=request&manager=ada&reason=x", 422),
            (.eve, "disputes", "act=shout&manager=ada&reason=x", 400),
            (.eve, "disputes", "act=request&reason=x", 400),
            (.eve, "answers", "act=accept&opinion=x", 422), (.eve, "answers", "opinion=x", 400),
            (.eve, "withdrawal", "", 422), (.eve, "escalation", "reason=x", 422),
            (.sun, "release", "reason=x", 403),
        ] as [(StaffID, String, String, Int)])
    func `what may not be done is refused and changes nothing`(
        staff: StaffID, act: String, form: String, status: Int
    ) async throws {
        let branch = try await TestBranch()
        try branch.assign(.wang, to: .ada)

        let answer = try await branch.signedIn(staff)
            .submit("\(Self.path)/\(act)", form, from: "/")

        #expect(answer.status.code == status)
        #expect(try branch.store.ownership(of: .wang).owner?.manager == .ada)
        #expect(try branch.store.disputes(about: .wang).isEmpty)
    }
}
