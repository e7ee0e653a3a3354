import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// Who is let in again of nodes that were shut out (`sync.md`, statement 5).
struct ReadmissionTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
    }

    private func note(_ text: String, at store: BranchStore) throws {
        _ = try store.addContact(with: .wang, by: .tom, way: .call, note: text)
    }

    /// Both the node and a copy of it have something new, and the node was there first.
    private func fencedCopy() throws -> BranchStore {
        let copy = try outlets[.wulin].copiedInMemory()
        try note("by the original", at: outlets[.wulin])
        try outlets.talk(.wulin).exchange()
        try note("by the copy", at: copy)
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }
        return copy
    }

    @Test func `a node stays shut out, and can be let in, when the other one is restored`() throws {
        let backup = try outlets[.wulin].copiedInMemory(
            mark: RestoreMark(id: "w", restoredAt: outlets.world.now, backupAt: 0))
        let copy = try fencedCopy()

        #expect(try Talk(backup, outlets.bank).exchange().verdict == .restored)
        let view = try #require(
            try outlets.bank.nodes(by: "t").first { $0.outlet.code == .wulin })
        #expect(view.verdict == .suspectedCopy)
        try outlets.bank.readmit(.wulin, by: "os:t", reason: "checked")
        #expect(try Talk(copy, outlets.bank).exchange().verdict == .restored)
        #expect(throws: Refusal(.notFenced, ["outlet": "330101"])) {
            try outlets.bank.readmit(.wulin, by: "os:t", reason: "twice")
        }
    }

    @Test func `a readmission does not wait for a copy once the original is in step`() throws {
        let copy = try fencedCopy()

        try outlets.bank.readmit(.wulin, by: "os:t", reason: "the original is the right one")
        #expect(try outlets.talk(.wulin).exchange().verdict == .inStep)

        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
    }

    @Test func `nobody is let in again who was not shut out`() throws {
        try note("a record", at: outlets[.wulin])
        try outlets.talk(.wulin).exchange()

        #expect(throws: Refusal(.notFenced, ["outlet": "330101"])) {
            try outlets.bank.readmit(.wulin, by: "os:t", reason: "to be sure")
        }
    }

    @Test func `a readmission lets in one of two copies, not the other after it`() throws {
        let original = outlets[.wulin]
        let copy = try fencedCopy()

        try outlets.bank.readmit(.wulin, by: "os:t", reason: "checked")
        #expect(try Talk(copy, outlets.bank).exchange().verdict == .restored)
        try note("by the original, too late", at: original)

        #expect(throws: CourierError.self) { try outlets.talk(.wulin).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 2)
    }
}
