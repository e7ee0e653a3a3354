import Bank
import TestSupport
import Testing

struct DisputeTests {
    /// 2025-03-03 is a Monday.
    private static func step(
        _ kind: DisputeStep.Kind, _ id: String, by author: UnitCode = .xihu, on date: String,
        begins: DisputeStepID? = nil, to outlet: UnitCode? = nil, claim: ClaimID? = nil,
        new evidence: String? = nil
    ) -> DisputeStep {
        let isFirst = begins == nil
        return DisputeStep(
            id: DisputeStepID(id), begins: begins, customer: .wang, firstTier: .zhejiang,
            author: author, kind: kind, outlet: isFirst ? outlet ?? author : outlet,
            manager: isFirst ? .cai : nil, counterParty: isFirst ? .wulin : nil,
            against: isFirst ? "p" : nil, claim: claim, opinion: "意见", newEvidence: evidence,
            businessDate: day(date), stamp: "0-0-n", enteredBy: .sun)
    }

    private static func terms(_ date: String, holidays: [BusinessDay: Holiday.Kind] = [:])
        -> DisputeTerms
    {
        DisputeTerms(day: day(date), workingDays: WorkingDays(holidays), wait: 5, rest: 90)
    }

    private static let request = step(.requested, "q", on: "2025-03-03", claim: "late")
    private static let objection = step(.objected, "q", on: "2025-03-03")

    private static func answer(
        _ kind: DisputeStep.Kind, by author: UnitCode, on date: String = "2025-03-04",
        _ id: String? = nil, to outlet: UnitCode? = nil
    ) -> DisputeStep {
        step(
            kind, id ?? kind.rawValue, by: author, on: date, begins: "q", to: outlet,
            claim: kind == .consented || kind == .ruled ? "c" : nil)
    }

    @Test(
        arguments: [
            ("asked", request, [], .withCounterParty, nil),
            ("agreed to", request, [answer(.consented, by: .wulin)], .closed, .consented),
            ("refused", request, [answer(.refused, by: .wulin)], .closed, .refused),
            (
                "refused and taken up", request,
                [answer(.refused, by: .wulin), answer(.escalated, by: .xihu)], .atFirstTier, nil
            ),
            ("withdrawn", request, [answer(.withdrawn, by: .xihu)], .closed, .withdrawn),
            (
                "withdrawn and agreed to at once: the customer has gone over", request,
                [answer(.withdrawn, by: .xihu), answer(.consented, by: .wulin)], .closed,
                .consented
            ),
            ("objected", objection, [], .withCounterParty, nil),
            (
                "an objection refused goes up", objection, [answer(.refused, by: .wulin)],
                .atFirstTier, nil
            ),
            (
                "ruled", objection,
                [answer(.refused, by: .wulin), answer(.ruled, by: .zhejiang, to: .xihu)], .closed,
                .ruled
            ),
            (
                "an answer by who was not asked", request, [answer(.consented, by: .gulou)],
                .withCounterParty, nil
            ),
            (
                "an answer by who asked", request, [answer(.refused, by: .xihu)],
                .withCounterParty, nil
            ),
            (
                "withdrawn by a stranger", request, [answer(.withdrawn, by: .gulou)],
                .withCounterParty, nil
            ),
            (
                "taken up by the counter-party", request,
                [answer(.refused, by: .wulin), answer(.escalated, by: .wulin)], .closed, .refused
            ),
            (
                "taken up before any answer", request, [answer(.escalated, by: .xihu)],
                .withCounterParty, nil
            ),
            (
                "gone up by itself", request, [answer(.escalated, by: .zhejiang, on: "2025-03-10")],
                .atFirstTier, nil
            ),
            (
                "refused after it went up: it is no longer theirs to end", request,
                [
                    answer(.escalated, by: .zhejiang, on: "2025-03-10"),
                    answer(.refused, by: .wulin, on: "2025-03-10"),
                ], .atFirstTier, nil
            ),
            (
                "refused in time, though the line was down until it went up", request,
                [
                    answer(.escalated, by: .zhejiang, on: "2025-03-10"),
                    answer(.refused, by: .wulin, on: "2025-03-07"),
                ], .closed, .refused
            ),
            (
                "agreed to after it went up", request,
                [
                    answer(.escalated, by: .zhejiang, on: "2025-03-10"),
                    answer(.consented, by: .wulin, on: "2025-03-11"),
                ], .closed, .consented
            ),
            (
                "ruled by an outlet", request, [answer(.ruled, by: .wulin, to: .wulin)],
                .withCounterParty, nil
            ),
        ] as [(String, DisputeStep, [DisputeStep], Dispute.State, Dispute.Ending?)])
    func `a dispute goes from the counter-party to the first-tier branch and is closed`(
        name: String, first: DisputeStep, answers: [DisputeStep], state: Dispute.State,
        ending: Dispute.Ending?
    ) throws {
        for steps in permutations([first] + answers) {
            let disputes = Dispute.all(of: steps, owner: .wulin, Self.terms("2025-03-05"))

            #expect(disputes.map(\.state) == [state])
            #expect(disputes.map(\.ending) == [ending])
        }
    }

    @Test(
        arguments: [
            ("the next day", "2025-03-04", [:], 1, Dispute.State.withCounterParty),
            ("after four working days", "2025-03-07", [:], 4, .withCounterParty),
            ("over the week-end", "2025-03-09", [:], 4, .withCounterParty),
            ("after five working days", "2025-03-10", [:], 5, .atFirstTier),
            (
                "over a holiday", "2025-03-10", [day("2025-03-05"): .holiday], 4,
                .withCounterParty
            ),
            (
                "with a make-up Saturday", "2025-03-08", [day("2025-03-08"): .workday], 5,
                .atFirstTier
            ),
            ("before it was made, by a clock behind", "2025-03-01", [:], 0, .withCounterParty),
        ] as [(String, String, [BusinessDay: Holiday.Kind], Int, Dispute.State)])
    func `unanswered after five working days it goes up by itself`(
        name: String, date: String, holidays: [BusinessDay: Holiday.Kind], waiting: Int,
        state: Dispute.State
    ) {
        let dispute = Dispute.all(
            of: [Self.request], owner: .wulin, Self.terms(date, holidays: holidays))[0]

        #expect(dispute.waitingDays == waiting)
        #expect(dispute.state == state)
    }

    @Test func `the step by which it goes up depends on nothing but the dispute`() {
        let overdue = ["2025-03-10", "2025-03-20", "2026-01-01"].map {
            Dispute.all(of: [Self.request], owner: .wulin, Self.terms($0))[0]
        }
        #expect(overdue.map(\.isOverdue) == [true, true, true])
        let step = overdue[0].goingUp
        #expect(Set(overdue.map(\.goingUp)) == [step])
        #expect(step.businessDate == day("2025-03-10"))
        #expect(step.isByTime)
        #expect(DisputeStep(id: step.id, content: step.content) == step)
        // Once it is written, nothing is left to write; nor before, nor where there is an answer.
        for (answers, date) in [
            ([step], "2025-03-20"), ([], "2025-03-07"),
            ([Self.answer(.refused, by: .wulin)], "2025-03-20"),
            ([Self.answer(.withdrawn, by: .xihu)], "2025-03-20"),
        ] {
            let dispute = Dispute.all(
                of: [Self.request] + answers, owner: .wulin, Self.terms(date))[0]
            #expect(!dispute.isOverdue)
        }
    }

    @Test func `what head office does not have is raised, and no more`() {
        let disputes = Dispute.all(
            of: [Self.request], owner: .wulin, undelivered: ["q"], Self.terms("2025-03-04"))

        #expect(disputes.map(\.state) == [.raised])
    }

    @Test(
        arguments: [(nil, .lapsed), (.xihu, .lapsed), (.gulou, nil)]
            as [(UnitCode?, Dispute.Ending?)])
    func `a request lapses where nobody owns the customer or the applicant does`(
        owner: UnitCode?, ending: Dispute.Ending?
    ) {
        let disputes = Dispute.all(of: [Self.request], owner: owner, Self.terms("2025-03-04"))

        #expect(disputes.map(\.ending) == [ending])
    }

    @Test(
        arguments: [
            ("the day after", "2025-03-05", nil, Dispute.Ending?.some(.barred)),
            ("the 89th day", "2025-06-01", nil, .barred),
            ("the 90th day", "2025-06-02", nil, nil),
            ("the day after, with new evidence", "2025-03-05", "新证据", nil),
        ] as [(String, String, String?, Dispute.Ending?)])
    func `a ruling is not raised again for ninety days without new evidence`(
        name: String, date: String, evidence: String?, ending: Dispute.Ending?
    ) {
        let ruling = Self.step(
            .ruled, "r", by: .zhejiang, on: "2025-03-04", to: .wulin, claim: "c")
        let again = Self.step(.objected, "s", on: date, new: evidence)

        let disputes = Dispute.all(of: [again, ruling], owner: .wulin, Self.terms(date))

        #expect(disputes.map(\.id) == ["r", "s"])
        #expect(disputes.map(\.ending) == [.ruled, ending])
        #expect(
            (Dispute.rests(after: [ruling], on: day(date), rest: 90) == nil)
                == (day(date) >= day("2025-06-02")))
    }

    @Test(
        arguments: [
            ([], [:]), ([answer(.withdrawn, by: .xihu)], ["late": .withdrawn]),
            ([answer(.refused, by: .wulin)], ["late": .refused]),
            ([answer(.refused, by: .wulin), answer(.escalated, by: .xihu)], [:]),
            ([answer(.ruled, by: .zhejiang, to: .xihu)], [:]),
            ([answer(.ruled, by: .zhejiang, to: .wulin)], ["late": .refused]),
            ([answer(.consented, by: .wulin)], [:]),
        ] as [([DisputeStep], [ClaimID: Decision.Answer])])
    func `a late claim's request that was refused or withdrawn makes it no candidate`(
        answers: [DisputeStep], expected: [ClaimID: Decision.Answer]
    ) {
        let disputes = Dispute.all(
            of: [Self.request] + answers, owner: .wulin, Self.terms("2025-03-05"))

        #expect(Dispute.answers(disputes, to: [.made("late", by: .xihu)]) == expected)
    }

    @Test func `a request that names another outlet's claim answers nothing of it`() {
        let disputes = Dispute.all(
            of: [Self.request, Self.answer(.withdrawn, by: .xihu)], owner: .wulin,
            Self.terms("2025-03-05"))

        #expect(Dispute.answers(disputes, to: [.made("late", by: .gulou)]) == [:])
        #expect(Dispute.answers(disputes, to: []) == [:])
    }

    @Test(
        arguments: [
            request, objection, answer(.consented, by: .wulin), answer(.refused, by: .wulin),
            answer(.ruled, by: .zhejiang, to: .xihu), answer(.escalated, by: .xihu),
            step(.requested, "q", by: .zhejiang, on: "2025-03-03", to: .xihu, claim: "late"),
        ])
    func `a step is read back from its content`(step: DisputeStep) {
        #expect(DisputeStep(id: step.id, content: step.content) == step)
    }

    @Test(
        arguments: [
            ("without an opinion", request, ["opinion": " \n"]),
            ("with none at all", request, ["opinion": .null]),
            ("of an unknown kind", request, ["kind": "shouted"]),
            ("a request within a dispute", request, ["begins": "x"]),
            ("a request for another outlet", request, ["outlet": "330201"]),
            ("a request that names nobody to ask", request, ["counterParty": .null]),
            ("a request for no manager", request, ["manager": .null]),
            ("an answer to nothing", answer(.refused, by: .wulin), ["begins": .null]),
            ("a consent without a transfer", answer(.consented, by: .wulin), ["claim": .null]),
            (
                "an outlet that takes it up without an opinion",
                answer(.escalated, by: .xihu), ["opinion": ""]
            ),
            (
                "a ruling by an outlet", answer(.ruled, by: .zhejiang, to: .xihu),
                ["author": "330101"]
            ),
            (
                "with a name of any length", request,
                ["stamp": .string(String(repeating: "x", count: 81))]
            ),
            (
                "with an opinion of any length", request,
                ["opinion": .string(String(repeating: "x", count: 1_001))]
            ),
            ("with a date that is none", request, ["businessDate": "2025-02-30"]),
        ] as [(String, DisputeStep, [String: JSONValue])])
    func `a step that lacks what it must say, or its author may not write, is none`(
        name: String, step: DisputeStep, change: [String: JSONValue]
    ) {
        let content = (step.content.object ?? [:]).merging(change) { _, new in new }

        #expect(DisputeStep(id: "x", content: .object(content)) == nil)
    }
}
