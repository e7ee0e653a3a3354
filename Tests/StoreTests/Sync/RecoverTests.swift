import Bank
import Store
import Sync
import TestSupport
import Testing

/// What head office gives back to a node that lost it, page by page.
struct RecoverTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")], in: files)
    }

    private func page(_ id: String, amending amended: String?, next: String?) -> RecoveryPage {
        var rows = TableRows(
            table: "contact",
            columns: [
                "id", "customer", "staff", "way", "date", "note", "followUpOn", "amends", "at",
                SyncedTable.version,
            ])
        rows.append([
            .string(id), JSONValue(CustomerNumber.wang), JSONValue(StaffID.tom), "call",
            .int(20_000), .string(id), .null, JSONValue(amended), .int(1), .int(7),
        ])
        return RecoveryPage(rows: rows, next: next)
    }

    @Test func `an amendment may come back before what it amends`() throws {
        try store.recover(page("amendment", amending: "first", next: "6/7/amendment"))
        try store.recover(page("first", amending: nil, next: nil))

        #expect(
            try store.customer(.wang, by: "t").contacts.map(\.note).sorted()
                == ["amendment", "first"])
        #expect(try store.recoveryCursor() == nil)
        try store.checkIntegrity()
    }
}
