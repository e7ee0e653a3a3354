import Bank
import HeadOfficeStore
import Sync
import TestSupport
import Testing
import Vault

/// Head office's disk is full (`reliability.md`, R4).
struct FullDiskTests {
    private let directory: TemporaryDirectory
    private let disk: FullDisk
    private let bank: BankStore

    init() throws {
        directory = try TemporaryDirectory()
        let (path, credential) = (directory.path + "/office", directory.path + "/office.key")
        disk = FullDisk(of: path)
        try BankStore.create(
            path: path, credential: credential, organisation: .ofTests, world: disk.world(),
            actor: "os:test")
        bank = try BankStore(
            path: path, credential: credential, world: disk.world(), reserve: disk.reserve)
    }

    @Test func `on a full disk head office is looked at, and takes nothing until there is room`()
        throws
    {
        func invite() throws { _ = try bank.invite(.wulin, by: "amy") }

        disk.isFull = true
        #expect(try FullDisk.refuses(invite))
        #expect(try bank.nodes(by: "t").contains { $0.outlet.code == .wulin })
        #expect(disk.reserveSize == 0)
        // The room that was given up is for nothing else.
        #expect(try FullDisk.refuses(invite))
        #expect(try FullDisk.refuses { try bank.exportCanonical(of: .wulin, by: "t") { _ in } })

        disk.isFull = false
        try invite()
        #expect(disk.reserveSize == DiskReserve.usualSize)
    }

    @Test func `on a full disk a node's query waits, and the room is left to the people here`()
        throws
    {
        let node = EnrolledNode(outlet: .wulin, firstTier: .zhejiang, name: "n", epoch: 1)
        let query = QueryRequest(actor: "ada", number: "3300000001", indexes: [:], receipts: [:])
        func look() throws { _ = try bank.query(query, from: node) }

        disk.isFull = true
        #expect(throws: ExchangeError.busy) { try look() }
        #expect(disk.reserveSize == DiskReserve.usualSize)
        // Nor once somebody here has spent it.
        _ = try bank.nodes(by: "t")
        #expect(disk.reserveSize == 0)
        #expect(throws: ExchangeError.busy) { try look() }

        disk.isFull = false
        #expect(throws: Never.self) { try look() }
    }
}
