import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Rows that head office sends again after a comparison, in the place of a node's.
struct RowsSentAgainTests {
    private let outlets: ThreeOutlets

    /// Wulin owns Wang, whom Xihu asks for; both outlets serve Wang.
    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        try outlets.exchange()
    }

    /// Wang goes over to Xihu, by a second record.
    private func handOver() throws {
        try outlets.take(.accept(from: nil), at: .wulin, by: .eve)
        try outlets.settle(now: true)
    }

    private func recordsKept(at outlet: UnitCode) throws -> [Int64] {
        try outlets.disk(outlet).disk.read {
            try Int64.fetchAll($0, sql: "SELECT number FROM pastRecord ORDER BY number")
        }
    }

    @Test func `an older record that comes takes no later one's place`() throws {
        let keys = [ReceivedKey(table: .directory, key: CustomerNumber.wang.rawValue)]
        let older = try rows(keys, for: .gulou)
        try handOver()
        try outlets.exchange()
        try #require(try outlets.owner(at: .gulou) == .cai)

        _ = try outlets[.gulou].replace(keys, with: older)

        #expect(try outlets.owner(at: .gulou) == .cai)
    }

    @Test func `a later record that comes keeps the one before for giving it back`() throws {
        let keys = [ReceivedKey(table: .directory, key: CustomerNumber.wang.rawValue)]
        try handOver()
        try #require(try recordsKept(at: .gulou) == [])

        _ = try outlets[.gulou].replace(keys, with: rows(keys, for: .gulou))

        #expect(try outlets.owner(at: .gulou) == .cai)
        #expect(try recordsKept(at: .gulou) == [1])
    }

    @Test func `a record that head office does not have is kept for giving it back`() throws {
        let gulou = outlets[.gulou]
        let buckets = try gulou.receivedDigest().differing([:]).filter { $0.table == .directory }

        let found = try gulou.differences(in: buckets, from: Comparison.Listing())

        #expect(found.removed == 1)
        #expect(try outlets.owner(at: .gulou) == nil)
        #expect(try recordsKept(at: .gulou) == [1])
    }

    /// The rows that head office answers an outlet with.
    private func rows(_ keys: [ReceivedKey], for outlet: UnitCode) throws -> Delta {
        let answer = try outlets.bank.answer(
            ReceivedQuestion.rows(keys, at: nil).json.canonicalBytes, at: Message.digestPath,
            from: outlets.talk(outlet).node())
        return try #require(Delta(json: answer))
    }

    @Test func `people are told what became of a claim when a comparison brings it`() throws {
        func confirmed() throws -> Int {
            try outlets[.wulin].reminders(of: .ada).count { $0.kind == .claimConfirmed }
        }
        try #require(try confirmed() == 1)
        let claim = try outlets.disk(.wulin).disk.write { db in
            try db.execute(sql: "DELETE FROM reminder")
            try db.execute(sql: "UPDATE claim SET outcome = NULL WHERE author = '330101'")
            return try String.fetchOne(db, sql: "SELECT id FROM claim WHERE author = '330101'")
        }
        let keys = [ReceivedKey(table: .claim, key: try #require(claim))]

        _ = try outlets[.wulin].replace(keys, with: rows(keys, for: .wulin))

        #expect(try confirmed() == 1)
    }

    @Test func `a row that is asked for twice comes once`() throws {
        let key = ReceivedKey(table: .directory, key: CustomerNumber.wang.rawValue)

        #expect(try rows([key, key], for: .xihu).settled.count == 1)
    }

    @Test func `a decision stays where head office has lost it`() throws {
        let xihu = outlets[.xihu]
        let keys = [ReceivedKey(table: .directory, key: CustomerNumber.wang.rawValue)]
        let settled = try #require(try rows(keys, for: .xihu).settled.first)
        try #require(try xihu.ownership(of: .wang, by: "t").decision == settled.decision)

        _ = try xihu.replace(
            keys,
            with: Delta(
                through: 0, hasMore: false, organisationVersion: 1, organisation: nil, claims: [],
                settled: [
                    Delta.Settled(
                        record: settled.record, signature: settled.signature, decision: nil)
                ]))

        #expect(settled.decision != nil)
        #expect(try xihu.ownership(of: .wang, by: "t").decision == settled.decision)
    }
}
