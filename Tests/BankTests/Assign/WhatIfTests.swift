import Bank
import TestSupport
import Testing

/// Who would change hands if the order of claims changed.
struct WhatIfTests {
    private static let byHoldings = Settlement.made([
        .made("a", holdings: 200, demand: "2021-01-01"),
        .made("b", by: .xihu, demand: "2019-01-01"),
    ])

    @Test(
        arguments: [
            ("the same order", ["active-card", "holdings", "demand-account"], nil),
            ("age before holdings", ["demand-account", "holdings"], "b"),
            ("holdings alone", ["holdings"], nil),
        ] as [(String, [String], ClaimID?)])
    func `a customer changes hands where another claim would come first`(
        name: String, names: [String], expected: ClaimID?
    ) throws {
        let order = try #require(Settlement.order(names))

        let change = OwnerChange(of: .wang, [Self.byHoldings], under: order)

        #expect(change?.now?.outlet == (expected == nil ? nil : .wulin))
        #expect(change?.then?.manager == expected.map { StaffID("m-\($0)") })
        #expect(change?.rule == (expected == nil ? nil : .demandAccount))
    }

    @Test func `what builds on the owner falls with it`() throws {
        let owner = try #require(Self.byHoldings.decide().owner)
        let handOver = Settlement.made([.made("c", .handOver, on: owner.id)], after: owner)

        let change = OwnerChange(
            of: .wang, [Self.byHoldings, handOver],
            under: try #require(Settlement.order(["demand-account"])))

        #expect(change?.now?.manager == "m-c")
        #expect(change?.then?.outlet == .xihu)
    }

    @Test(arguments: [["holding"], ["holdings", "holdings"], ["standing"], ["only-claim"]])
    func `an order names rules of the order, each once`(names: [String]) {
        #expect(Settlement.order(names) == nil)
    }

    @Test func `a ruling stays first and the last rules cannot be level`() {
        #expect(
            Settlement.order(["holdings", "ruling"])
                == [.ruling, .holdings, .outletCode, .claimID])
    }
}
