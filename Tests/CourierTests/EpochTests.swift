import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// A new epoch is begun once, however often its answer is lost, and fences no honest node.
struct EpochTests {
    private let outlets: ThreeOutlets
    private let wulin: BranchStore

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        wulin = outlets[.wulin]
    }

    private func note(_ text: String, at store: BranchStore) throws {
        _ = try store.addContact(with: .wang, by: .tom, way: .call, note: text)
    }

    @Test func `a node that never heard of its new epoch is no copy, whatever it has to send`()
        throws
    {
        let backup = try outlets.bank.copiedInMemory()
        try note("lost by head office", at: wulin)
        try outlets.talk(.wulin).exchange()
        try note("news", at: wulin)
        let talk = Talk(wulin, backup)
        // The answer does not get there.
        #expect(try backup.greet(wulin.hello(), from: talk.node()).verdict == .officeRestored)

        #expect(try talk.exchange().verdict == .officeRestored)

        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 2)
        #expect(try talk.exchange().verdict == .inStep)
    }

    @Test
    func `a blank node with an extract of its own is let in though the first answer was lost`()
        throws
    {
        try note("by the lost one", at: wulin)
        try outlets.talk(.wulin).exchange()
        let blank = try BranchStore.enrolled(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new")
        try blank.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000", account: "A9")],
            in: outlets.files)
        let talk = Talk(blank, outlets.bank)
        #expect(try outlets.bank.greet(blank.hello(), from: talk.node()).verdict == .restored)

        #expect(try talk.exchange().verdict == .restored)

        #expect(try blank.customer(.wang, by: "t").contacts.map(\.note) == ["by the lost one"])
        #expect(try talk.exchange().verdict == .inStep)
    }

    @Test func `the same hello gets the same epoch`() throws {
        let backup = try wulin.copiedInMemory(
            mark: RestoreMark(id: "r", restoredAt: outlets.world.now, backupAt: 0))
        try note("after", at: wulin)
        try outlets.talk(.wulin).exchange()
        let node = try outlets.talk(.wulin).node()

        let first = try outlets.bank.greet(backup.hello(), from: node)
        let second = try outlets.bank.greet(backup.hello(), from: node)

        #expect(first.verdict == .restored)
        #expect(second.verdict == .restored)
        #expect(second.lanes == first.lanes)
        #expect(second.highest == first.highest)
    }

    @Test func `an old hello that comes late fences nobody`() throws {
        let old = try wulin.hello()
        #expect(old.pending == 0)
        try note("since", at: wulin)
        try outlets.talk(.wulin).exchange()
        let node = try outlets.talk(.wulin).node()
        #expect(try outlets.bank.greet(old, from: node).verdict == .restored)
        try note("news", at: wulin)

        #expect(try outlets.talk(.wulin).exchange().verdict == .restored)

        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 2)
        #expect(try outlets.talk(.wulin).exchange().verdict == .inStep)
    }

    @Test func `an old hello that comes late to a restored head office fences nobody`() throws {
        let backup = try outlets.bank.copiedInMemory()
        try note("one", at: wulin)
        try outlets.talk(.wulin).exchange()
        let old = try wulin.hello()
        try note("two", at: wulin)
        try outlets.talk(.wulin).exchange()
        let talk = Talk(wulin, backup)
        #expect(try backup.greet(old, from: talk.node()).verdict == .officeRestored)
        try note("three", at: wulin)

        #expect(try talk.exchange().verdict == .officeRestored)

        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 3)
        #expect(try talk.exchange().verdict == .inStep)
    }

    @Test func `of two that would begin the same epoch, the second to send is fenced`() throws {
        let first = try wulin.copiedInMemory()
        let second = try wulin.copiedInMemory()
        try note("by the original", at: wulin)
        try outlets.talk(.wulin).exchange()
        #expect(try Talk(first, outlets.bank).exchange().verdict == .restored)
        try note("by the first", at: first)
        try Talk(first, outlets.bank).exchange()
        try note("by the second", at: second)

        #expect(throws: CourierError.self) { try Talk(second, outlets.bank).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
        #expect(throws: CourierError.self) {
            try note("by the original again", at: wulin)
            try outlets.talk(.wulin).exchange()
        }
    }
}
