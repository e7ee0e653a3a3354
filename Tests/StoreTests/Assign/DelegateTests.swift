import Bank
import Store
import TestSupport
import Testing

/// A manager goes on leave, and a colleague stands in.
struct DelegateTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang is Ada's; 2025-03-03 is the date being worked.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-02")).holding(.wang, "300000")], in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    @discardableResult
    private func delegate(
        _ manager: StaffID = .ada, to deputy: StaffID = .ben, from: String = "2025-03-04",
        through: String = "2025-03-05", by staff: StaffID = .ada, because reason: String = "年假"
    ) throws -> Delegation {
        try store.delegate(
            manager, to: deputy, from: day(from), through: day(through), by: staff,
            because: reason)
    }

    private func close(_ date: String) throws {
        try store.takeAndClose([ExtractBuilder(day(date))], in: files)
    }

    private func write(_ staff: StaffID) throws {
        _ = try store.addContact(with: .wang, by: staff, way: .call, note: "回访")
    }

    @Test func `a deputy looks after the customers on those dates and no others`() throws {
        let made = try delegate()
        #expect(made.number == 1 && made.reason == "年假" && made.madeBy == .ada)
        let refused = Refusal(.notAllowed, ["staff": "ben"])
        #expect(throws: refused) { try write(.ben) }
        #expect(try store.deputised(by: .ben) == [])

        try close("2025-03-03")
        try write(.ben)
        #expect(try store.deputised(by: .ben) == [.ada])
        #expect(try store.looksAfter(.ben, customersOf: .ada))
        // Whose the customer is stays as it was, and so does what Ada may do.
        #expect(try store.ownership(of: .wang).owner?.manager == .ada)
        try write(.ada)
        try close("2025-03-04")
        try write(.ben)

        try close("2025-03-05")
        #expect(throws: refused) { try write(.ben) }
        #expect(try store.deputised(by: .ben) == [])
    }

    @Test func `who stands in is told so, until it is ended`() throws {
        let made = try delegate()
        func told() throws -> [Reminder] {
            try store.reminders(of: .ben).filter { $0.kind == .deputyNamed }
        }

        #expect(
            try told().map(\.facts) == [
                ["from": "2025-03-04", "through": "2025-03-05", "manager": "ada"]
            ])
        #expect(try told().map(\.dueOn) == [day("2025-03-03")])
        _ = try store.endDelegation(made.number, by: .eve)
        #expect(try told() == [])
    }

    @Test func `who stood in is not told so any more`() throws {
        try delegate(through: "2025-03-04")
        try close("2025-03-03")
        #expect(try store.reminders(of: .ben).map(\.kind).contains(.deputyNamed))

        try close("2025-03-04")

        #expect(try !store.reminders(of: .ben).map(\.kind).contains(.deputyNamed))
    }

    @Test func `the manager's reminders are the deputy's too, and either finishes them`() throws {
        try delegate()
        let named = try store.reminders(of: .ben)
        #expect(named.map(\.kind) == [.deputyNamed])
        try store.finishReminder(try #require(named.first).id, by: .ben)
        try close("2025-03-03")

        let seen = try store.reminders(of: .ben)
        #expect(seen.map(\.staff) == [.ada])
        #expect(try store.reminders(of: .ada) == seen)
        try store.finishReminder(try #require(seen.first).id, by: .ben)
        #expect(try store.reminders(of: .ada) == [])
    }

    @Test func `it ends by hand at once, and once`() throws {
        try delegate(from: "2025-03-03")
        try write(.ben)

        let ended = try store.endDelegation(1, by: .eve)

        #expect(ended.endedBy == .eve && ended.state(on: day("2025-03-03")) == .ended)
        #expect(throws: Refusal(.notAllowed, ["staff": "ben"])) { try write(.ben) }
        #expect(throws: Refusal(.unknownDelegation, ["number": "1"])) {
            try store.endDelegation(1, by: .eve)
        }
        // So that the dates are free again.
        #expect(try delegate(from: "2025-03-03").number == 2)
    }

    @Test func `a manager has one deputy at a time`() throws {
        try delegate()
        let refusal = Refusal(
            .delegationOverlaps,
            ["staff": "ada", "deputy": "ben", "from": "2025-03-04", "through": "2025-03-05"])

        for dates in [
            ("2025-03-03", "2025-03-04"), ("2025-03-05", "2025-03-09"),
            ("2025-03-03", "2025-03-09"),
        ] {
            #expect(throws: refusal) { try delegate(from: dates.0, through: dates.1) }
        }
        #expect(try delegate(from: "2025-03-06", through: "2025-03-09").number == 2)
        #expect(
            try delegate(
                .ben, to: .ada, from: "2025-03-10", through: "2025-03-11", by: .ben
            ).number == 3)
    }

    @Test func `who is away stands in for nobody`() throws {
        try delegate()

        #expect(
            throws: Refusal(
                .deputyAway, ["staff": "ada", "from": "2025-03-04", "through": "2025-03-05"])
        ) {
            try delegate(.ben, to: .ada, from: "2025-03-05", through: "2025-03-09", by: .ben)
        }
    }

    @Test func `what a deputy promises is the manager's to do`() throws {
        try delegate(from: "2025-03-03")

        _ = try store.addContact(
            with: .wang, by: .ben, way: .call, note: "再谈", followUpOn: day("2025-03-03"))

        func followUps(_ staff: StaffID) throws -> [StaffID] {
            try store.reminders(of: staff).filter { $0.kind == .followUp }.map(\.staff)
        }
        #expect(try followUps(.ada) == [.ada])
        #expect(try followUps(.ben) == [.ada])
        _ = try store.endDelegation(1, by: .eve)
        #expect(try followUps(.ben) == [])
    }

    @Test(
        arguments: [
            (StaffID.ben, StaffID.ben, "2025-03-04", "2025-03-05", "x", Refusal.Reason.notAllowed),
            (.tom, .ben, "2025-03-04", "2025-03-05", "x", .notAllowed),
            (.sun, .ben, "2025-03-04", "2025-03-05", "x", .notAllowed),
            (.eve, .ada, "2025-03-04", "2025-03-05", "x", .deputyIsManager),
            (.eve, .ida, "2025-03-04", "2025-03-05", "x", .inactiveStaff),
            (.eve, .tom, "2025-03-04", "2025-03-05", "x", .notAManager),
            (.eve, .cai, "2025-03-04", "2025-03-05", "x", .managerElsewhere),
            (.eve, .ben, "2025-03-05", "2025-03-04", "x", .delegationDates),
            (.eve, .ben, "2025-03-01", "2025-03-02", "x", .delegationPast),
            (.ada, .ben, "2025-03-04", "2025-03-05", " ", .reasonMissing),
        ] as [(StaffID, StaffID, String, String, String, Refusal.Reason)])
    func `what may not be is refused, and nobody stands in`(
        by: StaffID, deputy: StaffID, from: String, through: String, why: String,
        reason: Refusal.Reason
    ) throws {
        #expect(throws: Refusal.self) {
            try delegate(to: deputy, from: from, through: through, by: by, because: why)
        }.map { #expect($0.reason == reason) }
        #expect(try store.delegations().isEmpty)
    }

    @Test func `nobody but the manager and the supervisor ends it`() throws {
        try delegate()

        for staff in [StaffID.ben, .tom, .sun] {
            #expect(throws: Refusal.self) { try store.endDelegation(1, by: staff) }
        }
        #expect(try store.endDelegation(1, by: .ada).endedBy == .ada)
    }
}
