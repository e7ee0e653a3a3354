import Bank
import TestSupport
import Testing

struct SettlementTests {
    /// Each row differs in one thing, and in it the first claim is ahead of the second; in every
    /// later thing the second would be ahead.
    @Test(
        arguments: [
            (
                .activeCard, .made("z", by: .xihu, card: true, holdings: 1, demand: nil),
                .made("a", by: .wulin, holdings: 9)
            ),
            (.holdings, .made("z", by: .xihu, holdings: 10, demand: nil), .made("a", holdings: 9)),
            (.holdings, .made("z", by: .xihu, holdings: 0, demand: nil), .made("a", holdings: nil)),
            (
                .holdings, .made("z", by: .xihu, holdings: -1, demand: nil),
                .made("a", holdings: nil)
            ),
            (.demandAccount, .made("z", by: .xihu, demand: "2019-12-31", began: nil), .made("a")),
            (.demandAccount, .made("z", by: .xihu, began: nil), .made("a", demand: nil)),
            (
                .demandAccount, .made("z", by: .xihu, demand: "1969-12-31", began: nil),
                .made("a", demand: "1970-01-01")
            ),
            (.businessDate, .made("z", by: .xihu, began: "2025-03-31"), .made("a")),
            (.businessDate, .made("z", by: .xihu), .made("a", began: nil)),
            (.outletCode, .made("z", by: .wulin), .made("a", by: .xihu)),
            (.outletCode, .made("z", by: "3301"), .made("a", by: "33010")),
            (.claimID, .made("a"), .made("b")),
            (.claimID, .made("Z"), .made("a")),
        ] as [(Decision.Rule, Claim, Claim)])
    func `of two claims the first in the order wins`(
        rule: Decision.Rule, winner: Claim, loser: Claim
    ) {
        let expected = Verdict(owner: winner.id, rule, [winner.id: .owner, loser.id: .lost])

        #expect(Verdict(Settlement.made([winner, loser]).decide()) == expected)
        #expect(Verdict(Settlement.made([loser, winner]).decide()) == expected)
    }

    @Test func `a ruling comes before everything else`() {
        let ruling = Claim.made("z", by: .zhejiang, .ruling, to: .xihu, holdings: nil, demand: nil)
        let claim = Claim.made("a", card: true, holdings: 1_000_000)

        let decision = Settlement.made([ruling, claim]).decide()

        #expect(Verdict(decision) == Verdict(owner: "z", .ruling, ["z": .owner, "a": .lost]))
    }

    @Test func `the trace has every rule that was level and the one that decided, with the values`()
    {
        let claims: [Claim] = [
            .made("a", holdings: 100, demand: "2021-01-01"), .made("b", by: .xihu, holdings: 100),
            .made("c", by: .gulou, holdings: nil),
        ]

        let decision = Settlement.made(claims).decide()

        #expect(
            decision.comparisons.map(\.rule) == [.ruling, .activeCard, .holdings, .demandAccount])
        #expect(
            decision.comparisons.map(\.values) == [
                ["a": "no", "b": "no", "c": "no"], ["a": "no", "b": "no", "c": "no"],
                ["a": "100", "b": "100", "c": nil], ["a": "2021-01-01", "b": "2020-01-01"],
            ])
        #expect(
            Verdict(decision)
                == Verdict(
                    owner: "b", .demandAccount, ["a": .lost, "b": .owner, "c": .lost]))
    }

    @Test func `head office's figure counts instead of the claim's own`() {
        let boasting = Claim.made("a", holdings: 999)
        let honest = Claim.made("b", by: .xihu, holdings: 200)
        let figure = Evidence(
            activeCard: false, holdings: HalfFen(150), demandAccountOpened: nil,
            businessDate: day("2025-04-01"))

        let decision = Settlement.made([boasting, honest], figures: ["a": figure]).decide()

        #expect(decision.owner?.id == "b")
        #expect(decision.evidence == ["a": figure, "b": honest.evidence])
    }

    private static let forms: [(String, Settlement)] = {
        let owner = Claim.made("p", by: .gulou, made: "2025-01-01")
        return [
            ("level claims", .made([.made("a"), .made("b"), .made("c", by: .xihu), .made("d")])),
            (
                "by every rule",
                .made([
                    .made("a", holdings: 1), .made("b", by: .xihu, holdings: 2),
                    .made("c", by: .gulou, holdings: 2, demand: nil), .made("d", card: true),
                ])
            ),
            (
                "hand-overs and a rival",
                .made([
                    .made("a"), .made("b", .handOver, on: "a"), .made("c", .handOver, on: "b"),
                    .made("d", by: .xihu, holdings: 101),
                ])
            ),
            (
                "a release on a chain",
                .made([
                    .made("a"), .made("b", .handOver, on: "a"), .made("c", .release, on: "b"),
                    .made("d", by: .xihu, holdings: 1),
                ])
            ),
            (
                "after a settled owner",
                .made(
                    [
                        .made("a", by: .gulou, .handOver, on: "p"), .made("b", by: .xihu),
                        .made("c", by: .gulou, .transfer, on: "a", to: .wulin),
                        .made("d", .handOver, on: "c"),
                    ], after: owner)
            ),
            (
                "a ruling against a hand-over",
                .made(
                    [
                        .made("a", by: .gulou, .handOver, on: "p"),
                        .made("b", by: .zhejiang, .ruling, on: "p", to: .xihu),
                        .made("c", by: .xihu, .handOver, on: "b"), .made("d", by: .wulin, on: "p"),
                    ], after: owner)
            ),
            (
                "with one refused",
                .made(
                    [
                        .made("a", card: true), .made("b"), .made("c", by: .xihu),
                        .made("d", .handOver, on: "a"),
                    ],
                    refused: ["a": .notTarget])
            ),
        ]
    }()

    @Test(arguments: forms.indices)
    func `every order of three and of four claims gives the same decision, byte for byte`(
        index: Int
    ) {
        let (name, form) = Self.forms[index]
        for claims in [form.claims, Array(form.claims.prefix(3))] {
            let orders = permutations(claims)
            let contents = Set(
                orders.map { order in
                    Settlement.made(
                        order, after: form.previous, figures: form.figures, refused: form.refused
                    ).decide().content.description
                })

            #expect(orders.count == (claims.count == 4 ? 24 : 6))
            #expect(contents.count == 1, "\(name)")
        }
    }

    @Test func `all 720 orders of six claims give the same decision, byte for byte`() {
        let claims: [Claim] = [
            .made("a", holdings: 100), .made("b", .handOver, on: "a", .ben, holdings: 100),
            .made("c", by: .xihu, holdings: 100), .made("d", by: .gulou, holdings: 99),
            .made("e", .handOver, on: "b"), .made("f", by: .gulou, .manual, holdings: 100),
        ]

        let orders = permutations(claims)
        let contents = Set(
            orders.map { order in
                Settlement.made(order, refused: ["d": .notTarget]).decide().content.description
            })

        #expect(orders.count == 720)
        #expect(contents.count == 1)
    }

    @Test func `a chain competes with its head and is judged by the evidence of the head`() {
        let claims: [Claim] = [
            .made("a", holdings: 100), .made("b", .handOver, on: "a", .ben, holdings: 100),
            .made("c", by: .xihu, holdings: 99),
        ]

        #expect(
            Verdict(Settlement.made(claims).decide())
                == Verdict(owner: "b", .holdings, ["a": .followed, "b": .owner, "c": .lost]))
    }

    @Test func `a chain that loses is lost from end to end`() {
        let claims: [Claim] = [
            .made("a"), .made("b", .handOver, on: "a"), .made("c", by: .xihu, holdings: 101),
        ]

        #expect(
            Verdict(Settlement.made(claims).decide())
                == Verdict(owner: "c", .holdings, ["a": .lost, "b": .lost, "c": .owner]))
    }

    private static let owner = Claim.made("p", by: .gulou, made: "2025-01-01")

    @Test(
        arguments: [
            ("nothing", [], Verdict(owner: "p", .standing, [:])),
            (
                "a claim that saw nobody", [.made("a", card: true)],
                Verdict(owner: "p", .standing, ["a": .late])
            ),
            (
                "a stranger's claim on the owner", [.made("a", on: "p")],
                Verdict(owner: "p", .standing, ["a": .late])
            ),
            (
                "a claim on an owner before", [.made("a", by: .gulou, .handOver, on: "o")],
                Verdict(owner: "p", .standing, ["a": .late])
            ),
            (
                "a hand-over by the owner's outlet", [.made("a", by: .gulou, .handOver, on: "p")],
                Verdict(owner: "a", .onlyClaim, ["a": .owner])
            ),
            (
                "a hand-over by a stranger", [.made("a", .handOver, on: "p")],
                Verdict(owner: "p", .standing, ["a": .refused])
            ),
            (
                "a transfer, and a hand-over at the new outlet",
                [
                    .made("a", by: .gulou, .transfer, on: "p", to: .xihu),
                    .made("b", by: .xihu, .handOver, on: "a"),
                ],
                Verdict(owner: "b", .onlyClaim, ["a": .followed, "b": .owner])
            ),
            (
                "a hand-over by the outlet that gave away",
                [
                    .made("a", by: .gulou, .transfer, on: "p", to: .xihu),
                    .made("b", by: .gulou, .handOver, on: "a"),
                ],
                Verdict(owner: "a", .onlyClaim, ["a": .owner, "b": .refused])
            ),
            (
                "a release", [.made("a", by: .gulou, .release, on: "p")],
                Verdict(owner: nil, .onlyClaim, ["a": .ended])
            ),
            (
                "a stranger's release", [.made("a", .release, on: "p")],
                Verdict(owner: "p", .standing, ["a": .refused])
            ),
            (
                "a release never competes: the hand-over on the same base stands",
                [
                    .made("a", by: .gulou, .release, on: "p"),
                    .made("b", by: .gulou, .handOver, on: "p"),
                ],
                Verdict(owner: "b", .onlyClaim, ["a": .ended, "b": .owner])
            ),
            (
                "a release and a late claim: nobody yet",
                [.made("a", by: .gulou, .release, on: "p"), .made("b")],
                Verdict(owner: nil, .onlyClaim, ["a": .ended, "b": .late])
            ),
            (
                "a claim on the release",
                [.made("a", by: .gulou, .release, on: "p"), .made("b", on: "a")],
                Verdict(owner: "b", .onlyClaim, ["a": .followed, "b": .owner])
            ),
            (
                "an exit by the first-tier branch", [.made("a", by: .zhejiang, .exit, on: "p")],
                Verdict(owner: nil, .onlyClaim, ["a": .ended])
            ),
            (
                "an exit by an outlet", [.made("a", by: .gulou, .exit, on: "p")],
                Verdict(owner: "p", .standing, ["a": .refused])
            ),
            (
                "a ruling against a hand-over",
                [
                    .made("a", by: .gulou, .handOver, on: "p", card: true),
                    .made("b", by: .zhejiang, .ruling, on: "p", to: .xihu),
                ],
                Verdict(owner: "b", .ruling, ["a": .lost, "b": .owner])
            ),
        ] as [(String, [Claim], Verdict)])
    func `with a settled owner only what builds on their claim moves it`(
        name: String, claims: [Claim], expected: Verdict
    ) {
        let decision = Settlement.made(claims, after: Self.owner).decide()

        #expect(Verdict(decision) == expected)
        #expect(decision.previous == "p")
    }

    @Test func `an outlet awaiting assignment may assign what it was ruled to have`() {
        let ruled = Claim(
            id: "p", customer: .wang, firstTier: .zhejiang, author: .zhejiang, kind: .ruling,
            base: nil, outlet: .gulou, manager: nil, evidence: Self.owner.evidence,
            businessDate: day("2025-01-01"), stamp: "", enteredBy: .fay)

        #expect(
            Verdict(
                Settlement.made(
                    [.made("a", by: .gulou, on: "p"), .made("b", by: .xihu, on: "p")], after: ruled
                ).decide()
            ) == Verdict(owner: "a", .onlyClaim, ["a": .owner, "b": .late]))
    }

    @Test(
        arguments: [
            (
                "with a base that nobody knows",
                [.made("a", on: "gone"), .made("b", by: .xihu, holdings: 1)],
                Verdict(owner: "a", .holdings, ["a": .owner, "b": .lost])
            ),
            (
                "a hand-over by who may not",
                [.made("a", holdings: 1), .made("b", by: .xihu, .handOver, on: "a")],
                Verdict(owner: "a", .onlyClaim, ["a": .owner, "b": .refused])
            ),
            (
                "an assignment on another's claim takes nothing from it",
                [.made("a", holdings: 101), .made("b", by: .xihu, on: "a")],
                Verdict(owner: "a", .holdings, ["a": .owner, "b": .lost])
            ),
            (
                "a hand-over of nothing",
                [.made("a", .handOver), .made("b", by: .xihu, holdings: 1)],
                Verdict(owner: "b", .onlyClaim, ["a": .refused, "b": .owner])
            ),
            (
                "an assignment to another outlet",
                [.made("a", to: .gulou), .made("b", by: .xihu, holdings: 1)],
                Verdict(owner: "b", .onlyClaim, ["a": .refused, "b": .owner])
            ),
            (
                "a release of a claim that lost ends nothing",
                [.made("a"), .made("b", by: .xihu, holdings: 101), .made("c", .release, on: "a")],
                Verdict(owner: "b", .onlyClaim, ["a": .followed, "b": .owner, "c": .ended])
            ),
            (
                "a release of a provisional claim leaves the rival",
                [
                    .made("a", card: true), .made("b", .release, on: "a"), .made("c", by: .xihu),
                ],
                Verdict(owner: "c", .onlyClaim, ["a": .followed, "b": .ended, "c": .owner])
            ),
            ("nobody claims", [], Verdict(owner: nil, .noClaim, [:])),
        ] as [(String, [Claim], Verdict)])
    func `without a settled owner every claim is a candidate`(
        name: String, claims: [Claim], expected: Verdict
    ) {
        #expect(Verdict(Settlement.made(claims).decide()) == expected)
    }

    @Test func `a refused claim is out of the race and recorded with its reason`() {
        let claims: [Claim] = [.made("a", card: true), .made("b", by: .xihu)]

        let decision = Settlement.made(
            claims, refused: ["a": .notTarget, "x": .noAccount]
        ).decide()

        #expect(Verdict(decision) == Verdict(owner: "b", .onlyClaim, ["a": .refused, "b": .owner]))
        #expect(decision.refused == ["a": .notTarget])
        #expect(decision.considered == ["a", "b"])
    }

    @Test func `the content holds codes and values alone, in canonical form`() {
        let content = Settlement.made([.made("a")]).decide().content

        #expect(
            content.description == """
                {"answered":{},"comparisons":[],"considered":["a"],"customer":"3300000001",\
                "evidence":{"a":{"activeCard":false,"businessDate":"2025-04-01",\
                "demandAccountOpened":"2020-01-01","holdings":100}},"firstTier":"33",\
                "outcomes":{"a":"owner"},"owner":{"claim":"a","manager":"m-a","outlet":"330101",\
                "since":"2025-04-01"},"previous":null,"refused":{},"rule":"only-claim",\
                "rulesVersion":"2"}
                """)
    }
}
