import Bank
import TestSupport
import Testing

/// Who looked after a customer and when, for each way in which ownership moves.
struct OwnershipHistoryTests {
    /// What a test says of a period.
    private struct Line: Equatable, CustomStringConvertible {
        let from: String
        let to: String?
        let who: String
        let reason: Claim.Kind?
        let record: Int64?
        let ending: Claim.Kind?

        init(
            _ from: String, _ to: String?, _ who: String, _ reason: Claim.Kind?, _ record: Int64?,
            ended ending: Claim.Kind? = nil
        ) {
            self.from = from
            self.to = to
            self.who = who
            self.reason = reason
            self.record = record
            self.ending = ending
        }

        init(_ period: OwnershipHistory.Period) {
            self.init(
                period.from.description, period.to?.description,
                "\(period.outlet) \(period.manager?.rawValue ?? "–")", period.reason,
                period.record, ended: period.ending)
        }

        var description: String { "\(from) \(to ?? "–") \(who) \(String(describing: reason))" }
    }

    private func settled(
        _ number: Int64, _ claim: Claim?, _ rule: Decision.Rule = .onlyClaim
    ) -> OwnershipHistory.Settled {
        OwnershipHistory.Settled(
            number: number, claim: claim?.id, owner: claim.flatMap(Ownership.Owner.init),
            rule: rule)
    }

    private func lines(
        _ claims: [(Claim, Decision.Outcome?)], _ settled: [OwnershipHistory.Settled],
        _ provisional: Decision? = nil
    ) -> [Line] {
        OwnershipHistory(
            claims: claims.map { (claim: $0.0, outcome: $0.1) }, settled: settled,
            provisional: provisional
        ).periods.map(Line.init)
    }

    private static let first = Claim.made("a", to: .wulin, .ada, made: "2025-03-03")

    @Test func `an assignment begins a period that lasts`() {
        #expect(
            lines([(Self.first, .owner)], [settled(1, Self.first)])
                == [Line("2025-03-03", nil, "330101 ada", .assignment, 1)])
    }

    @Test func `nobody ever claimed, and there is no history`() {
        #expect(lines([], []) == [])
        #expect(OwnershipHistory(claims: [], settled: []).former == nil)
    }

    @Test func `a hand-over ends one manager's time and begins another's`() {
        let handOver = Claim.made("b", .handOver, on: "a", to: .wulin, .ben, made: "2025-04-10")

        #expect(
            lines(
                [(handOver, .owner), (Self.first, .owner)],
                [settled(5, handOver), settled(2, Self.first)])
                == [
                    Line("2025-03-03", "2025-04-10", "330101 ada", .assignment, 2),
                    Line("2025-04-10", nil, "330101 ben", .handOver, 5),
                ])
    }

    @Test func `what one settlement decided at once were periods all the same`() {
        let handOver = Claim.made("b", .handOver, on: "a", to: .wulin, .ben, made: "2025-03-04")
        let transfer = Claim.made("c", .transfer, on: "b", to: .xihu, .cai, made: "2025-03-05")

        #expect(
            lines(
                [(Self.first, .followed), (handOver, .followed), (transfer, .owner)],
                [settled(1, transfer)])
                == [
                    Line("2025-03-03", "2025-03-04", "330101 ada", .assignment, 1),
                    Line("2025-03-04", "2025-03-05", "330101 ben", .handOver, 1),
                    Line("2025-03-05", nil, "330102 cai", .transfer, 1),
                ])
    }

    @Test func `a claim that lost gave nobody a time`() {
        let other = Claim.made("z", by: .xihu, to: .xihu, .cai, made: "2025-03-01")

        #expect(
            lines([(Self.first, .owner), (other, .lost)], [settled(1, Self.first, .holdings)])
                == [Line("2025-03-03", nil, "330101 ada", .assignment, 1)])
    }

    @Test(
        arguments: [
            (.release, UnitCode.wulin), (.exit, .zhejiang),
        ] as [(Claim.Kind, UnitCode)])
    func `what ends an ownership ends its period, and the former owner is known`(
        kind: Claim.Kind, author: UnitCode
    ) {
        let end = Claim.made("e", by: author, kind, on: "a", made: "2025-09-01")
        let history = OwnershipHistory(
            claims: [(claim: Self.first, outcome: .owner), (claim: end, outcome: .ended)],
            settled: [settled(1, Self.first), settled(9, nil)])
        let former = FormerOwner(history)

        #expect(
            history.periods.map(Line.init)
                == [Line("2025-03-03", "2025-09-01", "330101 ada", .assignment, 1, ended: kind)])
        #expect(former?.manager == .ada)
        #expect(former?.until == day("2025-09-01"))
        #expect(former?.ending == kind)
        #expect(former?.isSuggested(on: day("2025-11-30")) == true)
        #expect(former?.isSuggested(on: day("2025-12-01")) == false)
    }

    @Test func `whoever comes back has a second time, and no former owner while it lasts`() {
        let end = Claim.made("e", .release, on: "a", made: "2025-05-01")
        let again = Claim.made("f", to: .wulin, .ben, made: "2025-06-01")
        let history = OwnershipHistory(
            claims: [
                (claim: Self.first, outcome: .owner), (claim: end, outcome: .ended),
                (claim: again, outcome: .owner),
            ], settled: [settled(1, Self.first), settled(2, nil), settled(3, again)])

        #expect(
            history.periods.map(Line.init)
                == [
                    Line("2025-03-03", "2025-05-01", "330101 ada", .assignment, 1, ended: .release),
                    Line("2025-06-01", nil, "330101 ben", .assignment, 3),
                ])
        #expect(history.former == nil)
    }

    @Test(arguments: [Claim.Kind.ruling, .reorganisation])
    func `the first-tier branch gives the customer to another outlet`(kind: Claim.Kind) {
        let ruling = Claim.made(
            "r", by: .zhejiang, kind, on: "a", to: .gulou, .dan, made: "2025-04-01")

        #expect(
            lines(
                [(Self.first, .owner), (ruling, .owner)],
                [settled(1, Self.first), settled(2, ruling, .ruling)])
                == [
                    Line("2025-03-03", "2025-04-01", "330101 ada", .assignment, 1),
                    Line("2025-04-01", nil, "330201 dan", kind, 2),
                ])
    }

    @Test func `before it is settled a period is provisional and has no record`() {
        let decision = Settlement.made([Self.first]).decide()
        let periods = OwnershipHistory(
            claims: [(claim: Self.first, outcome: nil)], settled: [], provisional: decision
        ).periods

        #expect(periods.map(Line.init) == [Line("2025-03-03", nil, "330101 ada", .assignment, nil)])
        #expect(periods.map(\.isProvisional) == [true])
    }

    @Test func `a release that is not settled ends the period provisionally`() {
        let end = Claim.made("e", .release, on: "a", made: "2025-05-01")
        let decision = Settlement.made([end], after: Self.first).decide()

        #expect(
            lines([(Self.first, .owner), (end, nil)], [settled(1, Self.first)], decision)
                == [
                    Line("2025-03-03", "2025-05-01", "330101 ada", .assignment, 1, ended: .release)
                ])
    }

    @Test func `who was assigned and released before any settlement had a time all the same`() {
        let end = Claim.made("e", .release, on: "a", made: "2025-03-05")
        let decision = Settlement.made([Self.first, end]).decide()

        #expect(
            lines([(Self.first, nil), (end, nil)], [], decision)
                == [
                    Line(
                        "2025-03-03", "2025-03-05", "330101 ada", .assignment, nil, ended: .release)
                ])
        #expect(
            lines([(Self.first, .followed), (end, .ended)], [settled(1, nil)])
                == [
                    Line("2025-03-03", "2025-03-05", "330101 ada", .assignment, 1, ended: .release)
                ])
    }

    @Test func `a settlement that found nothing to decide on began nothing`() {
        #expect(lines([(Self.first, .refused)], [settled(1, nil, .noClaim)]) == [])
    }

    @Test func `of a claim that is not known here the record says who and since when`() {
        #expect(
            lines([], [settled(1, Self.first), settled(2, nil)])
                == [Line("2025-03-03", nil, "330101 ada", nil, 1)])
        let history = OwnershipHistory(
            claims: [], settled: [settled(1, Self.first), settled(2, nil)])
        #expect(history.former?.isOver == true)
        #expect(FormerOwner(history)?.isSuggested(on: day("2025-03-04")) == false)
    }

    @Test func `a later claim with an earlier date ends a period no earlier than it began`() {
        let ruling = Claim.made(
            "r", by: .zhejiang, .ruling, on: "a", to: .gulou, .dan, made: "2025-01-01")

        #expect(
            lines(
                [(Self.first, .owner), (ruling, .owner)],
                [settled(1, Self.first), settled(2, ruling, .ruling)]
            ).first?.to == "2025-03-03")
    }

    @Test func `a settlement that left all as it was begins nothing`() {
        #expect(
            lines(
                [(Self.first, .owner)],
                [settled(1, Self.first), settled(2, Self.first, .standing)])
                == [Line("2025-03-03", nil, "330101 ada", .assignment, 1)])
    }
}
