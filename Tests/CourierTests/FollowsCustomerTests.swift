import Bank
import GRDB
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// What follows a customer from one outlet to the next.
struct FollowsCustomerTests {
    /// Ada of Wulin has met Wang and wants to follow it up.
    private func met() throws -> ThreeOutlets {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets[.wulin].addContact(
            with: .wang, by: .ada, way: .visit, note: "想换大额存单", followUpOn: day("2025-03-20"))
        try outlets.exchange()
        return outlets
    }

    private func rule(_ outlets: ThreeOutlets, to outlet: UnitCode, _ manager: StaffID?) throws {
        _ = try outlets.bank.adjudicate(
            .wang, to: outlet, manager: manager, by: .fay, opinion: "随客户")
        try outlets.exchange()
        try outlets.exchange()
        try outlets.exchange()
    }

    private func notes(_ outlets: ThreeOutlets, at outlet: UnitCode) throws -> [String] {
        try outlets[outlet].customer(.wang, by: "os:test").contacts.map(\.note)
    }

    private func followUps(
        _ outlets: ThreeOutlets, _ outlet: UnitCode, _ staff: StaffID
    ) throws -> [Reminder] {
        try outlets[outlet].reminders(of: staff).filter { $0.kind == .followUp }
    }

    @Test func `the new owner's outlet reads what was said before, and by whom`() throws {
        let outlets = try met()
        #expect(try notes(outlets, at: .xihu) == [])

        try rule(outlets, to: .xihu, .cai)

        let contact = try #require(
            try outlets[.xihu].customer(.wang, by: "os:test").contacts.first)
        #expect(contact.note == "想换大额存单")
        #expect(contact.outlet == .wulin)
        #expect(contact.staff == .ada)
        #expect(try outlets[.wulin].customer(.wang, by: "os:test").contacts.first?.outlet == nil)
    }

    @Test func `open reminders are closed as moved and made again by the receiver, once`() throws {
        let outlets = try met()
        try rule(outlets, to: .xihu, .cai)
        try outlets.close("2025-03-20")
        try outlets.exchange()
        try outlets.exchange()

        #expect(try followUps(outlets, .wulin, .ada) == [])
        let made = try followUps(outlets, .xihu, .cai)
        #expect(made.map(\.dueOn) == [day("2025-03-20")])
        #expect(made.map(\.customer) == [.wang])

        try outlets[.xihu].finishReminder(made[0].id, by: .cai)
        try outlets.exchange()
        #expect(try followUps(outlets, .xihu, .cai) == [])
    }

    @Test func `a reminder that was done is not made again for whoever comes after`() throws {
        let outlets = try met()
        try rule(outlets, to: .xihu, .cai)
        try outlets.close("2025-03-20")
        let made = try followUps(outlets, .xihu, .cai)
        try outlets[.xihu].finishReminder(try #require(made.first).id, by: .cai)
        try rule(outlets, to: .xihu, nil)

        // All of it comes once more.
        try outlets.disk(.xihu).disk.write {
            try $0.execute(sql: "UPDATE line SET pulledThrough = 0")
        }
        try outlets.exchange()

        #expect(try followUps(outlets, .xihu, .sun) == [])
        #expect(try followUps(outlets, .xihu, .cai) == [])
    }

    @Test func `where the customer awaits assignment the supervisor gets them`() throws {
        let outlets = try met()
        try rule(outlets, to: .xihu, nil)
        try outlets.close("2025-03-20")

        #expect(try followUps(outlets, .xihu, .sun).count == 1)
        #expect(try followUps(outlets, .xihu, .cai) == [])
    }

    @Test func `what the old outlet sends afterwards follows as well`() throws {
        let outlets = try met()
        _ = try outlets[.wulin].addContact(with: .wang, by: .ada, way: .call, note: "线路断开时所记")
        try outlets.exchange([.xihu])
        _ = try outlets.bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "随客户")
        try outlets.exchange([.xihu])
        #expect(try notes(outlets, at: .xihu) == ["想换大额存单"])

        try outlets.exchange([.wulin, .xihu])

        #expect(try Set(notes(outlets, at: .xihu)) == ["想换大额存单", "线路断开时所记"])
    }

    @Test func `records of every lot follow, with lots between that have none of the customer`()
        throws
    {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        let outlets = try ThreeOutlets.ownedByWulin(at: office.store)
        let file = try DatabaseQueue(path: office.directory.path + "/office/first-tier-33.sqlite")
        for (note, number) in [("一", 16_383), ("二", 16_384), ("三", 70_000)] {
            _ = try outlets[.wulin].addContact(with: .wang, by: .ada, way: .call, note: note)
            try outlets.exchange()
            // As if so many had come before.
            try file.write { db in
                try db.execute(
                    sql:
                        "UPDATE contact SET number = ? WHERE number = (SELECT max(number) FROM contact)",
                    arguments: [number])
            }
        }
        let lots = try file.read {
            try Int.fetchAll($0, sql: "SELECT lot FROM contactLot")
        }
        #expect(lots == [0, 1, 2, 3, 4])

        try rule(outlets, to: .xihu, .cai)

        #expect(try Set(notes(outlets, at: .xihu)) == ["一", "二", "三"])
    }

    @Test func `it follows though another outlet begins to serve the customer meanwhile`() throws {
        let outlets = try met()
        _ = try outlets.bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "随客户")
        try outlets.close("2025-03-20", [.wulin: "300000", .xihu: "200000", .gulou: "100000"])
        try outlets.exchange([.gulou])

        try outlets.exchange([.xihu])

        #expect(try notes(outlets, at: .xihu) == ["想换大额存单"])
    }

    @Test func `the copy goes when the customer goes, and the outlet's own stays`() throws {
        let outlets = try met()
        try rule(outlets, to: .xihu, .cai)
        _ = try outlets[.xihu].addContact(with: .wang, by: .cai, way: .call, note: "已转入")
        try outlets.exchange()

        try rule(outlets, to: .wulin, .ben)

        #expect(try notes(outlets, at: .xihu) == ["已转入"])
        #expect(try Set(notes(outlets, at: .wulin)) == ["想换大额存单", "已转入"])
    }

    @Test func `an outlet that serves the customer and never owned them keeps its records`() throws
    {
        let outlets = try met()
        try outlets.close("2025-03-03", [.gulou: "500000"])
        try outlets.exchange()
        try rule(outlets, to: .gulou, .dan)

        #expect(try notes(outlets, at: .gulou) == ["想换大额存单"])
        #expect(try notes(outlets, at: .xihu) == [])
    }
}
