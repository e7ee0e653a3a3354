import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What comes down of a table that only a later version knows.
struct KeptStatesTests {
    private static let later = "laterKey"

    private let node: NodeDisk
    private let store: BranchStore

    init() throws {
        let world = TestWorld()
        node = try NodeDisk(
            .wulin, at: BankStore(inMemory: .ofTests, world: world.world), world: world)
        store = try node.start()
    }

    /// Of a customer of Xihu's, with what they are found by.
    private func record(_ indexes: String) -> PassedOn {
        PassedOn(
            outlet: .xihu, table: Self.later,
            row: [
                "author": "330102", "customer": "3300000001", "id": "330102-3300000001",
                "indexes": .string(indexes), "name": "王*",
            ])
    }

    private func say(_ records: [PassedOn]) throws {
        try store.apply(
            Delta(
                through: 5, hasMore: false,
                organisationVersion: try store.organisationVersion(), organisation: nil,
                claims: [], settled: [], records: records))
    }

    @Test(arguments: [(1, 5), (2, 0)] as [(Int, Int64)])
    func `a later version asks for everything again where it has two states of a record alone`(
        states: Int, watermark: Int64
    ) throws {
        let all = [record("[]"), record("[\"mobile:0011223344556677\"]")]
        try say(Array(all.prefix(states)))
        #expect(try store.lineState().watermark == 5)

        let table = try #require(SyncedTable.named("customerKey"))
        #expect(try store.takeInKnown(as: [Self.later: table]) == states)

        #expect(try store.lineState().watermark == watermark)
    }
}
