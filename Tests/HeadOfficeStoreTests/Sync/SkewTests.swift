import Bank
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// Statement 14: versions N−1, N and N+1 interoperate; what one does not know it keeps and passes
/// on. N is this version; what the others write is made by hand.
struct SkewTests {
    private let outlets: ThreeOutlets
    private var bank: BankStore { outlets.bank }
    private static let wish = "wish"

    /// Wulin and Xihu serve Wang, Gulou does not; Wulin has written a field and not sent it.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.close("2025-03-01", [.gulou: "1"], of: .zhang)
        try outlets.exchange()
        _ = try outlets[.wulin].edit(.hobbies, of: .wang, to: "钓鱼", by: .eve)
    }

    private func batch() throws -> TestBatch {
        let head = try #require(try outlets[.wulin].nextBatch(on: .urgent))
        return try TestBatch(head, of: outlets[.wulin])
    }

    /// What Wulin's node sends if it is of version N+1: the field's record has a column more, and
    /// there is a record of a table that came with that version, for those who serve the customer.
    private func ofLaterVersion(to audience: JSONValue = "customer") throws -> TestBatch {
        try batch().with { batch in
            guard let edit = batch.tables.first(where: { $0.table == "profileEdit" }) else {
                return
            }
            batch.tables = batch.tables.map {
                $0.table == "profileEdit" ? $0.adding("mood", "calm") : $0
            }
            var wish = TableRows(table: Self.wish, columns: edit.columns)
            wish.append(
                zip(edit.columns, edit.values).map { name, values -> JSONValue in
                    switch name {
                    case "id": "330101-wish"
                    case "value": "一套房"
                    case "field": "family"
                    case SyncedTable.audience: audience
                    default: values[0]
                    }
                })
            batch.tables.append(wish)
        }
    }

    @discardableResult
    private func receive(_ batch: TestBatch) throws -> PushReply {
        var last: PushReply?
        for part in try batch.parts() {
            last = try bank.receive(part, from: outlets.talk(.wulin).node())
        }
        return try #require(last)
    }

    private func records(for outlet: UnitCode) throws -> [PassedOn] {
        try outlets.talk(outlet).delta().records
    }

    @Test func `statement 14: a node of version N+1 reaches another one through head office N`()
        throws
    {
        #expect(try receive(ofLaterVersion()).setApart == [])

        let records = try records(for: .xihu)
        #expect(records.map(\.outlet) == [.wulin, .wulin])
        let edit = try #require(records.first { $0.table == "profileEdit" })
        #expect(edit.row["value"] == "钓鱼")
        #expect(edit.row["mood"] == "calm")
        let wish = try #require(records.first { $0.table == Self.wish })
        #expect(wish.row["value"] == "一套房")
        #expect(wish.row["customer"] == "3300000001")
        #expect(try self.records(for: .gulou) == [])
    }

    @Test(arguments: [JSONValue.null, "nobody"])
    func `statement 14: what does not say to whom it goes is kept and shown to nobody`(
        audience: JSONValue
    ) throws {
        try receive(ofLaterVersion(to: audience))

        #expect(try records(for: .xihu).map(\.table) == ["profileEdit"])
    }

    @Test func `statement 14: a record for the whole first-tier branch goes to every outlet`()
        throws
    {
        try receive(ofLaterVersion(to: "first-tier"))

        #expect(try records(for: .gulou).map(\.table) == [Self.wish])
    }

    @Test func `statement 14: an empty customer is none, and the record goes to a first load`()
        throws
    {
        let batch = try ofLaterVersion(to: "first-tier").changing(Self.wish) {
            $0.setting("customer", to: "")
        }
        try receive(batch)
        let disk = try NodeDisk(.gulou, at: bank, world: outlets.world, name: "node-new")

        try Talk(try disk.start(), bank).exchange()

        let kept = try disk.disk.read {
            try String.fetchAll($0, sql: "SELECT record FROM unknownRecord")
        }
        #expect(kept == [Self.wish])
    }

    @Test func `statement 14: one that begins to serve the customer gets what was before`() throws {
        try receive(ofLaterVersion())
        try outlets.exchange([.gulou])

        try outlets.close("2025-03-02", [.gulou: "100"])
        try outlets.talk(.gulou).push()

        #expect(Set(try records(for: .gulou).map(\.table)) == ["profileEdit", Self.wish])
    }

    @Test func `statement 14: a node of version N keeps what it cannot read for version N+1`()
        throws
    {
        try receive(ofLaterVersion())
        try outlets.talk(.xihu).pull()
        let xihu = outlets[.xihu]
        #expect(try xihu.profile(of: .wang, by: "os:test").history.map(\.value) == ["钓鱼"])

        // Version N+1 knows the table; here it is one like another.
        let table = try #require(SyncedTable.named("profileEdit"))
        #expect(try xihu.takeInKnown(as: [Self.wish: table]) == 1)
        #expect(try xihu.takeInKnown(as: [Self.wish: table]) == 0)

        #expect(try xihu.profile(of: .wang, by: "os:test")[.family] == "一套房")
    }

    @Test func `statement 14: head office takes in what it kept, once it knows the table`() throws {
        try receive(ofLaterVersion())
        let table = try #require(SyncedTable.named("profileEdit"))

        #expect(try bank.takeInKnown(as: [Self.wish: table]) == 1)
        #expect(try bank.takeInKnown(as: [Self.wish: table]) == 0)

        let profile = try bank.profile(of: .wang, firstTier: .zhejiang, by: "os:test")
        #expect(profile[.family] == "一套房")
        #expect(profile[.hobbies] == "钓鱼")
    }

    /// As Wulin's node sends it if it is of version N+1 and calls `later` what this version does not
    /// know; what `later` is the name of now, this version knows.
    private func withoutNote() throws -> TestBatch {
        try batch().changing("profileEdit") {
            $0.without("note").adding("later", "本人当面所述").adding("mood", "calm")
        }
    }

    @Test func `statement 14: head office fills in a column that an update brings, once`() throws {
        try receive(withoutNote())
        func note() throws -> String? {
            try bank.profile(of: .wang, firstTier: .zhejiang, by: "os:test").history.first?.note
        }
        #expect(try note() == nil)

        #expect(try bank.fillInKnown() == 0)
        #expect(try bank.fillInKnown(as: ["later": "note"]) == 1)
        #expect(try bank.fillInKnown(as: ["later": "note"]) == 0)

        #expect(try note() == "本人当面所述")
        let edit = try #require(try records(for: .xihu).first)
        #expect(edit.row["note"] == "本人当面所述")
        #expect(edit.row["mood"] == "calm" && edit.row["later"] == nil)
    }

    @Test func `statement 14: a node fills in a column that an update brings, once`() throws {
        try receive(withoutNote())
        try outlets.talk(.xihu).pull()
        let xihu = outlets[.xihu]
        func note() throws -> String? {
            try xihu.profile(of: .wang, by: "os:test").history.first?.note
        }
        #expect(try note() == nil)

        #expect(try xihu.fillInKnown() == 0)
        #expect(try xihu.fillInKnown(as: ["later": "note"]) == 1)
        #expect(try xihu.fillInKnown(as: ["later": "note"]) == 0)

        #expect(try note() == "本人当面所述")
        #expect(try xihu.lineState().pending == 0)
    }

    @Test func `a kept record that cannot be opened keeps neither a node nor the others back`()
        throws
    {
        try receive(withoutNote())
        try outlets.talk(.xihu).pull()
        let disk = outlets.disk(.xihu)
        try disk.disk.write { db in
            for table in ["contact", "profileEdit"] {
                try db.execute(
                    sql: """
                        INSERT INTO unknownRecord (outlet, record, key, customer, content)
                        VALUES ('330101', ?, '330101-damaged', NULL, x'00')
                        """,
                    arguments: [table])
            }
        }

        let xihu = try disk.start()

        #expect(try xihu.fillInKnown(as: ["later": "note"]) == 1)
        #expect(try xihu.verify(by: "os:test").isWhole == false)
    }

    @Test(arguments: [JSONValue.int(7), .string(String(repeating: "长", count: 6000))])
    func `statement 14: what is no value of the column stays as it was kept`(
        value: JSONValue
    ) throws {
        try receive(batch().changing("profileEdit") { $0.without("note").adding("later", value) })

        #expect(try bank.fillInKnown(as: ["later": "note"]) == 0)
        #expect(try records(for: .xihu).first?.row["later"] == value)
    }

    @Test func `statement 14: a restored node of version N+1 gets its own back from head office N`()
        throws
    {
        try receive(ofLaterVersion())

        var pages: [TableRows] = []
        var cursor: String? = ""
        while let position = cursor {
            let page = try bank.giveBack(
                RecoveryRequest(cursor: position), to: outlets.talk(.wulin).node())
            pages += page.rows.map { [$0] } ?? []
            cursor = page.next
        }

        func cell(_ table: String, _ column: String) -> JSONValue? {
            let rows = pages.first { $0.table == table }
            return rows?.columns.firstIndex(of: column).flatMap { rows?.values[$0].first }
        }
        #expect(cell("profileEdit", "mood") == "calm")
        #expect(cell(Self.wish, "value") == "一套房")
        // A node of version N passes over what it does not know.
        for page in pages { try outlets[.wulin].recover(RecoveryPage(rows: page, next: nil)) }
    }

    @Test func `statement 14: a node of version N-1 sends fewer columns and is understood`() throws
    {
        let older = try batch().changing("profileEdit") {
            $0.without("note").without("lifts").without(SyncedTable.audience)
        }

        #expect(try receive(older).setApart == [])

        #expect(try records(for: .xihu).map { $0.row["value"] } == ["钓鱼"])
    }

    @Test(arguments: [("author", "330102"), ("id", "330102-1")])
    func `an outlet writes in no other's name`(column: String, value: String) throws {
        let forged = try batch().changing("profileEdit") {
            $0.setting(column, to: .string(value))
        }

        let reply = try receive(forged)

        #expect(reply.setApart.map(\.code) == [ExchangeError.inadmissible.rawValue])
        #expect(try records(for: .xihu) == [])
    }
}
