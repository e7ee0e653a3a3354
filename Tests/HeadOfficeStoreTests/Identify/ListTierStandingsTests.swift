import Bank
import HeadOfficeStore
import TestSupport
import Testing

/// The list of a first-tier branch's customers by its last close.
struct ListTierStandingsTests {
    @Test func `every customer is listed once, as the last close put them`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-01", [.wulin: "60000", .xihu: "1"])
        try branch.outlets.close("2025-03-02", [.wulin: "60000", .xihu: "60000"])
        try branch.outlets.close("2025-03-02", [.gulou: "9999"], of: .zhang)
        try branch.outlets.exchange()
        try branch.close()

        let list = try branch.bank.tierStandings(of: .zhejiang, by: "t")

        #expect(list.closed == TierCloseMark(through: day("2025-03-02"), late: []))
        let found = list.customers.map { [$0.customer.rawValue, $0.standing.pool.rawValue] }
        let expected = [
            [CustomerNumber.wang.rawValue, "target"], [CustomerNumber.zhang.rawValue, "retained"],
        ]
        #expect(found == expected.sorted { $0[0] < $1[0] })
        #expect(list.customers.first { $0.customer == .wang }?.outlets == 2)
    }

    @Test func `whom no close has found yet is not listed`() throws {
        let branch = try TierBranch()
        try branch.outlets.close("2025-03-01", [.wulin: "60000"])
        try branch.outlets.exchange()

        let list = try branch.bank.tierStandings(of: .zhejiang, by: "t")

        #expect(list.closed == nil)
        #expect(list.customers.isEmpty)
    }

    @Test func `a look at the list is in the audit, and an unknown branch is refused`() throws {
        let branch = try TierBranch()

        _ = try branch.bank.tierStandings(of: .zhejiang, by: "os:op")
        #expect(throws: Refusal.self) { try branch.bank.tierStandings(of: "99", by: "os:op") }

        let looks = try TableDump(branch.office.directory.path + "/office/data.sqlite")["audit"]
            .filter { $0.contains("os:op") }
        #expect(looks.count == 1)
        #expect(looks.allSatisfy { $0.contains("standings") })
    }
}
