import Bank
import Store
import TestSupport
import Testing

struct ReminderTests {
    private let files: TemporaryDirectory
    private let store: BranchStore
    private let id: String

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000")], in: files)
        let claim = try #require(try store.assign([.wang], to: .ada, by: .eve)[0].claim)
        id = "assigned:\(claim)"
    }

    @Test func `a reminder of one's own is finished once`() throws {
        try store.finishReminder(id, by: .ada)

        #expect(try store.reminders(of: .ada) == [])
        #expect(throws: Refusal(.unknownReminder)) { try store.finishReminder(id, by: .ada) }
    }

    @Test func `nobody finishes another's`() throws {
        #expect(throws: Refusal(.unknownReminder)) { try store.finishReminder(id, by: .ben) }
        #expect(try store.reminders(of: .ada).map(\.id) == [id])
    }

    @Test func `staff who are not there have none`() {
        #expect(throws: Refusal(.unknownStaff, ["staff": "zed"])) { try store.reminders(of: "zed") }
        #expect(throws: Refusal(.inactiveStaff, ["staff": "ida"])) { try store.reminders(of: .ida) }
    }
}
