import Bank
import Sealing
import Sync
import Testing

/// What came from the other side is counted on and summed, so it is bounded where it enters.
struct BoundsTests {
    @Test(arguments: [
        ("after", Int64.max), ("through", Int64.max), ("number", Int64.max), ("number", 0),
        ("after", Int64.min), ("size", 1 << 40), ("epoch", -1),
    ])
    func `a batch of numbers that nobody gets by counting is none`(name: String, value: Int64) {
        let head = BatchHead(
            outlet: "330101", nodeName: "n", epoch: 1, lane: .records, number: 1, after: 1,
            through: 9, previous: "", size: 1, content: .sha256(""))
        #expect(BatchHead(json: head.json) == head)

        var json = head.json.object ?? [:]
        json[name] = .int(value)

        #expect(BatchHead(json: .object(json)) == nil)
    }

    @Test(arguments: [
        (JSONValue.int(1 << 52), true), (.int(-(1 << 52)), true), (.int(1 << 53), false),
        (.int(.min), false), ("1", false), (.null, false),
    ])
    func `an integer of a record is one that can be summed`(value: JSONValue, isAdmitted: Bool) {
        let accounts = SyncedTable.named("dayClose")?.columns.first { $0.name == "accounts" }

        #expect(accounts?.admits(value) == isAdmitted)
    }

    @Test func `a text of a record is no longer than a note or a claim can be`() {
        let note = SyncedTable.named("contact")?.columns.first { $0.name == "note" }

        #expect(note?.admits(.string(String(repeating: "语", count: 2000))) == true)
        #expect(note?.admits(.string(String(repeating: "x", count: 16 * 1024 + 1))) == false)
    }

    @Test func `a batch of more rows than its bytes can mean is too large`() throws {
        func read(blocks: Int) throws -> Int {
            var writer = BatchFrameWriter()
            var frame: [UInt8] = []
            var block = BlockWriter(table: "points", columns: [("version", .integer)])
            for _ in 0..<blocks {
                for _ in 0..<BlockWriter.mostRows { block.append(.empty, to: 0) }
                try writer.append(block.finish()) { frame.append(contentsOf: $1) }
            }
            _ = try writer.finish { frame.append(contentsOf: $1) }
            var reader = BatchFrameReader(size: Int64(frame.count))
            var rows = 0
            try reader.read(frame) { rows += $0.rows }
            return rows
        }

        #expect(try read(blocks: 10) == 10 * BlockWriter.mostRows)
        #expect(throws: ExchangeError.tooLarge) { try read(blocks: 40) }
    }

    @Test func `a batch that unpacks to far more than was sent is too large`() throws {
        var writer = BatchFrameWriter()
        var frame: [UInt8] = []
        var block = BlockWriter(table: "points", columns: [("note", .text)])
        let text = String(repeating: "0", count: 1024 * 1024)
        for _ in 0..<40 {
            block.append(text: text, to: 0)
            try writer.append(block.finish()) { frame.append(contentsOf: $1) }
        }
        _ = try writer.finish { frame.append(contentsOf: $1) }
        try #require(frame.count < 60_000)

        #expect(throws: ExchangeError.tooLarge) { try TableRows.all(inFrame: frame) }
    }

    @Test func `a claim whose names are long is none`() {
        func claim(stamp: String) -> Claim? {
            let made = Claim(
                id: "", customer: "1", firstTier: "33", author: "330101", kind: .assignment,
                base: nil, outlet: "330101", manager: "330101-RM1",
                evidence: Evidence(
                    activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
                businessDate: BusinessDay(daysSinceEpoch: 0), stamp: stamp,
                enteredBy: "330101-OS1")
            let id = ClaimID(Digest.sha256(made.content.canonicalBytes).hex)
            return Claim(verifying: id, content: made.content)
        }

        #expect(claim(stamp: "1-0-n") != nil)
        #expect(claim(stamp: String(repeating: "9", count: 81)) == nil)
    }

    @Test func `a delta that ends beyond all counting is none`() {
        func delta(through: Int64) -> JSONValue {
            Delta(
                through: through, hasMore: false, organisationVersion: 1, organisation: nil,
                claims: [], settled: []
            ).json
        }

        #expect(Delta(json: delta(through: 7))?.through == 7)
        #expect(Delta(json: delta(through: .max)) == nil)
    }

    @Test(arguments: [Int64.max, .min, 0, 1 << 53])
    func `a settlement record of a number that nobody gets by counting is none`(number: Int64) {
        let claim = Claim(
            id: "a", customer: "1", firstTier: "33", author: "330101", kind: .assignment,
            base: nil, outlet: "330101", manager: "330101-RM1",
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: BusinessDay(daysSinceEpoch: 0), stamp: "", enteredBy: "330101-OS1")
        let decision = Settlement(
            customer: "1", firstTier: "33", previous: nil, claims: [claim]
        ).decide()

        #expect(
            SettlementRecord(json: SettlementRecord(decision, number: 1, previous: "").json) != nil)
        #expect(
            SettlementRecord(json: SettlementRecord(decision, number: number, previous: "").json)
                == nil)
    }

    @Test func `a decision that considers a claim twice is not replayed`() {
        let decision: JSONValue = [
            "considered": ["a", "a"], "customer": "1", "evidence": [:], "firstTier": "33",
            "previous": .null, "refused": [:],
            "rulesVersion": .string(SettlementRules.current.version),
        ]
        let claim = Claim(
            id: "a", customer: "1", firstTier: "33", author: "330101", kind: .assignment,
            base: nil, outlet: "330101", manager: "330101-RM1",
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: BusinessDay(daysSinceEpoch: 0), stamp: "", enteredBy: "330101-OS1")

        #expect(Settlement(replaying: decision, claims: ["a": claim]) == nil)
    }
}
