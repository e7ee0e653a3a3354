import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

struct ReceiveTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets
    private var bank: BankStore { outlets.bank }

    /// Wulin has closed a day with Wang's 100,000 and assigned him; nothing was sent.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "100000"])
        try outlets.claim(at: .wulin)
    }

    private func formed() throws -> FormedBatch { try #require(try outlets[.wulin].nextBatch()) }
    private func batch() throws -> Batch { try #require(try Batch(bytes: formed().bytes)) }

    private func receive(_ bytes: [UInt8]) throws -> Checkpoint {
        try bank.receive(bytes, from: outlets.talk(.wulin).node())
    }

    @Test func `a batch is kept whole and answered with how far it goes`() throws {
        let batch = try formed()

        let checkpoint = try receive(batch.bytes)

        #expect(
            checkpoint
                == Checkpoint(
                    nodeName: "node-330101", epoch: 1, batch: 1, sequence: batch.lastSequence,
                    hash: batch.hash))
        #expect(try bank.checkpoint(of: outlets.talk(.wulin).node()) == checkpoint)
        #expect(try outlets[.wulin].acknowledge(checkpoint))
        let tables = try office.dump()
        #expect(
            ["customer", "dayClose", "standing", "claim", "reminder"].map { tables[$0].count }
                == [1, 1, 1, 1, 1])
    }

    @Test func `a batch that comes twice has its effect once`() throws {
        let batch = try formed()
        let first = try receive(batch.bytes)
        let before = try office.dump()

        #expect(try receive(batch.bytes) == first)
        #expect(try office.dump() == before)
    }

    @Test func `a batch that does not follow is out of step`() throws {
        let batch = try batch()
        let before = try office.dump()

        for forged in [batch.with(number: 2), batch.with(previous: "00")] {
            #expect(throws: ExchangeError.outOfStep) { try receive(forged.bytes) }
        }
        #expect(try office.dump() == before)
    }

    @Test func `another batch under a number that is taken is out of step`() throws {
        _ = try receive(formed().bytes)
        let other = try batch().changing("customer") { $0.setting("idType", to: "passport") }

        #expect(throws: ExchangeError.outOfStep) { try receive(other.bytes) }
    }

    @Test func `a batch of another outlet, node or epoch is not taken`() throws {
        let batch = try batch()

        for other in [batch.with(outlet: .xihu), batch.with(nodeName: "n"), batch.with(epoch: 2)] {
            #expect(throws: ExchangeError.replaced) { try receive(other.bytes) }
        }
    }

    @Test(arguments: [[], Array("{}".utf8), Array("{\"epoch\":1".utf8), [0xFF]] as [[UInt8]])
    func `bytes that are no batch are malformed`(bytes: [UInt8]) {
        #expect(throws: ExchangeError.malformed) { try receive(bytes) }
    }

    private static let forgeries: [(String, @Sendable (Batch) -> Batch)] = [
        (
            "a claim under another name",
            {
                $0.changing("claim") {
                    $0.setting("id", to: .string(String(repeating: "0", count: 64)))
                }
            }
        ),
        (
            "a claim whose content was changed",
            {
                $0.changing("claim") { rows in
                    let text = rows.values[3][0].string ?? ""
                    return rows.setting(
                        "content", to: .string(text.replacing("20000000", with: "90000000")))
                }
            }
        ),
        (
            "a claim that is no document",
            { $0.changing("claim") { $0.setting("content", to: "{") } }
        ),
        (
            "a claim on another customer",
            { $0.changing("claim") { $0.setting("customer", to: "3300000009") } }
        ),
        (
            "another outlet's claim",
            {
                $0.changing("claim") { _ in
                    .claim(.forged(by: .xihu, to: .xihu, manager: .cai))
                }
            }
        ),
        ("a ruling by an outlet", { $0.changing("claim") { _ in .claim(.forged(.ruling)) } }),
        (
            "a ruling in the first-tier branch's name",
            {
                $0.changing("claim") { _ in
                    .claim(.forged(by: .zhejiang, .ruling))
                }
            }
        ),
        (
            "an exit by an outlet",
            {
                $0.changing("claim") { _ in
                    .claim(.forged(.exit, to: nil, manager: nil))
                }
            }
        ),
        (
            "a claim in another first-tier branch",
            {
                $0.changing("claim") { _ in
                    .claim(.forged(firstTier: .jiangsu))
                }
            }
        ),
        (
            "an unknown table",
            { $0.with(tables: $0.tables + [TableRows(table: "settlement", columns: ["x"])]) }
        ),
        ("a table twice", { $0.with(tables: $0.tables + [$0.tables[0]]) }),
        ("a missing column", { $0.changing("standing") { $0.without("pool") } }),
        (
            "a text in place of a number",
            { $0.changing("standing") { $0.setting("balance", to: "1") } }
        ),
        (
            "a number in place of a text",
            { $0.changing("customer") { $0.setting("number", to: 1) } }
        ),
        (
            "nothing where something must be",
            { $0.changing("customer") { $0.setting("name", to: .null) } }
        ),
        ("bytes that are none", { $0.changing("customer") { $0.setting("nameIndex", to: "xyz") } }),
        ("a pool that is none", { $0.changing("standing") { $0.setting("pool", to: "gone") } }),
        (
            "a date beyond all calendars",
            { $0.changing("dayClose") { $0.setting("date", to: .int(1 << 40)) } }
        ),
    ]

    @Test(arguments: forgeries.indices)
    func
        `a record that is not the outlet's to send, or not what its table admits, is refused whole`(
            index: Int
        ) throws
    {
        let (name, change) = Self.forgeries[index]
        let before = try office.dump()

        #expect(throws: ExchangeError.inadmissible, "\(name)") {
            try receive(change(batch()).bytes)
        }
        #expect(try office.dump() == before, "\(name)")
        #expect(try receive(formed().bytes).batch == 1, "\(name)")
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
                try office.dump().comparing(tables, without: []),
                try clean.dump().comparing(tables, without: [])) == [])
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
