import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// A transaction that head office cannot apply does not hold up the others (`sync.md`, statement 6).
struct QuarantineTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.exchange()
    }

    /// A follow-up in a year that head office takes from nobody.
    @discardableResult
    private func poison(at store: BranchStore? = nil) throws -> String {
        try (store ?? outlets[.wulin]).addContact(
            with: .wang, by: .tom, way: .call, note: "poison",
            followUpOn: BusinessDay(daysSinceEpoch: 400_000)
        ).id
    }

    @Test func `statement 6: a failing operation is set apart and the unrelated ones arrive`()
        throws
    {
        let wulin = outlets[.wulin]
        var poisoned: [String] = []
        for number in 0..<20 {
            _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "\(number)")
            if number % 7 == 3 { poisoned.append(try poison()) }
        }

        let exchanged = try outlets.talk(.wulin).exchange()

        #expect(exchanged.setApart == 3)
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 20)
        let entries = try wulin.quarantine()
        #expect(entries.map(\.key) == poisoned)
        #expect(entries.allSatisfy { $0.code == "inadmissible" && $0.record == "contact" })
        #expect(entries.allSatisfy { $0.column == "followUpOn" })
        #expect(entries.allSatisfy { $0.reason.key == "apart.column" })
        #expect(try wulin.lineState().pending == 0)
        #expect(try wulin.lineState().quarantined == 3)
        #expect(try outlets.talk(.wulin).exchange().batchesSent == 0)
    }

    /// Another program writes reminders into a node's database, the first and the last of which are
    /// longer than any that head office takes.
    private func writeAsAnotherProgram() throws {
        for (id, length) in [("first", 20_000), ("good", 20), ("second", 20_000)] {
            try outlets.disk(.wulin).disk.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO reminder (id, staff, kind, dueOn, facts, at)
                        VALUES (?, 'nobody', 'assigned', 20148, ?, 0)
                        """,
                    arguments: [id, "{\"text\":\"\(String(repeating: "x", count: length))\"}"])
            }
        }
    }

    @Test func `what another program wrote is set apart record by record`() throws {
        let wulin = outlets[.wulin]
        try writeAsAnotherProgram()
        _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "after them")

        #expect(try outlets.talk(.wulin).exchange().setApart == 2)

        #expect(try wulin.quarantine().map(\.key) == ["first", "second"])
        let received = try outlets.bank.received(from: .wulin, by: "t")
        #expect(received["reminder"]?.contains("good") == true)
        #expect(received["contact"]?.count == 1)
    }

    @Test func `so it is where a restored node sends it`() throws {
        let wulin = outlets[.wulin]
        try writeAsAnotherProgram()
        let backup = try wulin.copiedInMemory(
            mark: RestoreMark(id: "r", restoredAt: outlets.world.now, backupAt: 0))
        try outlets.disk(.wulin).disk.write { try $0.execute(sql: "DELETE FROM reminder") }
        for number in 0..<9 {
            _ = try wulin.addContact(with: .wang, by: .tom, way: .call, note: "\(number)")
        }
        try outlets.talk(.wulin).exchange()

        let exchanged = try Talk(backup, outlets.bank).exchange()

        #expect(exchanged.verdict == .restored)
        #expect(exchanged.setApart == 2)
        #expect(try backup.quarantine().map(\.key) == ["first", "second"])
        let received = try outlets.bank.received(from: .wulin, by: "t")
        #expect(received["reminder"]?.contains("good") == true)
    }

    @Test func `what an outlet gave up waits for room on head office's disk`() throws {
        let directory = try TemporaryDirectory()
        let (path, credential) = (directory.path + "/office", directory.path + "/office.key")
        let disk = FullDisk(of: path)
        let world = disk.world()
        try BankStore.create(
            path: path, credential: credential, organisation: .ofTests, world: world,
            actor: "os:test")
        let bank = try BankStore(
            path: path, credential: credential, world: world, reserve: disk.reserve)
        let outlets = try ThreeOutlets(at: bank)
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.exchange([.wulin])
        try poison(at: outlets[.wulin])
        try outlets.talk(.wulin).exchange()
        #expect(try outlets[.wulin].discardQuarantined(nil, reason: "录错", by: "t") == 1)
        let (hello, node) = (try outlets[.wulin].hello(), try outlets.talk(.wulin).node())

        disk.isFull = true
        #expect(try FullDisk.refuses { _ = try bank.greet(hello, from: node) })
        #expect(disk.reserveSize == DiskReserve.usualSize)

        disk.isFull = false
        #expect(try bank.greet(hello, from: node).discarded == hello.discarded)
    }

    @Test func `what was set apart is told again where the answer was lost on the way`() throws {
        let wulin = outlets[.wulin]
        let id = try poison()
        let head = try #require(try wulin.nextBatch(on: .records))
        let node = try outlets.talk(.wulin).node()
        for part in try wulin.parts(of: head) { _ = try outlets.bank.receive(part, from: node) }

        #expect(try wulin.quarantine().isEmpty)
        #expect(try outlets.talk(.wulin).exchange().setApart == 1)
        #expect(try wulin.quarantine().map(\.key) == [id])
    }

    @Test func `giving up needs a reason, and is all of what was named or nothing`() throws {
        let wulin = outlets[.wulin]
        for _ in 0..<3 { try poison() }
        try outlets.talk(.wulin).exchange()
        let ids = try wulin.quarantine().map(\.id)
        try #require(ids.count == 3)

        #expect(throws: Refusal(.reasonMissing)) {
            try wulin.discardQuarantined(nil, reason: " ", by: "t")
        }
        #expect(throws: Refusal(.unknownQuarantine, ["id": "99"])) {
            try wulin.discardQuarantined([ids[0], 99], reason: "test data", by: "t")
        }
        #expect(try wulin.quarantine().count == 3)
        #expect(try wulin.discardQuarantined([ids[0]], reason: "test data", by: "t") == 1)
        #expect(try wulin.discardQuarantined(nil, reason: "test data", by: "t") == 2)
        #expect(try wulin.quarantine() == [])
    }

    @Test func `head office lists what it set apart, with the column and without a content`() throws
    {
        let id = try poison()
        try outlets.talk(.wulin).exchange()

        let kept = try outlets.bank.keptApart(by: "t").setApart
        #expect(kept.map(\.outlet) == [.wulin])
        #expect(kept.first?.key == id && kept.first?.column == "followUpOn")
        #expect(kept.first?.code == "inadmissible" && kept.first?.record == "contact")
        #expect(kept.map { $0.discardedAt == nil } == [true])
        #expect(try outlets.bank.keptApart(of: .xihu, by: "t").setApart == [])
        #expect(throws: Refusal(.notAnOutlet, ["unit": "33"])) {
            try outlets.bank.keptApart(of: .zhejiang, by: "t")
        }
    }

    @Test func `head office says what a fenced copy handed over, and has applied none of it`()
        throws
    {
        let original = outlets[.wulin]
        let copy = try original.copiedInMemory()
        _ = try original.addContact(with: .wang, by: .tom, way: .call, note: "by the original")
        let own = try copy.addContact(with: .wang, by: .tom, way: .call, note: "by the copy").id
        try outlets.talk(.wulin).exchange()
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }

        let batches = try outlets.bank.keptApart(of: .wulin, by: "t").handedOver
        let batch = try #require(batches.first)
        #expect(batches.count == 1 && batch.isReadable && batch.parts == batch.head.parts)
        #expect(batch.records["contact"]?.ids == [own])
        let nodes = try outlets.bank.nodes(by: "t")
        #expect(nodes.first { $0.outlet.code == .wulin }?.handedOver == 1)
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 1)
    }

    @Test func `what an earlier exchange left is still counted by a later one's line state`() throws
    {
        try poison()
        try outlets.talk(.wulin).exchange()

        #expect(try outlets.talk(.wulin).exchange().setApart == 0)
        #expect(try outlets[.wulin].lineState().quarantined == 1)
    }

    @Test func `what is tried again comes again; what was given up does not`() throws {
        let wulin = outlets[.wulin]
        let first = try poison()
        try poison()
        try outlets.talk(.wulin).exchange()
        let entries = try wulin.quarantine()
        #expect(entries.count == 2)

        #expect(try wulin.retryQuarantined(entries[0].id, by: "t") == 1)
        #expect(
            try wulin.discardQuarantined([entries[1].id], reason: "entered again", by: "t") == 1)
        #expect(throws: Refusal.self) { try wulin.retryQuarantined(99, by: "t") }
        #expect(try wulin.quarantine() == [])
        #expect(try outlets.talk(.wulin).exchange().setApart == 1)

        #expect(try wulin.quarantine().map(\.key) == [first])
        #expect(try wulin.lineState().pending == 0)
    }

    private func setApartThere() throws -> Int? {
        try outlets.bank.nodes(by: "t").first { $0.outlet.code == .wulin }?.setApart
    }

    @Test func `what was given up is not sent again by a comparison, and head office hears of it`()
        throws
    {
        let wulin = outlets[.wulin]
        try poison()
        try outlets.talk(.wulin).exchange()
        // The marketing record and its reminder.
        #expect(try setApartThere() == 2)
        #expect(try wulin.discardQuarantined(nil, reason: "录错", by: "t") == 1)

        let exchanged = try outlets.talk(.wulin).exchange(comparing: true)

        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
        #expect(exchanged.setApart == 0)
        #expect(try wulin.quarantine() == [])
        #expect(try setApartThere() == 0)
        let kept = try outlets.bank.keptApart(by: "t").setApart
        #expect(kept.map { $0.discardedAt == nil } == [false])
        #expect(try wulin.hello().discarded == [])
        var exports: [[String]] = [[], []]
        try wulin.exportCanonical(by: "t") { exports[0].append($0) }
        try outlets.bank.exportCanonical(of: .wulin, by: "t") { exports[1].append($0) }
        #expect(exports[0] == exports[1])
    }

    @Test func `what an outlet gave up is audited at head office, once`() throws {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        let outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.exchange([.wulin])
        let wulin = outlets[.wulin]
        let id = try poison(at: wulin)
        try outlets.talk(.wulin).exchange()
        #expect(try wulin.discardQuarantined(nil, reason: "录错", by: "t") == 1)
        // The answer does not get there, so it is said again.
        let hello = try wulin.hello()
        let reply = try office.store.greet(hello, from: outlets.talk(.wulin).node())
        #expect(hello.discarded.count == 1 && reply.discarded == hello.discarded)
        try outlets.talk(.wulin).exchange()

        let audit = try TableDump(office.directory.path + "/office/data.sqlite")["audit"]

        let entries = audit.filter { $0.contains("discarded") }
        #expect(entries.count == 1)
        #expect(entries.allSatisfy { $0.contains(id) && $0.contains("330101") })
    }
}
