import Bank
import Courier
import GRDB
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// A node's first load, and that of one past the horizon (`sync.md`, statements 11 and 13).
struct SnapshotTests {
    private static let limits = SnapshotLimits(chunk: 2000, customersPerPage: 7, horizon: 30)

    private struct Cut: Error {}

    /// Which chunk a question asks for.
    private static func chunk(_ question: Round.Question) throws -> Int? {
        guard question.path == Message.snapshotPath,
            case .chunk(_, let number)? = SnapshotQuestion(
                json: try JSONValue(reading: question.message))
        else { return nil }
        return number
    }

    /// A chunk with its first byte changed, as a box on the way or a disk may leave it.
    private static func damaged(_ answer: JSONValue) throws -> JSONValue {
        var bytes = try #require(SnapshotChunk(json: answer)).bytes
        bytes[0] ^= 1
        return SnapshotChunk(bytes: bytes).json
    }

    private func expectSame(
        _ many: ManyOwned, _ talk: Talk, at outlet: UnitCode, settled: Int? = nil
    ) throws {
        let (here, there) = try many.received(at: outlet, from: talk)
        #expect(here == there)
        #expect(
            here.count { $0.hasSuffix("\"table\":\"settlement\"}") }
                == settled ?? many.customers.count)
    }

    @Test
    func `statement 11: a first load comes in chunks and goes on where a dead process had got to`()
        throws
    {
        let many = try ManyOwned(40, limits: Self.limits)
        let node = try NodeDisk(
            .wulin, at: many.bank, world: many.outlets.world, name: "node-new")
        var asked: [Int] = []
        func carry(_ talk: Talk, cutBefore cut: Int?) throws -> Exchanged {
            try talk.exchange { question in
                if let number = try Self.chunk(question) {
                    if number == cut { throw Cut() }
                    asked.append(number)
                }
                #expect(question.path != Message.pullPath || asked.count > 3)
                return try talk.answer(question)
            }
        }

        #expect(throws: Cut.self) {
            try carry(Talk(try node.start(), many.bank), cutBefore: 2)
        }
        #expect(try node.start().lineState().watermark == 0)
        #expect(throws: Cut.self) {
            try carry(Talk(try node.start(), many.bank), cutBefore: 3)
        }
        // What head office decides meanwhile does not change the snapshot; it comes by pull.
        try many.outlets.close("2025-03-01", [.xihu: "300000"], of: "3399999999")
        try many.outlets.claim("3399999999", at: .xihu)
        try many.outlets.exchange([.xihu])
        try many.outlets.settle(now: true)
        let talk = Talk(try node.start(), many.bank)
        let exchanged = try carry(talk, cutBefore: nil)

        #expect(asked.count > 4)
        #expect(asked == Array(0..<asked.count))
        #expect(exchanged.chunksReceived == asked.count - 3)
        #expect(exchanged.settlementsReceived == 41)
        try expectSame(many, talk, at: .wulin, settled: 41)
        #expect(try talk.store.owner(of: many.customers[9], by: "t").ownership.state == .confirmed)
        #expect(try talk.exchange().chunksReceived == 0)
    }

    @Test func `statement 11: a damaged chunk alone is fetched again`() throws {
        let many = try ManyOwned(40, limits: Self.limits)
        let blank = try BranchStore.enrolled(
            .wulin, at: many.bank, world: many.outlets.world, name: "node-new")
        let talk = Talk(blank, many.bank)
        var asked: [Int] = []

        try talk.exchange { question in
            let answer = try talk.answer(question)
            guard let number = try Self.chunk(question) else { return answer }
            defer { asked.append(number) }
            return number == 1 && !asked.contains(1) ? try Self.damaged(answer) : answer
        }

        #expect(asked.count > 4)
        #expect(asked == [0, 1] + Array(1..<(asked.count - 1)))
        try expectSame(many, talk, at: .wulin)
    }

    @Test func `statement 11: a chunk that was damaged on the node's own disk is fetched again`()
        throws
    {
        let many = try ManyOwned(40, limits: Self.limits)
        let node = try NodeDisk(
            .wulin, at: many.bank, world: many.outlets.world, name: "node-new")
        let talk = Talk(try node.start(), many.bank)
        var asked: [Int] = []

        try talk.exchange { question in
            if let number = try Self.chunk(question) {
                asked.append(number)
                if number == 4, asked.count == 5 {
                    try node.disk.write {
                        try $0.execute(
                            sql: """
                                UPDATE incomingChunk SET content = zeroblob(length(content))
                                WHERE number = 2
                                """)
                    }
                }
            }
            return try talk.answer(question)
        }

        #expect(asked.count > 5)
        #expect(asked == Array(0..<(asked.count - 1)) + [2])
        try expectSame(many, talk, at: .wulin)
    }

    @Test
    func `statement 11: a snapshot whose content is not head office's to say changes nothing`()
        throws
    {
        let many = try ManyOwned(12, limits: Self.limits)
        let stranger = try ManyOwned(12, limits: Self.limits)
        let blank = try BranchStore.enrolled(
            .wulin, at: many.bank, world: many.outlets.world, name: "node-new")
        let talk = Talk(blank, many.bank)
        // Another head office's, which is whole in itself.
        let other = Talk(
            try BranchStore.enrolled(
                .wulin, at: stranger.bank, world: stranger.outlets.world, name: "node-new"),
            stranger.bank)

        #expect(throws: UntrustedDelta.self) {
            try talk.exchange { question in
                question.path == Message.snapshotPath
                    ? try other.answer(question) : try talk.answer(question)
            }
        }

        #expect(try blank.owner(of: many.customers[0], by: "t").ownership.state != .confirmed)
        #expect(try blank.lineState().watermark == 0)
        #expect(try blank.snapshotProgress() == nil)
        #expect(try talk.exchange().settlementsReceived == 12)
        try expectSame(many, talk, at: .wulin)
    }

    @Test func `a chunk travels within 64 KiB, and the root and its head in 200 bytes`() throws {
        let many = try ManyOwned(500, limits: SnapshotLimits())
        let talk = many.outlets.talk(.gulou)
        func ask(_ question: SnapshotQuestion) throws -> JSONValue {
            try many.bank.answer(
                question.json.canonicalBytes, at: Message.snapshotPath, from: talk.node())
        }
        let answer = try ask(.head(has: nil, after: 0))
        let head = try #require(SnapshotHead(json: answer))
        let chunk = try ask(.chunk(root: head.root, number: 0))

        #expect(answer.canonicalBytes.count <= 200)
        #expect(try #require(SnapshotChunk(json: chunk)).bytes.count == Int(Part.size))
        #expect(Zstd.compress(chunk.canonicalBytes).count <= 64 * 1024)
        // Asked again it is the same one, and another one's chunk is not in step with it.
        #expect(try ask(.head(has: head.root, after: 0)) == answer)
        #expect(throws: ExchangeError.outOfStep) {
            try ask(.chunk(root: Digest.sha256("another"), number: 0))
        }
        #expect(throws: ExchangeError.malformed) {
            try ask(.chunk(root: head.root, number: head.chunks))
        }
    }

    @Test
    func `statement 13: a node past the horizon gets a snapshot and keeps what it has not sent`()
        throws
    {
        let many = try ManyOwned(40, limits: Self.limits)
        let outlets = many.outlets
        let node = try NodeDisk(
            .gulou, at: many.bank, world: outlets.world, name: "node-away")
        let away = Talk(try node.start(), many.bank)
        try away.exchange()
        let before = try away.store.lineState().watermark
        // A month passes: everything is settled anew, more than the horizon.
        for customer in many.customers {
            _ = try outlets[.wulin].release(customer, by: .eve, because: "搬离")
        }
        try outlets.talk(.wulin).exchange()
        try outlets.settle(now: true)
        let costs = try many.bank.delta(
            for: away.node(), PullRequest(after: before, organisationVersion: 1))
        try #require(costs.settled.count > Self.limits.horizon)
        // Meanwhile the node was written to, and holds what is in nobody's scope any more.
        let own: CustomerNumber = "3388888888"
        try away.store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"), outlet: .gulou)
                    .holding(own, "400000", account: "G1")
            ], in: outlets.files)
        let claim = try #require(try away.store.assign([own], to: .dan, by: .gus).first?.claim)
        _ = try away.store.addContact(with: own, by: .dan, way: .call, note: "未上送")
        try node.disk.write {
            try $0.execute(
                sql: """
                    INSERT INTO directory (
                        customer, claim, manager, outlet, since, number, rule, digest, record,
                        signature)
                    SELECT 'ZZZ', claim, manager, outlet, since, number, rule, digest, record,
                        signature
                    FROM directory LIMIT 1
                    """)
        }
        func stale() throws -> Int? {
            try node.disk.read {
                try Int.fetchOne(
                    $0, sql: "SELECT count(*) FROM directory WHERE customer = 'ZZZ'")
            }
        }
        #expect(try stale() == 1)
        var sent: [String] = []
        var staleThen: Int?

        let exchanged = try away.exchange { question in
            // The question after the snapshot: nothing else can have taken it away.
            if sent.last == Message.snapshotPath, question.path != Message.snapshotPath {
                staleThen = try stale()
            }
            sent.append(question.path)
            return try away.answer(question)
        }

        #expect(exchanged.chunksReceived > 3)
        #expect(staleThen == 0)
        #expect(try away.store.lineState().watermark >= costs.through)
        let received = try many.bank.received(from: .gulou, by: "t")
        #expect(received["claim"] == [claim.rawValue])
        #expect(received["contact"]?.count == 1)
        #expect(try away.store.ownership(of: own, by: "t").claims?.map(\.claim.id) == [claim])
        try expectSame(many, away, at: .gulou)
        // Within the horizon it pulls.
        #expect(try away.exchange().chunksReceived == 0)
    }

    @Test func `statement 13: a node that is away costs head office no row and no delta more`()
        throws
    {
        let world = TestWorld()
        let office = try HeadOfficeOnDisk(world: world)
        let outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.close("2025-03-01", at: [.gulou])
        func settle() throws {
            try outlets.talk(.wulin).exchange()
            try outlets.settle(now: true)
            try outlets.talk(.wulin).exchange()
        }
        try outlets.claim(at: .wulin)
        try settle()
        try outlets.exchange()
        try outlets.exchange()
        func kept() throws -> [String: [String]] {
            try office.dump().tables.mapValues { $0.filter { $0.contains("330201") } }
        }
        let before = try kept()
        let watermark = try outlets[.gulou].lineState().watermark
        try #require(watermark > 0)

        // Thirty times the owner changes while Gulou is away.
        for _ in 0..<15 {
            _ = try outlets[.wulin].release(.wang, by: .eve, because: "搬离")
            try settle()
            try outlets.claim(at: .wulin)
            try settle()
        }

        #expect(try kept() == before)
        #expect(try office.dump()["settlement"].count == 31)
        #expect(try outlets[.gulou].lineState().watermark == watermark)
        // What it lacks is more than its whole scope, which is one customer: it gets that.
        var bank = outlets.bank
        bank.snapshotLimits = SnapshotLimits(horizon: 20)
        let exchanged = try Talk(outlets[.gulou], bank).exchange()
        #expect(exchanged.chunksReceived == 1)
        #expect(exchanged.settlementsReceived == 1)
        #expect(try outlets[.gulou].owner(of: .wang, by: "t").ownership.state == .confirmed)
    }
}
