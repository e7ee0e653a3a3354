import Bank
import Certificates
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// Backups put back and directories copied, on either side (`sync.md`, statements 3 to 5).
struct RestoreTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
    }

    private func note(_ text: String, at store: BranchStore) throws {
        _ = try store.addContact(with: .wang, by: .tom, way: .call, note: text)
    }

    private func notes(at store: BranchStore) throws -> [String] {
        try store.customer(.wang, by: "t").contacts.map(\.note).sorted()
    }

    @Test
    func `statement 4: a restored node gets a new epoch and its acknowledged operations back`()
        throws
    {
        let wulin = outlets[.wulin]
        try note("unsent then", at: wulin)
        let backup = try wulin.copiedInMemory(
            mark: RestoreMark(id: "r", restoredAt: outlets.world.now, backupAt: 0))
        try note("after", at: wulin)
        _ = try outlets.claim(at: .wulin)
        try outlets.talk(.wulin).exchange()
        try note("since the restore", at: backup)

        let exchanged = try Talk(backup, outlets.bank).exchange()

        #expect(exchanged.verdict == .restored)
        #expect(try notes(at: backup) == ["after", "since the restore", "unsent then"])
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 3)
        #expect(try backup.restoreMark() == nil)
        #expect(try backup.owner(of: .wang, by: "t").ownership.owner?.manager == .ada)
        #expect(try backup.lineState().pending == 0)
        #expect(try Talk(backup, outlets.bank).exchange().verdict == .inStep)
    }

    @Test func `statement 4: without anything new a stale node counts as restored`() throws {
        let wulin = outlets[.wulin]
        let backup = try wulin.copiedInMemory()
        for text in ["one", "two", "three"] {
            try note(text, at: wulin)
            try outlets.talk(.wulin).exchange()
        }

        let exchanged = try Talk(backup, outlets.bank).exchange()

        #expect(exchanged.verdict == .restored)
        #expect(exchanged.recordsRecovered >= 3)
        #expect(try notes(at: backup) == ["one", "three", "two"])
        try note("four", at: backup)
        #expect(try Talk(backup, outlets.bank).exchange().verdict == .inStep)
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 4)
    }

    @Test func `statement 5: the second of two copies is fenced at its first operation`() throws {
        let original = outlets[.wulin]
        let copy = try original.copiedInMemory()
        try note("by the original", at: original)
        try note("by the copy", at: copy)

        // The first to come keeps the epoch, even if it is the copy.
        #expect(try Talk(copy, outlets.bank).exchange().verdict == .inStep)
        #expect(throws: CourierError.self) { try outlets.talk(.wulin).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 1)
        let view = try #require(
            try outlets.bank.nodes(by: "t").first { $0.outlet.code == .wulin })
        #expect(view.verdict == .suspectedCopy)

        // The copy works on; the other stays out until an operator lets it in.
        try note("again by the copy", at: copy)
        #expect(try Talk(copy, outlets.bank).exchange().verdict == .inStep)
        #expect(throws: CourierError.self) { try outlets.talk(.wulin).exchange() }

        try outlets.bank.readmit(.wulin, by: "os:t", reason: "checked")
        #expect(try outlets.talk(.wulin).exchange().verdict == .restored)
        #expect(
            try notes(at: original) == ["again by the copy", "by the copy", "by the original"])
        #expect(try outlets.talk(.wulin).exchange().verdict == .inStep)
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 3)
        // Now it is the copy that is of an earlier epoch.
        try note("too late", at: copy)
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }
    }

    @Test func `a readmission does not wait for a copy once the original is in step`() throws {
        let original = outlets[.wulin]
        let copy = try original.copiedInMemory()
        try note("by the original", at: original)
        try outlets.talk(.wulin).exchange()
        try note("by the copy", at: copy)
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }

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

    @Test func `a node that was restored while in step shields no later copy`() throws {
        let restored = try outlets[.wulin].copiedInMemory(
            mark: RestoreMark(id: "w", restoredAt: outlets.world.now, backupAt: 0))
        #expect(try Talk(restored, outlets.bank).exchange().verdict == .inStep)
        let copy = try restored.copiedInMemory()
        try note("by the node", at: restored)
        try Talk(restored, outlets.bank).exchange()
        try note("by the copy", at: copy)

        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
    }

    @Test func `a readmission lets in one of two copies, not the other after it`() throws {
        let original = outlets[.wulin]
        let copy = try original.copiedInMemory()
        try note("by the original", at: original)
        try outlets.talk(.wulin).exchange()
        try note("by the copy", at: copy)
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }

        try outlets.bank.readmit(.wulin, by: "os:t", reason: "checked")
        #expect(try Talk(copy, outlets.bank).exchange().verdict == .restored)
        try note("by the original, too late", at: original)

        #expect(throws: CourierError.self) { try outlets.talk(.wulin).exchange() }.map {
            #expect($0.code == "suspected-copy")
        }
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 2)
    }

    @Test func `a head office restored from a backup is sent again what it lost`() throws {
        let backup = try outlets.bank.copiedInMemory()
        let wulin = outlets[.wulin]
        try note("lost by head office", at: wulin)
        _ = try outlets.claim(at: .wulin)
        try outlets.talk(.wulin).exchange()
        #expect(try wulin.lineState().pending == 0)

        let exchanged = try Talk(wulin, backup).exchange()

        #expect(exchanged.verdict == .officeRestored)
        let received = try backup.received(from: .wulin, by: "t")
        #expect(received["contact"]?.count == 1)
        #expect(received["claim"]?.count == 1)
        #expect(try Talk(wulin, backup).exchange().verdict == .inStep)
    }

    @Test func `what a restored head office is sent again shares no fate that it did not share`()
        throws
    {
        let backup = try outlets.bank.copiedInMemory()
        let wulin = outlets[.wulin]
        try note("before", at: wulin)
        try outlets.talk(.wulin).exchange()
        _ = try wulin.addContact(
            with: .wang, by: .tom, way: .call, note: "poison",
            followUpOn: BusinessDay(daysSinceEpoch: 400_000))
        try outlets.talk(.wulin).exchange()
        try note("after", at: wulin)
        try outlets.talk(.wulin).exchange()

        let again = try Talk(wulin, backup).exchange()
        #expect(again.setApart == 1)

        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 2)
        #expect(try wulin.lineState().quarantined == 1)
    }

    @Test func `a restored head office gets back what it had sealed, and seals nothing before`()
        throws
    {
        let backup = try outlets.bank.copiedInMemory()
        _ = try outlets.claim(at: .wulin)
        _ = try outlets.claim(at: .xihu)
        try outlets.exchange()
        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange()

        // The first node that comes tells it that something is lost.
        #expect(try Talk(outlets[.wulin], backup).exchange().verdict == .officeRestored)
        #expect(throws: Refusal.self) {
            try backup.settle(.zhejiang, by: "t")
        }.map { #expect($0.reason == .officeRecovering) }
        for outlet in [UnitCode.xihu, .gulou] {
            _ = try Talk(outlets[outlet], backup).exchange()
        }

        let entry = try #require(
            try backup.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.record == record)
        #expect(entry.owner.ownership.claim == record.claim)
        #expect(entry.claims.allSatisfy { $0.outcome != nil })
        #expect(try backup.settle(.zhejiang, by: "t") == [])
        for outlet in [UnitCode.wulin, .xihu, .gulou] {
            _ = try Talk(outlets[outlet], backup).exchange()
            let answer = try outlets[outlet].owner(of: .wang, by: "t")
            #expect(answer.ownership.state == .confirmed)
        }
    }

    @Test func `a trial order says nothing of customers whose decisions were lost`() throws {
        let backup = try outlets.bank.copiedInMemory()
        _ = try outlets.claim(at: .wulin)
        _ = try outlets.claim(at: .xihu)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        // Gulou has the record, and is not entitled to the decision.
        try Talk(outlets[.gulou], backup).exchange()

        let trial = try backup.dryRun(.zhejiang, order: ["business-date"], by: "fay")
        #expect(trial.changes == [])
    }

    @Test func `a blank node in the place of a lost one gets the outlet's operations`() throws {
        try note("by the lost one", at: outlets[.wulin])
        _ = try outlets.claim(at: .wulin)
        try outlets.talk(.wulin).exchange()
        let blank = try BranchStore.enrolled(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new")

        let exchanged = try Talk(blank, outlets.bank).exchange()

        #expect(exchanged.verdict == .restored)
        #expect(exchanged.recordsRecovered == 4)
        #expect(try blank.owner(of: .wang, by: "t").ownership.owner?.manager == .ada)
        #expect(try blank.lineState().pending == 0)
        #expect(throws: (any Error).self) { try outlets.talk(.wulin).exchange() }
    }

    /// The node shows a new token to head office, under the name and with the data that it has.
    private func enrolAgain(_ store: BranchStore, at bank: BankStore) throws {
        let key = store.newKey()
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try bank.invite(store.node.outlet, by: "t").secret,
                outlet: store.node.outlet, nodeName: store.node.name,
                certificateRequest: CertificateRequest(for: key).bytes,
                firstTier: store.node.firstTier))
        let certificate = try #require(Certificate(bytes: reply.certificate))
        let identity = try #require(
            Identity(authority: bank.authorityCertificate, certificate: certificate, key: key))
        try store.reenrol(
            at: "https://head-office.test", identity, epoch: reply.epoch, by: "t")
    }

    @Test func `a node that head office lost with its backup is let in and sends all of it again`()
        throws
    {
        try note("by the node before", at: outlets[.wulin])
        try outlets.talk(.wulin).exchange()
        let backup = try outlets.bank.copiedInMemory()
        let node = try BranchStore.enrolled(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new")
        try Talk(node, outlets.bank).exchange()
        try node.takeAndClose(
            [ExtractBuilder(day("2025-03-01"), outlet: .wulin).holding(.wang, "300000")],
            in: outlets.files)
        try note("lost by head office", at: node)
        try Talk(node, outlets.bank).exchange()
        #expect(throws: ExchangeError.notEnrolled) { try Talk(node, backup).exchange() }
        try note("unsent", at: node)

        try enrolAgain(node, at: backup)

        #expect(try Talk(node, backup).exchange().verdict == .officeRestored)
        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 3)
        #expect(try node.lineState().pending == 0)
        #expect(try Talk(node, backup).exchange().verdict == .inStep)
    }

    @Test func `a node that head office never knew before its backup is let in with what it has`()
        throws
    {
        let bank = try BankStore(inMemory: .ofTests, world: outlets.world.world)
        let backup = try bank.copiedInMemory()
        let first = try ThreeOutlets(at: bank)
        try first.close("2025-03-01", [.wulin: "300000"])
        try first.exchange()
        try note("lost by head office", at: first[.wulin])
        try first.exchange()

        try enrolAgain(first[.wulin], at: backup)

        #expect(try Talk(first[.wulin], backup).exchange().verdict == .officeRestored)
        #expect(try backup.received(from: .wulin, by: "t")["contact"]?.count == 1)
        #expect(try Talk(first[.wulin], backup).exchange().verdict == .inStep)
    }

    @Test func `a node that was restored once is enrolled again and goes on`() throws {
        let backup = try outlets[.wulin].copiedInMemory()
        try note("after", at: outlets[.wulin])
        try outlets.talk(.wulin).exchange()
        #expect(try Talk(backup, outlets.bank).exchange().verdict == .restored)
        try outlets.bank.revoke(.wulin, by: "t")
        try note("while shut out", at: backup)

        try enrolAgain(backup, at: outlets.bank)

        #expect(try Talk(backup, outlets.bank).exchange().verdict == .inStep)
        #expect(try outlets.bank.received(from: .wulin, by: "t")["contact"]?.count == 2)
    }

    @Test func `a node of another first-tier branch is refused before its token is used up`()
        throws
    {
        let token = try outlets.bank.invite(.wulin, by: "t").secret
        let request = CertificateRequest(for: outlets[.wulin].newKey()).bytes

        #expect(throws: WrongFirstTier.self) {
            try outlets.bank.enrol(
                EnrolmentRequest(
                    token: token, outlet: .wulin, nodeName: "node-far",
                    certificateRequest: request, firstTier: "32"))
        }
        #expect(
            try outlets.bank.enrol(
                EnrolmentRequest(
                    token: token, outlet: .wulin, nodeName: "node-near",
                    certificateRequest: request)
            ).epoch == 2)
    }

    @Test func `what a node shows that head office never said is corrupted`() throws {
        let hello = try outlets[.wulin].hello()
        let lanes = hello.lanes.mapValues {
            Hello.LanePosition(checkpoint: $0.checkpoint, receipt: "00", waiting: nil)
        }
        var forged = hello.json.object ?? [:]
        forged["lanes"] =
            Hello(
                nodeName: hello.nodeName,
                lanes: lanes.mapValues {
                    Hello.LanePosition(
                        checkpoint: Checkpoint(
                            epoch: 1, batch: $0.checkpoint.batch + 7, sequence: 900, hash: "aa"),
                        receipt: "00", waiting: nil)
                }, now: hello.now, pending: 0, after: 0, organisationVersion: 1,
                isMarkedRestored: true, lastRecord: 0, recovery: ""
            ).json["lanes"]

        let reply = try outlets.bank.greet(
            try #require(Hello(json: .object(forged))), from: outlets.talk(.wulin).node())

        #expect(reply.verdict == .corrupted)
    }
}
