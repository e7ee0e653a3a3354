import Bank
import Store
import TestSupport
import Testing

/// What was still to be done about a customer goes on to whoever looks after them next.
struct HandOnTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang is Ada's, who wants to follow up what was said today.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).holding(.wang, "300000").holding(.zhang, "200000")
            ], in: files)
        _ = try store.assign([.wang, .zhang], to: .ada, by: .eve)
        for customer in [CustomerNumber.wang, .zhang] {
            _ = try store.addContact(
                with: customer, by: .ada, way: .visit, note: "再谈", followUpOn: day("2025-03-03"))
        }
    }

    private func followUps(_ staff: StaffID) throws -> [Reminder] {
        try store.reminders(of: staff).filter { $0.kind == .followUp }
    }

    @Test func `a hand-over takes the open follow-up along, and the news is the receiver's`() throws
    {
        _ = try store.assign([.wang], to: .ben, by: .eve)

        let gone = try followUps(.ben)
        #expect(gone.map(\.customer) == [.wang])
        #expect(gone.map(\.dueOn) == [day("2025-03-03")])
        #expect(gone.map { $0.facts["contact"] } == ["2025-03-03"])
        #expect(try followUps(.ada).map(\.customer) == [.zhang])
        let told = try store.reminders(of: .ada).filter { $0.customer == .wang }
        #expect(told.map(\.kind) == [.ownershipLost])
    }

    @Test func `what is done stays done when the customer comes back`() throws {
        _ = try store.assign([.wang], to: .ben, by: .eve)
        try store.finishReminder(try #require(try followUps(.ben).first).id, by: .ben)

        _ = try store.assign([.wang], to: .ada, by: .eve)

        #expect(try followUps(.ada).map(\.customer) == [.zhang])
        #expect(try followUps(.ben).isEmpty)
    }

    @Test func `what is open comes back with the customer, once`() throws {
        _ = try store.assign([.wang], to: .ben, by: .eve)

        _ = try store.assign([.wang], to: .ada, by: .eve)

        #expect(try followUps(.ada).map(\.customer) == [.zhang, .wang])
        #expect(try followUps(.ben).isEmpty)
    }

    @Test func `after a release the supervisor has it until somebody gets the customer`() throws {
        _ = try store.release(.wang, by: .eve, because: "迁居")
        #expect(try followUps(.eve).map(\.customer) == [.wang])
        #expect(try followUps(.ada).map(\.customer) == [.zhang])

        _ = try store.assign([.wang], to: .ben, by: .eve)

        #expect(try followUps(.eve).isEmpty)
        #expect(try followUps(.ben).map(\.customer) == [.wang])
    }

    @Test func `a teller's own follow-up stays the teller's`() throws {
        _ = try store.addContact(
            with: .wang, by: .tom, way: .atOutlet, note: "换卡", followUpOn: day("2025-03-03"))

        _ = try store.assign([.wang], to: .ben, by: .eve)
        _ = try store.release(.wang, by: .eve, because: "x")

        #expect(try followUps(.tom).map(\.customer) == [.wang])
    }

    @Test func `a whole hand-over takes along what there is about each customer`() throws {
        _ = try store.moveBook(
            BookOrder(
                manager: .ada, kind: .handOver, receivers: [.ben], effectiveOn: day("2025-03-03"),
                reason: "退休"), by: .eve)

        #expect(try Set(followUps(.ben).compactMap(\.customer)) == [.wang, .zhang])
        #expect(try followUps(.ada).isEmpty)
    }
}
