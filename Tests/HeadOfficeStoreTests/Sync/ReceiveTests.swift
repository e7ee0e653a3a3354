import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

struct ReceiveTests {
    let office: HeadOfficeOnDisk
    let outlets: ThreeOutlets
    private var bank: BankStore { outlets.bank }

    /// Wulin has closed a day with Wang's 100,000 and assigned him; nothing was sent.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "100000"])
        try outlets.claim(at: .wulin)
    }

    func batch(_ lane: Lane = .urgent) throws -> TestBatch {
        let head = try #require(try outlets[.wulin].nextBatch(on: lane))
        return try TestBatch(head, of: outlets[.wulin])
    }

    @discardableResult
    func receive(_ batch: TestBatch) throws -> PushReply {
        try receive(batch.parts())
    }

    @discardableResult
    private func receive(_ parts: [Part]) throws -> PushReply {
        var last: PushReply?
        for part in parts { last = try bank.receive(part, from: outlets.talk(.wulin).node()) }
        return try #require(last)
    }

    @Test func `a batch is kept whole and answered with how far it goes`() throws {
        let head = try #require(try outlets[.wulin].nextBatch(on: .records))

        let reply = try receive(outlets[.wulin].parts(of: head))

        #expect(reply.acknowledgement.checkpoint == head.checkpoint)
        #expect(reply.setApart == [])
        #expect(try outlets[.wulin].acknowledge(reply.acknowledgement, on: .records))
        try outlets.talk(.wulin).push()
        let tables = try office.dump()
        #expect(
            ["customer", "dayClose", "standing", "claim", "reminder"].map { tables[$0].count }
                == [1, 1, 1, 1, 1])
    }

    @Test func `a batch that comes twice has its effect once`() throws {
        let parts = try batch(.records).parts()
        let first = try receive(parts)
        let before = try office.dump()

        #expect(try receive(parts).acknowledgement == first.acknowledgement)
        #expect(try office.dump() == before)
    }

    @Test func `a batch that does not follow is out of step`() throws {
        let batch = try batch()
        let before = try office.dump()

        for forged in [
            batch.with { $0.number = 2 }, batch.with { $0.previous = "00" },
            batch.with { $0.epoch = 2 }, batch.with { $0.after = 1 },
        ] {
            #expect(throws: ExchangeError.outOfStep) { try receive(forged) }
        }
        #expect(try office.dump() == before)
    }

    @Test func `another batch under a number that is taken is out of step`() throws {
        let batch = try batch(.records)
        try receive(batch)
        let other = batch.changing("customer") { $0.setting("idType", to: "passport") }

        #expect(throws: ExchangeError.outOfStep) { try receive(other) }
    }

    @Test func `a batch of another outlet or node is not taken`() throws {
        let batch = try batch()

        for other in [batch.with { $0.outlet = .xihu }, batch.with { $0.nodeName = "n" }] {
            #expect(throws: ExchangeError.replaced) { try receive(other) }
        }
    }

    @Test(arguments: [[], Array("{}".utf8), Array("{\"epoch\":1".utf8), [0xFF]] as [[UInt8]])
    func `bytes that are no batch are malformed`(bytes: [UInt8]) throws {
        let talk = outlets.talk(.wulin)
        #expect(throws: ExchangeError.malformed) {
            try bank.answer(bytes, at: Message.pushPath, from: talk.node())
        }
        let part = try #require(try batch(.records).parts().first)
        // The same length under the same head, and not what the head says.
        #expect(throws: ExchangeError.malformed) {
            try receive([
                Part(head: part.head, index: 0, bytes: part.bytes.map { $0 ^ 1 })
            ])
        }
        #expect(try receive([part]).acknowledgement.checkpoint == part.head.checkpoint)
    }

    @Test func `a large batch comes in parts, in any order, again and again, and once`() throws {
        var extract = ExtractBuilder(day("2025-03-02"), outlet: .wulin)
        for number in 0..<16000 {
            let customer = CustomerNumber("\(4_400_000_000 + number)")
            extract = extract.customerRow(customer, name: "王\(number)")
                .accountRow("A\(customer)", of: customer).balanceRow("A\(customer)", "1")
        }
        try outlets[.wulin].takeAndClose([extract], in: outlets.files)
        try outlets.talk(.wulin).push(
            try #require(try outlets[.wulin].nextBatch(on: .urgent)))
        let head = try #require(try outlets[.wulin].nextBatch(on: .records))
        let parts = try outlets[.wulin].parts(of: head)
        try #require(parts.count > 3)

        // Out of turn: head office says which one it wants.
        #expect(try receive([parts[2]]).acknowledgement.staged == 0)
        #expect(try receive([parts[0], parts[1], parts[0]]).acknowledgement.staged == 2)
        #expect(try receive([parts[parts.count - 1]]).acknowledgement.staged == 2)
        let reply = try receive(Array(parts[2...]))

        #expect(reply.acknowledgement.checkpoint == head.checkpoint)
        #expect(reply.acknowledgement.staged == 0)
        #expect(try office.dump()["customer"].count == 16001)
        #expect(try office.dump()["incomingPart"].count == 0)
    }

    @Test func `a part that came damaged is asked for again, and the batch is kept`() throws {
        var extract = ExtractBuilder(day("2025-03-02"), outlet: .wulin)
        for number in 0..<8000 {
            let customer = CustomerNumber("\(4_400_000_000 + number)")
            extract = extract.customerRow(customer, name: "王\(number)")
                .accountRow("A\(customer)", of: customer).balanceRow("A\(customer)", "1")
        }
        try outlets[.wulin].takeAndClose([extract], in: outlets.files)
        try outlets.talk(.wulin).push(
            try #require(try outlets[.wulin].nextBatch(on: .urgent)))
        let head = try #require(try outlets[.wulin].nextBatch(on: .records))
        let parts = try outlets[.wulin].parts(of: head)
        try #require(parts.count > 1)
        let first = parts[0]
        try receive([Part(head: head, index: 0, bytes: first.bytes.map { $0 ^ 1 })])

        #expect(throws: ExchangeError.malformed) { try receive(Array(parts[1...])) }

        #expect(try office.dump()["incomingPart"].count == 0)
        #expect(try receive(parts).acknowledgement.checkpoint == head.checkpoint)
    }

    private static let forgeries: [(String, Lane, @Sendable (TestBatch) -> TestBatch)] = [
        (
            "a claim under another name", .urgent,
            {
                $0.changing("claim") {
                    $0.setting("id", to: .string(String(repeating: "0", count: 64)))
                }
            }
        ),
        (
            "a claim whose content was changed", .urgent,
            {
                $0.changing("claim") { rows in
                    let text = rows.values[4][0].string ?? ""
                    return rows.setting(
                        "content", to: .string(text.replacing("20000000", with: "90000000")))
                }
            }
        ),
        (
            "a claim that is no document", .urgent,
            { $0.changing("claim") { $0.setting("content", to: "{") } }
        ),
        (
            "a claim on another customer", .urgent,
            { $0.changing("claim") { $0.setting("customer", to: "3300000009") } }
        ),
        (
            "another outlet's claim", .urgent,
            {
                $0.changing("claim") { _ in
                    .claim(.forged(by: .xihu, to: .xihu, manager: .cai))
                }
            }
        ),
        (
            "a ruling by an outlet", .urgent,
            { $0.changing("claim") { _ in .claim(.forged(.ruling)) } }
        ),
        (
            "a ruling in the first-tier branch's name", .urgent,
            {
                $0.changing("claim") { _ in
                    .claim(.forged(by: .zhejiang, .ruling))
                }
            }
        ),
        (
            "an exit by an outlet", .urgent,
            {
                $0.changing("claim") { _ in
                    .claim(.forged(.exit, to: nil, manager: nil))
                }
            }
        ),
        (
            "a claim in another first-tier branch", .urgent,
            {
                $0.changing("claim") { _ in
                    .claim(.forged(firstTier: .jiangsu))
                }
            }
        ),
        ("a missing column", .records, { $0.changing("standing") { $0.without("pool") } }),
        (
            "a text in place of a number", .records,
            { $0.changing("standing") { $0.setting("balance", to: "1") } }
        ),
        (
            "a number in place of a text", .records,
            { $0.changing("customer") { $0.setting("number", to: 1) } }
        ),
        (
            "nothing where something must be", .records,
            { $0.changing("customer") { $0.setting("name", to: .null) } }
        ),
        (
            "a pool that is none", .records,
            { $0.changing("standing") { $0.setting("pool", to: "gone") } }
        ),
        (
            "a date beyond all calendars", .records,
            { $0.changing("dayClose") { $0.setting("date", to: .int(1 << 40)) } }
        ),
    ]

    @Test(arguments: forgeries.indices)
    func `a record that is not the outlet's to send, or not what its table admits, is set apart`(
        index: Int
    ) throws {
        let (name, lane, change) = Self.forgeries[index]
        let before = try office.dump()

        let reply = try receive(change(batch(lane)))

        #expect(reply.setApart.count == 1, "\(name)")
        #expect(reply.setApart.first?.code == ExchangeError.inadmissible.rawValue, "\(name)")
        let tables = ["customer", "dayClose", "standing", "claim", "contact", "reminder"]
        let after = try office.dump()
        // With one transaction in the batch, nothing of it is applied.
        for table in tables where lane == .urgent {
            #expect(after[table] == before[table], "\(name)")
        }
        #expect(after["quarantine"].count > 0, "\(name)")
        #expect(reply.acknowledgement.checkpoint.batch == 1, "\(name)")
    }

    @Test func `a kind of record or a column that this version does not know is kept`() throws {
        var points = TableRows(table: "points", columns: ["version", "id", "amount"])
        points.append([9, "p1", 300])
        let batch = try batch(.records).with { $0.tables.append(points) }
            .changing("dayClose") { $0.adding("mood", "calm") }

        let reply = try receive(batch)

        #expect(reply.setApart == [])
        let tables = try office.dump()
        #expect(tables["dayClose"].count == 1)
        #expect(tables["unknownRecord"].count == 2)
    }

    @Test(arguments: [("note", 60_000, true), ("note", 70_000, false), ("customer", 90, false)])
    func `of what this version does not know no record is larger than is passed on`(
        column: String, bytes: Int, isKept: Bool
    ) throws {
        var points = TableRows(table: "points", columns: ["version", "id", column])
        points.append([9, "p1", .string(String(repeating: "1", count: bytes))])

        let reply = try receive(batch(.records).with { $0.tables.append(points) })

        #expect(reply.acknowledgement.checkpoint.batch == 1)
        #expect(reply.setApart.isEmpty == isKept)
        #expect(try office.dump()["unknownRecord"].count == (isKept ? 1 : 0))
    }

    @Test func `head office's copy is what the node has, also when dates were closed again`() throws
    {
        let wulin = outlets[.wulin]
        try outlets.talk(.wulin).push()
        try outlets.close("2025-03-02", at: [.wulin])
        try wulin.takeAndClose(
            [
                ExtractBuilder(day("2025-03-03")).holding(.zhang, "700000")
                    .balanceRow("A\(UnitCode.wulin)\(CustomerNumber.wang)", "5"),
                ExtractBuilder(day("2025-03-31")),
            ], in: outlets.files)
        try outlets.talk(.wulin).push()
        try wulin.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
                    .balanceRow("A\(UnitCode.wulin)\(CustomerNumber.wang)", "900000")
            ], in: outlets.files)
        try outlets.talk(.wulin).push()

        let clean = try HeadOfficeOnDisk(world: TestWorld())
        let fresh = try BranchStore.enrolled(.wulin, at: clean.store, world: outlets.world)
        try fresh.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"))
                    .holding(.wang, "100000", account: "A\(UnitCode.wulin)\(CustomerNumber.wang)"),
                ExtractBuilder(day("2025-03-02"))
                    .balanceRow("A\(UnitCode.wulin)\(CustomerNumber.wang)", "900000"),
                ExtractBuilder(day("2025-03-03")).holding(.zhang, "700000")
                    .balanceRow("A\(UnitCode.wulin)\(CustomerNumber.wang)", "5"),
                ExtractBuilder(day("2025-03-31")),
            ], in: outlets.files)
        try Talk(fresh, clean.store).push()

        let tables = ["standing", "dayClose"]
        #expect(
            TableDump.differences(
                try office.dump().comparing(tables, without: ["version"]),
                try clean.dump().comparing(tables, without: ["version"])) == [])
    }

    @Test func `identifiers never stand on head office's disk in clear`() throws {
        try outlets.talk(.wulin).push()

        let files = try office.directory.contents().filter { $0.key.hasPrefix("office/") }

        #expect(files.values.contains { $0.firstRange(of: "3300000001".utf8) != nil })
        for secret in ["王小明", "11010519491231002X", "13812345678"] {
            for (name, bytes) in files {
                #expect(bytes.firstRange(of: secret.utf8) == nil, "\(secret) in \(name)")
            }
        }
    }
}
