import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// CIF merged two numbers of one person, and each had an owner at another outlet (`domain.md` 3.5).
struct MergeDisputeTests {
    private let outlets: ThreeOutlets

    /// Wang is Wulin's, Zhang is Xihu's; 2025-03-03 is the date being worked.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .gulou: "1"])
        try outlets.close("2025-03-02", [.xihu: "200000"], of: .zhang)
        try outlets.claim(.wang, at: .wulin)
        try outlets.claim(.zhang, at: .xihu)
        try exchange()
        try outlets.settle(now: true)
        try exchange()
    }

    private func exchange() throws {
        try outlets.exchange()
        try outlets.exchange()
    }

    /// Xihu learns that Zhang is Wang.
    private func merge(at sequence: Int = 1) throws {
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).with { $0.sequence = sequence }
                    .customerRow(.wang).customerRow(.zhang, mergedInto: .wang)
            ], in: outlets.files)
    }

    private func disputes(at outlet: UnitCode) throws -> [Dispute] {
        try outlets[outlet].disputes(about: .wang)
    }

    @Test func `the outlet of the number that is no more asks for the customer by itself`() throws {
        try merge()
        let asked = try #require(try disputes(at: .xihu).first)
        #expect(asked.state == .raised && asked.isRequest && asked.first.isOfMerge)
        #expect(asked.first.manager == .cai && asked.first.counterParty == .wulin)
        #expect(asked.first.opinion == "CIF: 3300000002 → 3300000001")
        #expect(asked.first.evidence?.holdings == yuan("200000").halves)

        try exchange()

        #expect(try disputes(at: .wulin).map(\.state) == [.withCounterParty])
        for staff in [StaffID.ada, .eve] {
            let told = try outlets[.wulin].reminders(of: staff)
            #expect(told.filter { $0.kind == .transferRequested }.count == 1)
        }
        #expect(try outlets.owner(at: .xihu) == .ada)
        #expect(try outlets.bank.disputes(of: .zhejiang, by: "fay").map(\.dispute.id) == [asked.id])
    }

    @Test func `with consent the manager of the old number gets the customer`() throws {
        try merge()
        try exchange()

        try outlets.take(.accept(from: nil), at: .wulin, by: .eve)
        try outlets.settle(now: true)
        try exchange()

        #expect(try outlets.owner(at: .wulin) == .cai)
        #expect(try disputes(at: .xihu).map(\.ending) == [.consented])
        // Nobody wrote the request, so nobody but the manager and the supervisor is told.
        for staff in [StaffID.cai, .sun] {
            let told = try outlets[.xihu].reminders(of: staff)
            #expect(told.filter { $0.kind == .disputeAnswered }.count == 1)
        }
    }

    @Test func `a date that is closed again does not ask again`() throws {
        try merge()
        try exchange()
        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)

        try merge(at: 2)
        try outlets.close("2025-03-04", at: [.xihu])

        #expect(try disputes(at: .xihu).map(\.ending) == [.refused])
    }

    @Test func `nobody asks where nobody looks after the old number`() throws {
        _ = try outlets[.xihu].release(.zhang, by: .sun, because: "收回")
        try merge()
        #expect(try disputes(at: .xihu) == [])
    }
}
