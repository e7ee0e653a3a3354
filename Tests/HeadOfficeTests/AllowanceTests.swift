import Bank
import HeadOffice
import Testing

struct AllowanceTests {
    @Test func `an outlet's node asks so often in a minute, and another one's is its own affair`() {
        var allowance = Allowance(perMinute: 60)

        for _ in 0..<60 { #expect(allowance.wait(for: "330101", at: 5_000) == nil) }
        #expect(allowance.wait(for: "330101", at: 5_000) == 1_000)
        #expect(allowance.wait(for: "330102", at: 5_000) == nil)
        // What is refused costs nothing, and each second brings one more.
        #expect(allowance.wait(for: "330101", at: 5_400) == 600)
        #expect(allowance.wait(for: "330101", at: 6_000) == nil)
        #expect(allowance.wait(for: "330101", at: 6_000) == 1_000)
    }

    @Test func `an outlet that was quiet has a minute's worth and no more`() {
        var allowance = Allowance(perMinute: 60)
        _ = allowance.wait(for: "330101", at: 0)

        for _ in 0..<60 { #expect(allowance.wait(for: "330101", at: 3_600_000) == nil) }
        #expect(allowance.wait(for: "330101", at: 3_600_000) == 1_000)
    }
}
