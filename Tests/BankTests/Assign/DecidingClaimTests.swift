import Bank
import TestSupport
import Testing

/// A claim that was alone explains a decision by what it is, not by being alone.
struct DecidingClaimTests {
    private static let owner = Claim.made("a")

    @Test(
        arguments: [
            (.made("b", by: .zhejiang, .ruling, on: "a", to: .xihu), "ruling"),
            (.made("b", .handOver, on: "a"), "hand-over"),
            (.made("b", .transfer, on: "a", to: .xihu), "transfer"),
            (.made("b", .release, on: "a"), "release"),
            (.made("b", by: .zhejiang, .exit, on: "a"), "exit"),
        ] as [(Claim, String)])
    func `what an owner's outlet or the branch did is called by its name`(
        claim: Claim, code: String
    ) {
        let decision = Settlement.made([claim], after: Self.owner).decide()

        #expect(decision.rule == .onlyClaim)
        let deciding = Decision.decidingClaim(decision.content, [Self.owner, claim])
        #expect(deciding?.id == claim.id)
        #expect(decision.rule.code(by: deciding?.kind) == code)
    }

    @Test func `an assignment that was alone stays the only claim, and a comparison its rule`() {
        #expect(Decision.Rule.onlyClaim.code(by: .assignment) == "only-claim")
        #expect(Decision.Rule.onlyClaim.code(by: nil) == "only-claim")
        #expect(Decision.Rule.holdings.code(by: .ruling) == "holdings")
    }
}
