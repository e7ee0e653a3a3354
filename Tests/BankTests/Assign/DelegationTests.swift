import Bank
import TestSupport
import Testing

/// When somebody stands in, and for what.
struct DelegationTests {
    private func delegation(endedBy staff: StaffID? = nil) -> Delegation {
        Delegation(
            number: 1, manager: .ada, deputy: .ben, days: day("2025-03-04")...day("2025-03-05"),
            reason: "x", madeBy: .ada, madeAt: 0, endedBy: staff, endedAt: staff.map { _ in 1 })
    }

    @Test(
        arguments: [
            ("2025-03-03", .coming), ("2025-03-04", .running), ("2025-03-05", .running),
            ("2025-03-06", .ended),
        ] as [(String, Delegation.State)])
    func `it runs on its dates, the first and the last among them`(
        date: String, state: Delegation.State
    ) {
        #expect(delegation().state(on: day(date)) == state)
        #expect(delegation(endedBy: .eve).state(on: day(date)) == .ended)
    }

    @Test func `a deputy sees and writes down, and changes nothing`() {
        #expect(
            Function.allCases.filter(\.isDeputys)
                == [.profile, .holdings, .marketingRecord, .readMarketingRecords])
    }
}
