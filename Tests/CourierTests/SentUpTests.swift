import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// A request that nobody answers goes up: a step at head office says so, and those concerned hear.
struct SentUpTests {
    private func told(
        _ outlets: ThreeOutlets, _ outlet: UnitCode, _ staff: StaffID
    ) throws -> [[String: String]] {
        try outlets[outlet].reminders(of: staff).filter { $0.kind == .disputeWentUp }.map(\.facts)
    }

    /// Xihu has asked Wulin for Wang on Monday, 2025-03-03; all have closed through a date.
    private func asked(closedThrough date: String) throws -> ThreeOutlets {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        try outlets.close(date)
        try outlets.exchange()
        return outlets
    }

    @Test func `unanswered after five working days, a step at head office says so, once`() throws {
        let outlets = try asked(closedThrough: "2025-03-09")

        try outlets.settle()
        try outlets.settle()
        try outlets.exchange()
        try outlets.settle()
        try outlets.exchange()

        for outlet in [UnitCode.wulin, .xihu] {
            let dispute = try #require(try outlets[outlet].disputes(about: .wang).first)
            #expect(dispute.state == .atFirstTier)
            #expect(dispute.steps.map(\.kind) == [.requested, .escalated])
            #expect(dispute.steps.map(\.author) == [.xihu, .zhejiang])
            #expect(dispute.steps.last?.businessDate == day("2025-03-10"))
        }
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.steps.count) == [2])
    }

    @Test func `both managers, both supervisors and the first-tier supervisor are told`() throws {
        let outlets = try asked(closedThrough: "2025-03-09")
        try outlets.settle()
        try outlets.exchange()

        let facts = ["asked": "330101", "outlet": "330102"]
        for (outlet, staff) in [
            (UnitCode.wulin, StaffID.ada), (.wulin, .eve), (.xihu, .cai), (.xihu, .sun),
        ] {
            #expect(try told(outlets, outlet, staff) == [facts])
        }
        #expect(try told(outlets, .wulin, .ben) == [])
        #expect(try told(outlets, .gulou, .gus) == [])
        let reminder = try #require(try outlets.bank.reminders(of: .fay).first)
        #expect(reminder.kind == .disputeWentUp)
        #expect(reminder.facts == facts)
        try outlets.bank.finishReminder(reminder.id, by: .fay)
        try outlets.settle()
        #expect(try outlets.bank.reminders(of: .fay) == [])
        #expect(throws: Refusal(.unknownReminder)) {
            try outlets.bank.finishReminder(reminder.id, by: .fay)
        }
    }

    @Test func `nothing goes up a day early, or where there was an answer`() throws {
        let early = try asked(closedThrough: "2025-03-06")
        try early.settle()
        #expect(try early.bank.reminders(of: .fay) == [])

        let answered = try asked(closedThrough: "2025-03-06")
        try answered.take(.refuse(from: nil), at: .wulin, by: .eve)
        try answered.close("2025-03-12")
        try answered.exchange()
        try answered.settle()
        #expect(try answered.bank.reminders(of: .fay) == [])
        #expect(
            try answered[.xihu].disputes(about: .wang).map { $0.steps.map(\.kind) }
                == [[.requested, .refused]])
    }

    @Test func `an answer in time that came late ends what went up meanwhile`() throws {
        let outlets = try asked(closedThrough: "2025-03-05")
        _ = try outlets[.wulin].take(.refuse(from: nil), about: .wang, by: .eve, because: "意见")
        try outlets.close("2025-03-09", at: [.xihu])
        try outlets.exchange([.xihu])
        try outlets.settle()
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.state)
                == [.atFirstTier])

        try outlets.exchange()
        try outlets.exchange()

        for outlet in [UnitCode.wulin, .xihu] {
            #expect(try outlets[outlet].disputes(about: .wang).map(\.ending) == [.refused])
        }
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.ending) == [.refused])
    }
}
