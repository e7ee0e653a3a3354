import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

struct CustomersViewTests {
    @Test func `outlets are counted each, persons once, in the highest pool`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-30", [.wulin: "9000000", .xihu: "20000"])
        try outlets.close("2025-03-31", [.xihu: "1"], of: .zhang)
        try outlets.close("2025-03-31", at: [.wulin])
        try outlets.exchange()

        let view = try #require(try outlets.bank.customersView(of: .zhejiang, by: "hal").first)

        #expect(view.outlets.map(\.outlet.code) == [.wulin, .xihu, .gulou])
        #expect(
            view.outlets.map(\.counts.pools) == [[.target: 1], [.potential: 1, .retained: 1], [:]])
        #expect(view.outlets.map(\.counts.tiers) == [[.gold: 1], [:], [:]])
        #expect(view.sum.pools == [.target: 1, .potential: 1, .retained: 1])
        #expect(view.persons.pools == [.target: 1, .retained: 1])
        #expect(view.persons.tiers == [.gold: 1])
        #expect(view.accounts == 3)
        #expect(view.balance == yuan("9020001"))
        #expect(view.outlets.map(\.businessDate) == [day("2025-03-31"), day("2025-03-31"), nil])
        #expect(view.completeThrough == nil)
    }

    @Test func `what an outlet says that nobody can hold is shown as the most there is`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-30", [.wulin: "100000", .xihu: "100000"])
        let head = try #require(try outlets[.wulin].nextBatch(on: .records))
        let batch = try TestBatch(head, of: outlets[.wulin]).changing("standing") { rows in
            var more = rows
            for number in 0..<2_100 {
                more.append(
                    rows.columns.indices.map { index in
                        switch rows.columns[index] {
                        case "customer": .string("34\(10_000_000 + number)")
                        case "pool": .string(number == 0 ? "retained" : "target")
                        case "financialAssets": .int(1 << 52)
                        default: rows.values[index][0]
                        }
                    })
            }
            return more
        }
        for part in try batch.parts() {
            _ = try outlets.bank.receive(part, from: outlets.talk(.wulin).node())
        }
        try outlets.exchange([.xihu])

        let view = try #require(try outlets.bank.customersView(of: .zhejiang, by: "hal").first)

        #expect(
            view.outlets.map(\.financialAssets) == [HalfFen(1 << 52), HalfFen(20_000_000), .zero])
    }

    @Test func `a unit sees its subtree, and one that nobody knows is refused`() throws {
        let outlets = try ThreeOutlets()

        #expect(
            try outlets.bank.customersView(of: "3301", by: "t").flatMap(\.outlets).map(
                \.outlet.code)
                == [.wulin, .xihu])
        #expect(
            try outlets.bank.customersView(by: "t").map(\.unit.code) == [.jiangsu, .zhejiang])
        #expect(throws: Refusal(.unknownUnit, ["unit": "999999"])) {
            try outlets.bank.customersView(of: "999999", by: "t")
        }
    }
}
