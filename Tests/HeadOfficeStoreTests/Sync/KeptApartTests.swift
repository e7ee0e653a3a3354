import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What is shown of batches that nobody vouches for.
struct KeptApartTests {
    @Test func `a kind of record that is not known here is not shown by the name it came with`()
        throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        let wulin = outlets[.wulin]
        let head = try #require(try wulin.nextBatch(on: .records))
        var forged = TableRows(table: "x\u{1B}[2J\nclaim 0", columns: ["id"])
        forged.append([.string("1")])
        let batch = try TestBatch(head, of: wulin).with { $0.tables.append(forged) }
        let node = try outlets.talk(.wulin).node()
        for part in try batch.parts() { try outlets.bank.keepForReview(part, from: node) }

        let kept = try #require(try outlets.bank.keptApart(by: "t").handedOver.first)

        #expect(kept.isReadable)
        #expect(kept.records[KeptApart.unknown]?.rows == 1)
        #expect(kept.records["dayClose"]?.rows == 1)
        let known = Set(SyncedTable.all.map(\.name)).union([KeptApart.unknown])
        #expect(known.isSuperset(of: kept.records.keys))
    }
}
