import Bank
import Store
import TestSupport
import Testing
import Vault

struct ContactTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Ada looks after Wang; nobody looks after Zhang.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000").holding(.zhang, "1")],
            in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    @Test(
        arguments: [
            ("the customer's manager", StaffID.ada, CustomerNumber.wang, nil),
            ("a teller at the counter", .tom, .wang, nil),
            ("a teller, of an unowned customer", .tom, .zhang, nil),
            ("another manager", .ben, .wang, Refusal.Reason.notAllowed),
            ("a manager, of an unowned customer", .ada, .zhang, .notAllowed),
            ("the supervisor", .eve, .wang, .notAllowed),
            ("another outlet's manager", .cai, .wang, .notAllowed),
            ("one who left", .ida, .wang, .inactiveStaff), ("nobody", "zed", .wang, .unknownStaff),
            ("of a customer nobody knows", .tom, "3300000009", .unknownCustomer),
        ] as [(String, StaffID, CustomerNumber, Refusal.Reason?)])
    func `contacts are written by the customer's manager and by tellers`(
        name: String, staff: StaffID, customer: CustomerNumber, refused: Refusal.Reason?
    ) throws {
        func add() throws -> Contact {
            try store.addContact(with: customer, by: staff, way: .call, note: " 谈国债 \n")
        }
        if let refused {
            #expect(throws: Refusal.self) { try add() }.map { #expect($0.reason == refused) }
        } else {
            let contact = try add()
            #expect(contact.note == "谈国债")
            #expect(contact.date == day("2025-03-02"))
            #expect(try store.customer(customer, by: "t").contacts == [contact])
        }
    }

    @Test(arguments: [
        ("", Refusal(.emptyText, ["field": "note"])),
        (" \n\t", Refusal(.emptyText, ["field": "note"])),
        (
            String(repeating: "长", count: 2001),
            Refusal(.textTooLong, ["field": "note", "most": "2000"])
        ),
    ])
    func `a note has one to two thousand characters`(note: String, refusal: Refusal) throws {
        #expect(throws: refusal) {
            try store.addContact(with: .wang, by: .ada, way: .call, note: note)
        }
        #expect(throws: Never.self) {
            try store.addContact(
                with: .wang, by: .ada, way: .call, note: String(repeating: "长", count: 2000))
        }
    }

    @Test func `what is written later has the later identity, whatever chance gives`() {
        let world = TestWorld()
        let ids = (0..<100).map { _ in
            world.now += 1
            return world.world.orderedID()
        }

        #expect(ids == ids.sorted())
        #expect(Set(ids.map(\.utf8.count)) == [32])
        #expect(TestWorld(now: -5).world.orderedID().hasPrefix("000000000000"))
        #expect(TestWorld(now: .max).world.orderedID().utf8.count == 32)
    }

    @Test func `a wanted follow-up becomes a reminder when it is due`() throws {
        let contact = try store.addContact(
            with: .wang, by: .ada, way: .visit, note: "再谈", followUpOn: day("2025-03-04"))
        let expected = Reminder(
            id: "follow-up:\(contact.id)", staff: .ada, kind: .followUp, customer: .wang,
            dueOn: day("2025-03-04"), facts: ["contact": "2025-03-02"])

        #expect(try store.reminders(of: .ada).map(\.kind) == [.assigned])

        try store.takeAndClose([ExtractBuilder(day("2025-03-03"))], in: files)
        #expect(try store.reminders(of: .ada).last == expected)
    }

    @Test func `a follow-up in the past is refused and nothing is written`() throws {
        #expect(throws: Refusal(.followUpPast, ["date": "2025-03-02"])) {
            try store.addContact(
                with: .wang, by: .ada, way: .visit, note: "再谈", followUpOn: day("2025-03-01"))
        }
        #expect(try store.customer(.wang, by: "t").contacts == [])
    }
}
