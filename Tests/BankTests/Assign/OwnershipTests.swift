import Bank
import TestSupport
import Testing

struct OwnershipTests {
    private static let owner = Claim.made("p", by: .gulou, made: "2025-01-01")
    private static let settled = Ownership.Owner(
        manager: "m-p", outlet: .gulou, since: day("2025-01-01"))

    private static func owned(
        by id: String, at outlet: UnitCode, _ state: Ownership.State
    ) -> Ownership {
        Ownership(
            owner: .init(manager: StaffID("m-\(id)"), outlet: outlet, since: day("2025-04-01")),
            state: state, claim: ClaimID(id))
    }

    @Test(
        arguments: [
            ("nobody ever claimed", nil, [], Ownership.none),
            ("one claim", nil, [.made("a")], owned(by: "a", at: .wulin, .provisional)),
            (
                "two claims", nil, [.made("a"), .made("b", by: .xihu)],
                owned(by: "a", at: .wulin, .contested)
            ),
            (
                "a claim handed over", nil, [.made("a"), .made("b", .handOver, on: "a")],
                owned(by: "b", at: .wulin, .provisional)
            ),
            ("settled", owner, [], Ownership(owner: settled, state: .confirmed, claim: "p")),
            (
                "settled, with a late claim", owner, [.made("a")],
                Ownership(owner: settled, state: .confirmed, claim: "p")
            ),
            (
                "settled and handed over", owner, [.made("a", by: .gulou, .handOver, on: "p")],
                owned(by: "a", at: .gulou, .provisional)
            ),
            (
                "settled and released", owner, [.made("a", by: .gulou, .release, on: "p")],
                Ownership(owner: nil, state: .provisional, claim: nil)
            ),
        ] as [(String, Claim?, [Claim], Ownership)])
    func `before settlement the order's choice is shown with its state`(
        name: String, settled: Claim?, claims: [Claim], expected: Ownership
    ) {
        #expect(Ownership(settled: settled, unsettled: claims) == expected)
    }
}
