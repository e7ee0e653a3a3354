import Bank
import Sync
import Testing

@testable import simulate

/// The model and the product are two readings of one text: over many sets of claims they agree, and
/// the model sees where they would not.
struct ModelDecisionTests {
    private static let outlets: [UnitCode] = ["331001", "331002", "331003"]

    /// Some claims on one customer, chained on each other and on what nobody has.
    private static func claims(_ chance: inout Chance, on owner: Claim?) -> [Claim] {
        var claims: [Claim] = []
        let kinds: [Claim.Kind] = [
            .assignment, .assignment, .assignment, .handOver, .release, .transfer, .ruling, .exit,
        ]
        for number in 0..<(1 + chance.below(6)) {
            let kind = chance.pick(kinds)
            let outlet = chance.pick(outlets)
            let bases: [ClaimID?] =
                [nil, "0000"] + claims.map { $0.id } + (owner.map { [$0.id, $0.id] } ?? [])
            claims.append(
                claim(
                    kind, outlet, base: chance.pick(bases), number,
                    holdings: chance.pick([nil, 100, 100, 200]), hasCard: chance.below(4) == 0))
        }
        return claims
    }

    private static func claim(
        _ kind: Claim.Kind, _ outlet: UnitCode, base: ClaimID?, _ number: Int,
        holdings: Int64? = 100, hasCard: Bool = false
    ) -> Claim {
        let day = Scenario.firstDay + number % 2
        return Claim.make(
            customer: "1", firstTier: "33", author: kind.isFirstTiers ? "33" : outlet, kind: kind,
            base: base, outlet: kind.gives ? outlet : nil, manager: kind.gives ? "m" : nil,
            evidence: Evidence(
                activeCard: hasCard, holdings: holdings.map { HalfFen($0) },
                demandAccountOpened: nil, businessDate: day),
            businessDate: day,
            stamp: HybridStamp(milliseconds: Int64(number), counter: 0, node: "n"), enteredBy: "s")
    }

    private static func record(
        _ claims: [Claim], on owner: Claim?, refused: [ClaimID: Decision.Inadmissible] = [:],
        number: Int64
    ) -> (SettlementRecord, Decision) {
        let decision = Settlement(
            customer: "1", firstTier: "33", previous: owner, claims: claims, refused: refused
        ).decide()
        return (SettlementRecord(decision, number: number, previous: ""), decision)
    }

    @Test func `over many sets of claims the model and the product agree`() {
        var chance = Chance(5, "claims")
        for _ in 0..<3000 {
            var model = OwnershipModel()
            let first = Self.claim(.assignment, "331001", base: nil, 9)
            let (opening, openingDecision) = Self.record([first], on: nil, number: 1)
            #expect(model.follow(opening, openingDecision.content, [first]) == nil)
            let hasOwner = chance.below(2) == 0
            if !hasOwner { model = OwnershipModel() }
            let owner = hasOwner ? first : nil

            let claims = Self.claims(&chance, on: owner)
            let refused = claims.filter { _ in chance.below(8) == 0 }.map {
                ($0.id, Decision.Inadmissible.notTarget)
            }
            let (record, decision) = Self.record(
                claims, on: owner,
                refused: Dictionary(refused) { one, _ in one }, number: hasOwner ? 2 : 1)
            let fault = model.follow(record, decision.content, claims + [first])

            #expect(fault == nil, "\(fault ?? "")")
            if fault != nil { return }
        }
    }

    @Test func `a decision for another claim, or from another owner, is found`() throws {
        let (low, high) = (
            Self.claim(.assignment, "331001", base: nil, 0, holdings: 1),
            Self.claim(.assignment, "331002", base: nil, 0, holdings: 2)
        )
        let (_, wrong) = Self.record([low], on: nil, number: 1)
        let (right, decision) = Self.record([low, high], on: nil, number: 1)
        #expect(right.claim == high.id)
        guard case .object(var members) = decision.content else { return }
        var model = OwnershipModel()
        #expect(
            model.follow(
                SettlementRecord(wrong, number: 1, previous: ""), decision.content, [low, high])?
                .contains("the model") == true)

        members["previous"] = .string("0000")
        model = OwnershipModel()
        #expect(
            model.follow(right, .object(members), [low, high])?.contains("another owner") == true)

        members["previous"] = .null
        members["outcomes"] = [high.id.rawValue: "owner", low.id.rawValue: "late"]
        model = OwnershipModel()
        #expect(model.follow(right, .object(members), [low, high])?.contains("late") == true)
    }

    @Test func `a late claim that is forgotten when nobody owns the customer is found`() {
        let owner = Self.claim(.assignment, "331001", base: nil, 0)
        let late = Self.claim(.assignment, "331002", base: "0000", 1)
        let release = Self.claim(.release, "331001", base: owner.id, 2)
        let next = Self.claim(.assignment, "331003", base: release.id, 3)
        var model = OwnershipModel()
        for (number, (claims, previous)) in [
            ([owner], nil), ([late], owner), ([release], owner),
        ].enumerated() as EnumeratedSequence<[([Claim], Claim?)]> {
            let (record, decision) = Self.record(
                claims, on: previous, number: Int64(number + 1))
            #expect(
                model.follow(record, decision.content, [owner, late, release, next]) == nil)
        }

        let (record, decision) = Self.record([next], on: nil, number: 4)
        let fault = model.follow(record, decision.content, [owner, late, release, next])
        #expect(fault?.contains("forgets") == true)
    }
}
