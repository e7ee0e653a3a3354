import Bank
import Foundation
import Sealing
import Sync
import Testing

/// Every message as it stands in `sync-fixtures`, which another implementation can be tested with.
///
/// `UPDATE_FIXTURES=1 swift test …` writes the files anew; the change is then read in the diff.
struct GoldenTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sync-fixtures")
    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1"

    private static let checkpoint = Checkpoint(
        epoch: 1, batch: 7, sequence: 340, hash: String(repeating: "ab", count: 32))
    private static let receipt = String(repeating: "5c", count: 16)
    private static let acknowledgement = Acknowledgement(
        checkpoint: checkpoint, receipt: receipt, staged: 0)
    private static let claim = Claim.make(
        customer: "3300000001", firstTier: "33", author: "330101", kind: .assignment, base: nil,
        outlet: "330101", manager: "330101-RM1",
        evidence: Evidence(
            activeCard: true, holdings: HalfFen(20_000_000),
            demandAccountOpened: BusinessDay("2020-01-01"),
            businessDate: BusinessDay("2025-03-12")),
        businessDate: BusinessDay("2025-03-12") ?? BusinessDay(daysSinceEpoch: 0),
        stamp: HybridStamp(milliseconds: 1_741_766_400_000, counter: 0, node: "0011223344556677"),
        enteredBy: "330101-OS1")
    private static let record = SettlementRecord(
        Settlement(
            customer: "3300000001", firstTier: "33", previous: nil, claims: [claim]
        ).decide(), number: 1, previous: "")
    private static let signing = SigningKey(seed: Array(repeating: 7, count: 32))

    private static let queried = BusinessDay("2025-03-12") ?? BusinessDay(daysSinceEpoch: 0)

    private static let snapshotRoot = Digest.sha256(Digest.sha256("chunk").bytes)

    private static func rows() -> TableRows {
        var rows = TableRows(
            table: "contact",
            columns: [
                "version", "id", "customer", "staff", "way", "date", "note", "followUpOn",
                "amends", "at",
            ])
        rows.append([
            341, "c1", "3300000001", "330101-RM1", "call", 20_159, "想了解大额存单", 20_166, .null,
            1_741_766_400_000,
        ])
        rows.append([
            342, "c2", "3300000001", "330101-RM1", "visit", 20_160, "已到网点面谈 ☑", .null, "c1",
            1_741_852_800_000,
        ])
        return rows
    }
    private static let types: [WireType] = [
        .integer, .text, .text, .text, .text, .integer, .text, .integer, .text, .integer,
    ]

    private static let messages: [(name: String, json: JSONValue)] = [
        (
            "hello-question",
            Hello(
                nodeName: "0011223344556677",
                lanes: [
                    .urgent: .init(checkpoint: checkpoint, receipt: receipt, waiting: nil),
                    .records: .init(
                        checkpoint: checkpoint, receipt: receipt,
                        waiting: String(repeating: "cd", count: 32)),
                ], now: 1_741_852_800_000, pending: 2, after: 12, organisationVersion: 1,
                isMarkedRestored: false, lastRecord: 0, recovery: ""
            ).json
        ),
        (
            "hello-answer",
            HelloReply(
                verdict: .inStep, lanes: [.urgent: acknowledgement, .records: acknowledgement],
                now: 1_741_852_800_400, newest: 13, organisationVersion: 1, lastRecord: 1,
                wantsSnapshot: false
            ).json
        ),
        ("push-answer", PushReply(acknowledgement: acknowledgement).json),
        (
            "push-answer-set-apart",
            PushReply(
                acknowledgement: acknowledgement,
                setApart: [
                    .init(
                        transactionEnd: 339, code: ExchangeError.inadmissible.rawValue,
                        record: "contact", key: "c0")
                ]
            ).json
        ),
        ("pull-question", PullRequest(after: 12, organisationVersion: 1).json),
        (
            "pull-answer",
            Delta(
                through: 13, hasMore: false, organisationVersion: 1, organisation: nil,
                claims: [.init(claim: claim, outcome: .owner)],
                settled: [
                    .init(
                        record: record, signature: signing.map(record.signature(by:)) ?? "",
                        decision: Settlement(
                            customer: "3300000001", firstTier: "33", previous: nil,
                            claims: [claim]
                        ).decide().content)
                ],
                records: [
                    .init(
                        outlet: "330102", table: "profileEdit",
                        row: [
                            "at": 1_741_766_700_000, "author": "330102", "counter": 0,
                            "customer": "3300000001", "date": 20_159, "field": "marketing",
                            "id": "330102-00112233445566778899aabbccddeeff", "lifts": .null,
                            "node": "8899aabbccddeeff", "note": "柜台口头表示",
                            "staff": "330102-TL1", "value": "refused",
                            "writtenAt": 2_057_126_400_000, "writtenCounter": 2,
                        ])
                ], sequences: .init(claims: [13], settled: [13], steps: [], records: [12])
            ).json
        ),
        ("recovery-question", RecoveryRequest(cursor: "").json),
        ("recovery-answer", RecoveryPage(rows: rows(), next: "2/342/c2").json),
        (
            "digest-question",
            ["protocol": .int(Message.version), "root": .string(SyncDigest().root)]
        ),
        (
            "digest-question-received",
            ReceivedQuestion.root(
                ReceivedDigest().root, at: ReceivedPosition(after: 13, organisationVersion: 1)
            ).json
        ),
        (
            "digest-question-received-rows",
            ReceivedQuestion.rows(
                [
                    ReceivedKey(table: .claim, key: claim.id.rawValue),
                    ReceivedKey(table: .directory, key: "3300000001"),
                ], at: ReceivedPosition(after: 13, organisationVersion: 1)
            ).json
        ),
        ("snapshot-question", SnapshotQuestion.head(has: nil, after: 0).json),
        (
            "snapshot-answer",
            SnapshotHead(root: snapshotRoot, chunks: 1, through: 13, lastRecord: 1).json
        ),
        (
            "snapshot-question-hashes",
            SnapshotQuestion.hashes(root: snapshotRoot, from: 0).json
        ),
        ("snapshot-answer-hashes", SnapshotHashes(hashes: [Digest.sha256("chunk")]).json),
        ("snapshot-question-chunk", SnapshotQuestion.chunk(root: snapshotRoot, number: 0).json),
        ("snapshot-answer-chunk", SnapshotChunk(bytes: Array("chunk".utf8)).json),
        (
            "query-question",
            QueryRequest(
                actor: "330101-RM1", number: nil,
                indexes: [.mobile: [String(repeating: "0f", count: 16)]],
                receipts: [.urgent: receipt, .records: receipt]
            ).json
        ),
        (
            "query-answer",
            QueryReply(
                asOf: 1_741_852_800_400, closedThrough: BusinessDay("2025-03-12"),
                found: [
                    .init(
                        customer: "3300000001", by: .mobile, name: "王**",
                        idNumber: "110********002X", mobile: "138****5678",
                        owner: Ownership.Owner(
                            manager: "330102-RM1", outlet: "330102", since: queried),
                        state: .confirmed,
                        standing: .init(
                            pool: .target, poolSince: queried, tier: .gold, activeCard: true),
                        history: [
                            .init(
                                from: queried, outlet: "330102", manager: "330102-RM1",
                                rule: .onlyClaim, record: 1)
                        ])
                ]
            ).json
        ),
        ("error", ExchangeError.outOfStep.json),
    ]

    private func golden(_ name: String, made: @autoclosure () throws -> [UInt8]) throws -> [UInt8] {
        let file = Self.folder.appending(path: name)
        // Who only reads makes nothing.
        let bytes = Self.isUpdating ? try made() : []
        if !bytes.isEmpty { try Data(bytes).write(to: file) }
        return Array(try Data(contentsOf: file))
    }

    @Test(arguments: messages.indices)
    func `a message is written as it stands in sync-fixtures`(index: Int) throws {
        let (name, json) = Self.messages[index]

        let golden = try golden("\(name).json", made: json.canonicalBytes + [10])

        #expect(String(decoding: golden, as: UTF8.self) == json.description + "\n")
    }

    @Test func `each message is read back as what it says`() throws {
        func read(_ name: String) throws -> JSONValue {
            try JSONValue(reading: golden("\(name).json", made: []).dropLast())
        }
        #expect(Hello(json: try read("hello-question"))?.json == (try read("hello-question")))
        #expect(HelloReply(json: try read("hello-answer"))?.json == (try read("hello-answer")))
        for name in ["push-answer", "push-answer-set-apart"] {
            #expect(PushReply(json: try read(name))?.json == (try read(name)))
        }
        #expect(Delta(json: try read("pull-answer"))?.json == (try read("pull-answer")))
        #expect(PullRequest(json: try read("pull-question"))?.json == (try read("pull-question")))
        #expect(
            RecoveryPage(json: try read("recovery-answer"))?.json == (try read("recovery-answer")))
        for name in ["snapshot-question", "snapshot-question-hashes", "snapshot-question-chunk"] {
            #expect(SnapshotQuestion(json: try read(name))?.json == (try read(name)))
        }
        #expect(
            QueryRequest(json: try read("query-question"))?.json == (try read("query-question")))
        #expect(QueryReply(json: try read("query-answer"))?.json == (try read("query-answer")))
        #expect(SnapshotHead(json: try read("snapshot-answer"))?.root == Self.snapshotRoot)
        let hashes = try #require(SnapshotHashes(json: try read("snapshot-answer-hashes"))).hashes
        #expect(Digest.sha256(hashes.flatMap(\.bytes)) == Self.snapshotRoot)
        let chunk = try #require(SnapshotChunk(json: try read("snapshot-answer-chunk")))
        #expect([Digest.sha256(chunk.bytes)] == hashes)
        for name in ["digest-question-received", "digest-question-received-rows"] {
            #expect(try ReceivedQuestion(json: try read(name))?.json == (try read(name)))
        }
        #expect(try ReceivedQuestion(json: try read("digest-question")) == nil)
    }

    /// NB: as with a part, what is compared is what is read.
    @Test func `a snapshot's frame is read as it stands in sync-fixtures`() throws {
        func made() throws -> [UInt8] {
            var frame = BatchFrameWriter()
            var bytes: [UInt8] = []
            let signature = Self.signing.map(Self.record.signature(by:)) ?? ""
            let pages: [(String, String?, [(SnapshotTable, [String?])])] = [
                (
                    "", "3300000001",
                    [
                        (
                            .claim,
                            [
                                Self.claim.id.rawValue, Self.claim.content.description, "owner",
                                String(repeating: "a7", count: 16),
                            ]
                        ),
                        (.settlement, [Self.record.json.description, signature, nil]),
                    ]
                ), ("3300000001", nil, []),
            ]
            for (after, through, rows) in pages {
                try frame.append(
                    SnapshotPageWriter.beginning(after: after, through: through)
                ) { bytes += $1 }
                var page = SnapshotPageWriter()
                for (table, cells) in rows {
                    try page.append(cells, to: table) { try frame.append($0) { bytes += $1 } }
                }
                try page.finish { try frame.append($0) { bytes += $1 } }
            }
            _ = try frame.finish { bytes += $1 }
            return bytes
        }

        let golden = try golden("snapshot.frame", made: try made())

        var pages: [SnapshotPage] = []
        var reader = SnapshotReader(size: Int64(golden.count))
        // However it is cut.
        for byte in golden { try reader.read([byte]) { pages.append($0) } }
        try reader.finish { pages.append($0) }
        #expect(pages.map(\.through) == ["3300000001", nil])
        #expect(pages.first?.claims.map(\.claim) == [Self.claim])
        #expect(pages.first?.claims.map(\.outcome) == [.owner])
        #expect(pages.first?.settled.map(\.record) == [Self.record])
        #expect(pages.first?.attestations.values.count == 1)
        #expect(pages.last?.settled.count == 0)
    }

    @Test func `a snapshot that leaves customers out, or does not end, is none`() throws {
        func pages(_ ranges: [(String, String?)], whole: Bool = true) throws -> Int {
            var frame = BatchFrameWriter()
            var bytes: [UInt8] = []
            for (after, through) in ranges {
                try frame.append(
                    SnapshotPageWriter.beginning(after: after, through: through)
                ) { bytes += $1 }
            }
            if whole { _ = try frame.finish { bytes += $1 } }
            var count = 0
            var reader = SnapshotReader(size: Int64(bytes.count))
            try reader.read(bytes) { _ in count += 1 }
            try reader.finish { _ in count += 1 }
            return count
        }
        #expect(try pages([("", "1"), ("1", "2"), ("2", nil)]) == 3)
        for gap in [
            [("", "1"), ("2", nil)], [("1", nil)], [("", "1")], [("", nil), ("1", nil)],
            [("", "2"), ("2", "1"), ("1", nil)], [],
        ] as [[(String, String?)]] {
            #expect(throws: WireError.self) { try pages(gap) }
        }
        #expect(throws: WireError.self) { try pages([("", nil)], whole: false) }
    }

    @Test func `a block is written and read as it stands in sync-fixtures`() throws {
        let block = Self.rows().block(types: Self.types)

        let golden = try golden("contact.block", made: block)

        #expect(golden == block)
        #expect(try golden.withUnsafeBytes { try TableRows(try Block($0)) } == Self.rows())
    }

    /// NB: zstd's versions may pack the same bytes otherwise, so what is compared is what is read.
    @Test func `a part of a batch is read as it stands in sync-fixtures`() throws {
        func made() throws -> Part {
            var frame = BatchFrameWriter()
            var bytes: [UInt8] = []
            var transactions = TableRows(
                table: SyncedTable.transactions, columns: ["first", "through", "at"])
            transactions.append([341, 341, 1_741_766_400_000])
            transactions.append([342, 342, 1_741_852_800_000])
            try frame.append(
                transactions.block(types: [.integer, .integer, .integer])
            ) { bytes += $1 }
            try frame.append(Self.rows().block(types: Self.types)) { bytes += $1 }
            let (size, content) = try frame.finish { bytes += $1 }
            return Part(
                head: BatchHead(
                    outlet: "330101", nodeName: "0011223344556677", epoch: 1, lane: .records,
                    number: 8, after: 340, through: 342, previous: Self.checkpoint.hash,
                    size: size, content: content), index: 0, bytes: bytes)
        }

        let part = try Part(message: try golden("push-question.part", made: try made().message))

        #expect(part.head.number == 8)
        #expect(part.head.parts == 1)
        #expect(Digest.sha256(part.bytes) == part.head.content)
        let tables = try TableRows.all(inFrame: part.bytes)
        #expect(tables.map(\.table) == [SyncedTable.transactions, "contact"])
        #expect(tables.last == Self.rows())
    }
}
