import Bank
import GRDB
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// CIF merged two numbers of one person, and each had an owner at another outlet (`domain.md` 3.5).
struct MergeDisputeTests {
    private let outlets: ThreeOutlets

    /// Wang is Wulin's, Zhang is Xihu's; 2025-03-03 is the date being worked.
    init() throws { try self.init(heard: true) }

    /// - Parameter heard: whether both outlets know of the settlement.
    private init(heard: Bool) throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .gulou: "1"])
        try outlets.close("2025-03-02", [.xihu: "200000"], of: .zhang)
        try outlets.claim(.wang, at: .wulin)
        try outlets.claim(.zhang, at: .xihu)
        try exchange()
        try outlets.settle(now: true)
        if heard { try exchange() }
    }

    private func exchange() throws {
        try outlets.exchange()
        try outlets.exchange()
    }

    /// Xihu learns that Zhang is Wang.
    private func merge(
        on date: String = "2025-03-03", into survivor: CustomerNumber = .wang
    ) throws {
        try close(date) { $0.customerRow(survivor).customerRow(.zhang, mergedInto: survivor) }
    }

    private func close(
        _ date: String, sequence: Int = 1, _ rows: (ExtractBuilder) -> ExtractBuilder = { $0 }
    ) throws {
        let extract = ExtractBuilder(day(date), outlet: .xihu).with { $0.sequence = sequence }
        try outlets[.xihu].takeAndClose([rows(extract)], in: outlets.files)
    }

    private func disputes(
        at outlet: UnitCode, about customer: CustomerNumber = .wang
    ) throws -> [Dispute] {
        try outlets[outlet].disputes(about: customer)
    }

    private func count(_ sql: String) throws -> Int? {
        try outlets.disk(.xihu).disk.read { try Int.fetchOne($0, sql: sql) }
    }

    @Test func `the outlet of the number that is no more asks for the customer by itself`() throws {
        try merge()
        let asked = try #require(try disputes(at: .xihu).first)
        #expect(asked.state == .raised && asked.isRequest && asked.first.isOfMerge)
        #expect(asked.first.manager == .cai && asked.first.counterParty == .wulin)
        #expect(asked.first.opinion == "CIF: 3300000002 → 3300000001")
        #expect(asked.first.evidence?.holdings == yuan("200000").halves)
        #expect(asked.first.businessDate == day("2025-03-04"))

        try exchange()

        #expect(try disputes(at: .wulin).map(\.state) == [.withCounterParty])
        for staff in [StaffID.ada, .eve] {
            let told = try outlets[.wulin].reminders(of: staff)
            #expect(told.filter { $0.kind == .transferRequested }.count == 1)
        }
        #expect(try outlets.owner(at: .xihu) == .ada)
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "fay").map(\.dispute.id) == [asked.id])
    }

    @Test func `what it asks goes ahead by itself, and the close with the records`() throws {
        try merge()

        // The standings that no exchange took yet, and the step.
        #expect(try count("SELECT count(*) FROM standing WHERE date = 20150") == 2)
        #expect(
            try count(
                """
                SELECT count(*) FROM changeMark
                JOIN disputeStep ON disputeStep.sequence BETWEEN first AND changeMark.sequence
                WHERE isUrgent = 1 AND first = changeMark.sequence
                """) == 1)
        #expect(
            try count(
                """
                SELECT count(*) FROM changeMark
                JOIN standing ON standing.sequence BETWEEN first AND changeMark.sequence
                WHERE isUrgent = 1
                """) == 0)
    }

    @Test func `with consent the manager of the old number gets the customer`() throws {
        try merge()
        try exchange()

        try outlets.take(.accept(from: nil), at: .wulin, by: .eve)
        try outlets.settle(now: true)
        try exchange()

        #expect(try outlets.owner(at: .wulin) == .cai)
        #expect(try disputes(at: .xihu).map(\.ending) == [.consented])
        // The manager and the supervisor: nobody wrote the request.
        let told = "SELECT count(*) FROM reminder WHERE kind = 'dispute-answered'"
        #expect(try count(told) == 2)
        #expect(try count(told + " AND staff IN ('cai', 'sun')") == 2)
    }

    @Test func `it asks once, however often dates are closed`() throws {
        try merge()
        try exchange()
        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)

        try close("2025-03-03", sequence: 2) {
            $0.customerRow(.wang).customerRow(.zhang, mergedInto: .wang)
        }
        try close("2025-03-04")

        #expect(try disputes(at: .xihu).map(\.ending) == [.refused])
    }

    @Test func `whoever had the old number sees the customer until it is refused`() throws {
        #expect(try !outlets[.xihu].ownsMerged(.cai, .wang))
        try merge()
        try exchange()
        #expect(try outlets[.xihu].ownsMerged(.cai, .wang))

        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)

        #expect(try !outlets[.xihu].ownsMerged(.cai, .wang))
    }

    @Test func `a node out of a backup leaves what it asked before as it is`() throws {
        let backup = try outlets.disk(.xihu).copied()
        try merge()
        try exchange()
        let asked = try #require(try disputes(at: .wulin).first)
        let restored = try backup.start()
        try Talk(restored, outlets.bank).exchange()
        try Talk(restored, outlets.bank).exchange()

        // It has yet to close the date of the merge again.
        let early = ExtractBuilder(day("2025-03-02"), outlet: .xihu).with { $0.sequence = 2 }
            .holding(.zhang, "200000", account: "A\(UnitCode.xihu)\(CustomerNumber.zhang)")
        try restored.takeAndClose([early], in: outlets.files)
        #expect(try restored.disputes(about: .wang).map(\.isOpen) == [true])
        try restored.takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).customerRow(.wang)
                    .customerRow(.zhang, mergedInto: .wang)
            ], in: outlets.files)

        #expect(try restored.disputes(about: .wang).map(\.id) == [asked.id])
        #expect(try restored.disputes(about: .wang).map(\.isOpen) == [true])
    }

    @Test func `who owns the number that is left may be heard after the merge`() throws {
        let late = try MergeDisputeTests(heard: false)
        try late.merge()
        #expect(try late.disputes(at: .xihu) == [])

        try late.exchange()
        try late.close("2025-03-04")

        #expect(try late.disputes(at: .xihu).map(\.first.isOfMerge) == [true])
    }

    @Test func `a merge that is taken back takes back what was asked for it, and may come again`()
        throws
    {
        try merge()
        try exchange()

        try close("2025-03-03", sequence: 2) { $0.customerRow(.wang) }
        try exchange()
        #expect(try disputes(at: .xihu).map(\.ending) == [.withdrawn])
        #expect(try disputes(at: .wulin).map(\.ending) == [.withdrawn])

        try close("2025-03-03", sequence: 3) {
            $0.customerRow(.wang).customerRow(.zhang, mergedInto: .wang)
        }
        #expect(try disputes(at: .xihu).filter(\.isOpen).map(\.first.isOfMerge) == [true])
        #expect(try disputes(at: .xihu).count == 2)
    }

    @Test func `a customer who is merged on is not asked for under the number between`() throws {
        try merge()
        try exchange()

        try close("2025-03-04") { $0.customerRow(.zhou).customerRow(.wang, mergedInto: .zhou) }

        #expect(try disputes(at: .xihu).map(\.ending) == [.withdrawn])
        // Nobody owns the last.
        #expect(try disputes(at: .xihu, about: .zhou) == [])
    }

    @Test func `whoever has the old number by now asks`() throws {
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03")).customerRow(.zhang)
                    .customerRow(.wang, mergedInto: .zhang)
            ], in: outlets.files)
        #expect(try disputes(at: .wulin, about: .zhang).map(\.first.manager) == [.ada])

        _ = try outlets[.wulin].assign([.wang], to: .ben, by: .eve)
        try outlets.close("2025-03-04", at: [.wulin])

        let asked = try disputes(at: .wulin, about: .zhang)
        #expect(asked.filter(\.isOpen).map(\.first.manager) == [.ben])
        #expect(asked.filter { !$0.isOpen }.map(\.first.manager) == [.ada])
    }

    @Test func `a request of somebody here about a number that is no more ends with it`() throws {
        try outlets.close("2025-03-03", [.xihu: "200000"])
        _ = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")

        try close("2025-03-04") { $0.customerRow(.zhou).customerRow(.wang, mergedInto: .zhou) }

        #expect(try disputes(at: .xihu).map(\.ending) == [.withdrawn])
        let told = try outlets[.xihu].reminders(of: .cai).filter { $0.kind == .disputeAnswered }
        #expect(told.map(\.facts) == [["answer": "withdrawn", "outlet": "330102"]])
    }

    @Test func `a refusal under the old number holds at every outlet that serves the customer`()
        throws
    {
        _ = try outlets[.xihu].note(.refused, of: .zhang, by: .sun)
        try merge()

        try exchange()

        #expect(try outlets[.wulin].marketingHold(on: .wang) == .refused)
        #expect(try outlets[.gulou].marketingHold(on: .wang) == .refused)
    }

    @Test func `where no manager has the old number it is said that nobody asks, until one has`()
        throws
    {
        let account = "A\(UnitCode.xihu)\(CustomerNumber.zhou)"
        try close("2025-03-03") { $0.holding(.zhou, "500", account: account) }
        _ = try outlets[.xihu].addTarget(.zhou, by: .sun, because: "企业老总")
        try close("2025-03-04") { $0.balanceRow(account, "200000") }

        try close("2025-03-05") { $0.customerRow(.wang).customerRow(.zhou, mergedInto: .wang) }

        #expect(try disputes(at: .xihu) == [])
        let told = try outlets[.xihu].reminders(of: .sun).filter { $0.kind == .customerMerged }
        #expect(
            told.map(\.facts) == [
                [
                    "merged": "3300000003", "owner": "sun · 330102", "other": "ada · 330101",
                    "manager": "–",
                ]
            ])

        #expect(
            try outlets[.xihu].assign([.zhou], to: .cai, by: .sun).map(\.refusal) == [nil])
        try close("2025-03-06")
        #expect(try disputes(at: .xihu).map(\.first.manager) == [.cai])
    }

    @Test func `nobody asks where nobody looks after the old number`() throws {
        _ = try outlets[.xihu].release(.zhang, by: .sun, because: "收回")
        try merge()
        #expect(try disputes(at: .xihu) == [])
    }
}
