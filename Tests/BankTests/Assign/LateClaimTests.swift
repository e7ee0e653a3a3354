import Bank
import TestSupport
import Testing

/// Claims on a customer who had been settled otherwise meanwhile.
struct LateClaimTests {
    private static let entries: [(claim: Claim, outcome: Decision.Outcome?)] = [
        (.made("a"), .late), (.made("b", by: .xihu), .late), (.made("c", by: .gulou), .lost),
        (.made("d", by: .gulou, .release, on: "o"), .late), (.made("e"), .refused),
        (.made("f"), nil),
    ]

    @Test(
        arguments: [
            ("while somebody owns the customer", true, [:], ["f"]),
            ("when nobody does", false, [:], ["a", "b", "f"]),
            ("one refused", false, ["a": .refused], ["b", "f"]),
            ("one withdrawn", false, ["b": .withdrawn], ["a", "f"]),
        ] as [(String, Bool, [ClaimID: Decision.Answer], [ClaimID])])
    func `late claims are candidates again when nobody owns the customer`(
        name: String, isOwned: Bool, answered: [ClaimID: Decision.Answer], expected: [ClaimID]
    ) {
        let open = Settlement.open(Self.entries, isOwned: isOwned, answered: answered)

        #expect(open.map(\.id) == expected)
    }

    @Test func `a late claim whose request had its answer is no candidate, and the record says so`()
    {
        let claims: [Claim] = [.made("a", holdings: 1_000), .made("b", by: .xihu)]

        let decision = Settlement.made(claims, answered: ["a": .withdrawn, "x": .refused]).decide()

        #expect(Verdict(decision) == Verdict(owner: "b", .onlyClaim, ["a": .late, "b": .owner]))
        #expect(decision.content["answered"] == ["a": "withdrawn"])
        #expect(decision.considered == ["a", "b"])
    }

    @Test func `where each had its answer nobody owns the customer`() {
        let decision = Settlement.made([.made("a")], answered: ["a": .refused]).decide()

        #expect(Verdict(decision) == Verdict(owner: nil, .noClaim, ["a": .late]))
    }

    @Test func `what builds on a ruling has the ruling's place in the order`() {
        let owner = Claim.made("p", by: .gulou, made: "2025-01-01")
        let claims: [Claim] = [
            .made("r", by: .zhejiang, .ruling, on: "p", to: .xihu),
            .made("h", by: .xihu, .handOver, on: "r", holdings: 1),
            .made("k", by: .gulou, .handOver, on: "p", card: true, holdings: 1_000),
        ]

        let now = Settlement.made(claims, after: owner).decide()
        let before = Settlement.made(
            claims, after: owner, rules: SettlementRules.all[0]
        ).decide()

        #expect(
            Verdict(now)
                == Verdict(owner: "h", .ruling, ["h": .owner, "k": .lost, "r": .followed]))
        #expect(before.owner?.id == "k")
    }

    @Test(
        arguments: [
            (
                "a stranger's hand-over", [.made("a", .handOver, on: "p")], "p",
                Decision.Outcome.late
            ),
            ("a stranger's release", [.made("a", .release, on: "p")], "p", .late),
        ] as [(String, [Claim], ClaimID, Decision.Outcome)])
    func `the first version of the rules decides as it did`(
        name: String, claims: [Claim], owner: ClaimID, outcome: Decision.Outcome
    ) {
        let decision = Settlement.made(
            claims, after: .made("p", by: .gulou), rules: SettlementRules.all[0]
        ).decide()

        #expect(Verdict(decision) == Verdict(owner: owner, .standing, ["a": outcome]))
    }

    @Test func `the first version's decisions keep their form, byte for byte`() {
        let content = Settlement.made([.made("a")], rules: SettlementRules.all[0]).decide().content

        #expect(
            content.description == """
                {"comparisons":[],"considered":["a"],"customer":"3300000001",\
                "evidence":{"a":{"activeCard":false,"businessDate":"2025-04-01",\
                "demandAccountOpened":"2020-01-01","holdings":100}},"firstTier":"33",\
                "outcomes":{"a":"owner"},"owner":{"claim":"a","manager":"m-a","outlet":"330101",\
                "since":"2025-04-01"},"previous":null,"refused":{},"rule":"only-claim",\
                "rulesVersion":"1"}
                """)
    }

    @Test func `all 720 orders of six claims give the same decision, byte for byte`() {
        let owner = Claim.made("p", by: .gulou, made: "2025-01-01")
        let claims: [Claim] = [
            .made("a", by: .gulou, .release, on: "p"), .made("b", by: .xihu, on: "a", holdings: 5),
            .made("c", on: "a", holdings: 6), .made("d", .handOver, on: "c", holdings: 6),
            .made("e", by: .xihu), .made("f", by: .xihu, .handOver, on: "c"),
        ]
        let orders = permutations(claims)

        for (previous, answered) in [
            (owner, [:]), (nil, [:]), (nil, ["e": .withdrawn]),
        ] as [(Claim?, [ClaimID: Decision.Answer])] {
            let contents = Set(
                orders.map {
                    Settlement.made($0, after: previous, answered: answered).decide().content
                        .description
                })
            #expect(contents.count == 1)
        }
        #expect(orders.count == 720)
        #expect(
            Verdict(Settlement.made(claims, after: owner).decide())
                == Verdict(
                    owner: "d", .holdings,
                    [
                        "a": .followed, "b": .lost, "c": .followed, "d": .owner, "e": .late,
                        "f": .refused,
                    ]))
    }

    @Test(
        arguments: [
            ("one claim", Ownership.State.provisional, false, [Claim.made("a")]),
            ("two claims", .contested, true, [.made("a"), .made("b", by: .xihu)]),
        ])
    func `marketing messages pause while the customer is contested`(
        name: String, state: Ownership.State, holds: Bool, claims: [Claim]
    ) {
        let ownership = Ownership(settled: nil, unsettled: claims)

        #expect(ownership.state == state)
        #expect(ownership.holdsMarketing == holds)
    }
}
