import Bank
import Sync
import Testing

/// The first-tier branch's word on a customer as it travels.
struct TierStandingRecordTests {
    private static let standing = Standing(
        date: BusinessDay(daysSinceEpoch: 20_000), pool: .target,
        poolSince: BusinessDay(daysSinceEpoch: 19_990), origin: .rule, tier: .gold,
        tierSince: BusinessDay(daysSinceEpoch: 19_999),
        assets: Assets(financial: HalfFen(24_000_000), largestAccount: Fen(6_000_000)),
        accumulated: HalfFen(48_000_000), lastAtMinimum: BusinessDay(daysSinceEpoch: 20_000))
    private static let record = TierStandingRecord(
        customer: "3300000001",
        word: FirstTierWord(
            standing: standing, activeCard: true, outlets: 2,
            history: StandingHistory([standing]), said: 7))

    private func changed(_ column: String, _ value: JSONValue) -> TierStandingRecord? {
        let record = Self.record.record(of: "33")
        return TierStandingRecord(
            PassedOn(
                outlet: record.outlet, table: record.table,
                row: [
                    "content": .object(
                        (record.row["content"]?.object ?? [:]).merging([column: value]) { $1 }),
                    "id": record.row["id"] ?? .null,
                ]))
    }

    @Test func `it arrives in a delta as it was sent, with the date that is closed`() throws {
        let delta = Delta(
            through: 7, hasMore: false, organisationVersion: 1, organisation: nil, claims: [],
            settled: [], records: [Self.record.record(of: "33")],
            closedThrough: BusinessDay(daysSinceEpoch: 20_000))

        let arrived = try #require(Delta(json: try JSONValue(reading: delta.json.canonicalBytes)))

        #expect(arrived.records.map(TierStandingRecord.init) == [Self.record])
        #expect(arrived.closedThrough == BusinessDay(daysSinceEpoch: 20_000))
        #expect(
            arrived.receivedKeys == [ReceivedKey(table: .tierStanding, key: "3300000001")])
    }

    @Test(
        arguments: [
            ("pool", "vip"), ("pool", "potential"), ("origin", .null), ("tierSince", .null),
            ("history", "[]"), ("activeCard", 2), ("customer", ""), ("date", .null),
            ("tier", "bronze"),
        ] as [(String, JSONValue)])
    func `what this version cannot keep is no word`(column: String, value: JSONValue) {
        #expect(changed(column, value) == nil)
    }

    @Test func `a version that does not know it keeps it by the customer's number`() {
        let record = Self.record.record(of: "33")

        #expect(record.key(in: nil) == "3300000001")
        #expect(record.customer == "3300000001")
    }

    @Test func `a column more is no harm`() {
        #expect(changed("mood", "calm") == Self.record)
    }

    @Test func `the first question of a comparison stays below 200 bytes`() {
        let most: Int64 = 1 << 52
        let question = ReceivedQuestion.root(
            ReceivedDigest().root, at: ReceivedPosition(after: most, organisationVersion: most))

        #expect(question.json.canonicalBytes.count <= 200)
    }

    @Test func `a question of a version before knows no later table`() throws {
        let position = ReceivedPosition(after: 1, organisationVersion: 1)
        let asked = ReceivedQuestion.root("00", at: position, with: [])

        guard case .root(_, _, let later) = try ReceivedQuestion(json: asked.json) else {
            Issue.record("it is the first question")
            return
        }
        #expect(later.isEmpty)
        #expect(asked.json["with"] == nil)
    }
}
