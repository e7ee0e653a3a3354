import Bank
import TestSupport
import Testing

/// To whom the customers of a book are dealt.
struct BookMoveTests {
    /// Ten customers: two diamonds, three golds and five without a tier; the first is the richest.
    private let book = zip(
        0..., [Tier.diamond, .gold, nil, nil, .gold, .diamond, nil, .gold, nil, nil]
    ).map { (place: Int, tier: Tier?) in
        BookCustomer(
            number: CustomerNumber("c\(place)"), tier: tier,
            assets: HalfFen(Int64(1_000 - place)))
    }

    private func order(_ kind: BookMove.Kind, _ receivers: [StaffID]) -> BookOrder {
        BookOrder(
            manager: .ada, kind: kind, receivers: receivers, effectiveOn: day("2025-03-03"),
            reason: "x")
    }

    @Test func `a hand-over gives all to one, a recall to nobody`() {
        let all = order(.handOver, [.ben]).deal(book)

        #expect(all.count == 10 && all.values.allSatisfy { $0 == .ben })
        #expect(order(.recall, []).deal(book).isEmpty)
    }

    @Test(arguments: [BookMove.Kind.splitEvenly, .splitByTier])
    func `a split gives each as many customers, in whichever order they come`(
        kind: BookMove.Kind
    ) {
        let order = order(kind, [.ben, "cleo", "dora"])

        let dealt = order.deal(book)

        let counts = Dictionary(grouping: dealt.values) { $0 }.mapValues(\.count)
        #expect(counts.values.sorted() == [3, 3, 4])
        #expect(order.deal(book.reversed()) == dealt)
    }

    @Test func `an even split goes down the assets, to whoever has got the least`() {
        let dealt = order(.splitEvenly, [.ben, "cleo"]).deal(book)

        #expect(dealt["c0"] == .ben && dealt["c1"] == "cleo" && dealt["c2"] == "cleo")
    }

    @Test func `a split by tier gives each as many of every tier`() {
        let dealt = order(.splitByTier, [.ben, "cleo"]).deal(book)

        for tier in [Tier.diamond, .gold, nil] {
            let ofTier = book.filter { $0.tier == tier }
            let bens = ofTier.count { dealt[$0.number] == .ben }
            #expect(abs(2 * bens - ofTier.count) <= 1)
        }
        #expect(dealt["c0"] != dealt["c5"])
    }

    @Test(
        arguments: [
            (BookMove.Kind.handOver, [], .receiversDoNotFit),
            (.handOver, [.ben, "cleo"], .receiversDoNotFit),
            (.splitEvenly, [.ben], .receiversDoNotFit),
            (.splitByTier, [.ben, .ben], .receiversDoNotFit),
            (.recall, [.ben], .receiversDoNotFit),
            (.handOver, [.ada], .receiverIsGiver),
            (.splitEvenly, [.ben, .ada], .receiverIsGiver),
        ] as [(BookMove.Kind, [StaffID], Refusal.Reason)])
    func `an order says to whom`(
        kind: BookMove.Kind, receivers: [StaffID], reason: Refusal.Reason
    ) {
        #expect(throws: Refusal.self) { try order(kind, receivers).check() }
            .map { #expect($0.reason == reason) }
    }

    @Test func `an order of chosen customers chooses some`() {
        let order = BookOrder(
            manager: .ada, kind: .recall, receivers: [], customers: [],
            effectiveOn: day("2025-03-03"), reason: "x")

        #expect(throws: Refusal(.nobodyChosen)) { try order.check() }
    }
}
