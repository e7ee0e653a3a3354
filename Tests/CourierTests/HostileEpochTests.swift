import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// A head office that begins epochs as it likes cannot make a node drop what it has to send.
struct HostileEpochTests {
    private let outlets: ThreeOutlets
    private let store: BranchStore

    /// Wulin's node has a note that head office does not have.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.exchange([.wulin])
        store = outlets[.wulin]
        _ = try store.addContact(with: .wang, by: .tom, way: .call, note: "unsent")
    }

    private func reply(
        urgent: Checkpoint, records: Checkpoint, highest: Int64 = 0,
        verdict: Verdict = .restored
    ) -> HelloReply {
        func acknowledgement(_ checkpoint: Checkpoint) -> Acknowledgement {
            Acknowledgement(checkpoint: checkpoint, receipt: "00", staged: 0)
        }
        return HelloReply(
            verdict: verdict,
            lanes: [.urgent: acknowledgement(urgent), .records: acknowledgement(records)],
            now: outlets.world.now, newest: 0, organisationVersion: 1, lastRecord: 0,
            highest: highest)
    }

    private func beginning(at sequence: Int64, epoch: Int64 = 2) -> Checkpoint {
        Checkpoint(epoch: epoch, batch: 0, sequence: sequence, hash: "")
    }

    @Test func `a new epoch whose lanes begin apart is refused, and what waits still waits`()
        throws
    {
        let before = try store.hello()

        #expect(throws: UntrustedDelta.epoch) {
            try store.begin(reply(urgent: beginning(at: 0), records: beginning(at: 1 << 50)))
        }

        #expect(try store.hello().pending == before.pending)
        #expect(before.pending == 1)
        #expect(try store.hello().lanes[.records]?.checkpoint == before.lanes[.records]?.checkpoint)
    }

    @Test func `a new epoch that does not begin as one does is refused`() throws {
        let far: Int64 = 1 << 52
        for checkpoint in [
            Checkpoint(epoch: 2, batch: 7, sequence: 0, hash: ""),
            Checkpoint(epoch: 2, batch: 0, sequence: 0, hash: "aa"),
            Checkpoint(epoch: far, batch: 0, sequence: 0, hash: ""),
            beginning(at: far),
        ] {
            #expect(throws: UntrustedDelta.epoch) {
                try store.begin(reply(urgent: checkpoint, records: checkpoint))
            }
        }
        #expect(throws: UntrustedDelta.epoch) {
            try store.begin(
                reply(urgent: beginning(at: 0), records: beginning(at: 0), highest: far))
        }
    }

    @Test func `however often epochs begin anywhere, what waits is still there to be sent`() throws
    {
        for epoch in 2...120 {
            let checkpoint = beginning(
                at: epoch.isMultiple(of: 2) ? 0 : Checkpoint.latestBeginning, epoch: Int64(epoch))
            do {
                try store.begin(
                    reply(
                        urgent: checkpoint, records: checkpoint,
                        highest: Checkpoint.latestBeginning,
                        verdict: epoch.isMultiple(of: 3) ? .officeRestored : .restored))
            } catch UntrustedDelta.epoch {
                // Or it is refused, before the numbers run out.
            }
            #expect(try store.hello().pending >= 1)
        }

        let head = try #require(try store.nextBatch(on: .records))
        #expect(try store.nextBatch(on: .records) == head)
        #expect(try store.tables(of: head).first { $0.table == "contact" }?.count == 1)
    }
}
