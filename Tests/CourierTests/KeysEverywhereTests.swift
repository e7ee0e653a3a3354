import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// By what a customer is found travels to outlets that do not serve them, and only the owner's word
/// counts.
struct KeysEverywhereTests {
    private let outlets: ThreeOutlets
    private static let mobile = "13812345678"
    private static let identity = "11010519491231002X"

    /// Wang is Wulin's and has an account at Xihu too; Gulou serves nobody.
    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "200000"])
        try outlets.close("2025-03-01", at: [.gulou])
        try outlets.claim(at: .wulin)
        try exchange()
        try outlets.settle(now: true)
        try exchange()
    }

    private func exchange() throws { for _ in 0..<2 { try outlets.exchange() } }

    private func found(
        _ key: String, as kind: StrongKey.Kind? = nil, at outlet: UnitCode
    ) throws -> [OwnerSearch.Found] {
        try outlets[outlet].owners(by: key, as: kind, actor: "t").found
    }

    @Test(arguments: [
        identity, "110105491231002", mobile, "王小明 002X", "A3301013300000001",
    ])
    func `an outlet that serves nobody of the name finds the owner without a line`(key: String)
        throws
    {
        let found = try #require(try found(key, at: .gulou).first)

        #expect(try self.found(key, at: .gulou).count == 1)
        #expect(found.owner.customer == .wang)
        #expect(found.owner.ownership.owner?.outlet == .wulin)
        #expect(found.owner.ownership.owner?.manager == .ada)
        #expect(found.owner.ownership.state == .confirmed)
        #expect(found.name == "王**")
        #expect(!found.isServed)
    }

    @Test func `what travels and is kept are indexes, never the keys`() throws {
        let kept = try outlets.disk(.gulou).disk.read { db in
            try Row.fetchAll(db, sql: "SELECT id, author, customer, name, indexes FROM customerKey")
        }

        #expect(kept.count == 1)
        let row = try #require(kept.first)
        let indexes = try JSONValue(reading: Array((try row.value("indexes") as String).utf8))
        let texts = (indexes.array ?? []).compactMap(\.string)
        // Both forms of the number, the name with the last four of either, mobile and account.
        #expect(
            texts.map { $0.prefix { $0 != ":" } } == [
                "account", "id", "id", "mobile", "name", "name",
            ])
        #expect(texts == texts.sorted())
        for key in [Self.mobile, Self.identity, "王"] {
            #expect(!texts.contains { $0.contains(key) })
        }
        #expect(try !(row.value("name") as Blob).bytes.isEmpty)
    }

    @Test func `a card is found, and what an extract brings later`() throws {
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"))
                    .customerRow(.wang, name: "王大明", mobile: "13900009999")
                    .cardRow("6228480000001234", of: .wang)
                    .accountRow("A3301013300000077", of: .wang)
            ], in: outlets.files)
        try exchange()

        for key in ["6228480000001234", "A3301013300000077", "13900009999", "王大明 002X"] {
            #expect(try found(key, at: .gulou).map(\.owner.customer) == [.wang])
        }
        // What is no longer so finds nobody; Xihu's own extract still says it.
        #expect(try found(Self.mobile, at: .gulou).isEmpty)
        #expect(try found("王小明 002X", at: .gulou).isEmpty)
        #expect(try found(Self.mobile, at: .xihu).map(\.owner.customer) == [.wang])
    }

    @Test func `after a ruling the new owner's word counts and the other one's is taken back`()
        throws
    {
        _ = try outlets.bank.adjudicate(
            .wang, to: .xihu, manager: .cai, by: .fay, opinion: "随客户")
        try exchange()

        let found = try found(Self.identity, at: .gulou)
        #expect(found.map(\.owner.ownership.owner?.manager) == [.cai])
        let said = try outlets.disk(.gulou).disk.read { db in
            try String.fetchAll(
                db, sql: "SELECT author || indexes FROM customerKey ORDER BY author")
        }
        #expect(said.first == "330101[]")
        #expect(said.last?.hasPrefix("330102[\"account:") == true)
        // The account at the outlet that lost the customer is said no more.
        #expect(try self.found("A3301013300000001", as: .account, at: .gulou).isEmpty)
        #expect(try self.found("A3301023300000001", as: .account, at: .gulou).count == 1)
    }

    @Test func `nobody's customer is found by nobody elsewhere`() throws {
        _ = try outlets[.wulin].release(.wang, by: .eve, because: "客户迁居")
        try exchange()
        try outlets.settle(now: true)
        try exchange()

        #expect(try found(Self.identity, at: .gulou).isEmpty)
        #expect(try found(Self.identity, at: .xihu).map(\.owner.ownership.state) == [.unowned])
    }

    @Test func `an outlet that says another's customer has a key is not believed`() throws {
        // Xihu serves Wang and does not own them; its node says that a stranger's mobile is theirs.
        let published = try index("13700000001")
        try outlets.disk(.xihu).disk.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customerKey (id, author, customer, indexes)
                    VALUES ('330102-3300000001', '330102', '3300000001', ?)
                    """,
                arguments: ["[\"\(published)\"]"])
        }
        try exchange()

        let kept = try outlets.disk(.gulou).disk.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM customerKey WHERE author = '330102'")
        }
        #expect(kept == 1)
        #expect(try found("13700000001", at: .gulou).isEmpty)
        #expect(
            try outlets.bank.owners(by: "13700000001", actor: "t").found.map(\.owner.customer)
                == ["3300000077"])
    }

    @Test func `what came to head office before its customer goes on once the customer is there`()
        throws
    {
        try outlets.disk(.xihu).disk.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customerKey (id, author, customer, indexes)
                    VALUES ('330102-3300000042', '330102', '3300000042', '["id:0011223344556677"]')
                    """)
        }
        func known() throws -> Int? {
            try outlets.disk(.gulou).disk.read {
                try Int.fetchOne(
                    $0, sql: "SELECT count(*) FROM customerKey WHERE customer = '3300000042'")
            }
        }
        try exchange()
        #expect(try known() == 0)

        try outlets.close("2025-03-02", [.xihu: "100000"], of: "3300000042")
        try exchange()

        #expect(try known() == 1)
    }

    @Test func `an outlet does not speak in another's name`() throws {
        try outlets.disk(.xihu).disk.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customerKey (id, author, customer, indexes)
                    VALUES ('330101-3300000001', '330101', '3300000001', '[]')
                    ON CONFLICT (id) DO UPDATE SET indexes = excluded.indexes, sequence = NULL
                    """)
            try db.execute(
                sql: """
                    UPDATE changeCounter SET value = value + 1
                    """)
            try db.execute(
                sql: """
                    UPDATE customerKey SET sequence = (SELECT value FROM changeCounter)
                    WHERE id = '330101-3300000001'
                    """)
        }
        try outlets[.xihu].audit(.listed, by: "t", on: nil)
        let exchanged = try outlets.talk(.xihu).exchange()
        try exchange()

        #expect(exchanged.setApart == 1)
        #expect(try found(Self.identity, at: .gulou).map(\.owner.customer) == [.wang])
    }

    /// What is published of a mobile number under the first-tier branch's key.
    private func index(_ mobile: String) throws -> String {
        let stranger: CustomerNumber = "3300000077"
        try outlets.close("2025-03-02", at: [.xihu])
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu)
                    .customerRow(stranger, mobile: mobile).accountRow("A88", of: stranger)
            ], in: outlets.files)
        return try outlets.disk(.xihu).disk.read { db in
            let text = try String.fetchOne(
                db,
                sql:
                    "SELECT 'mobile:' || lower(hex(substr(mobileIndex, 1, 8))) FROM customer WHERE number = ?",
                arguments: [stranger])
            return try #require(text)
        }
    }

    @Test func `in step both exports have the same records`() throws {
        for outlet in [UnitCode.wulin, .xihu, .gulou] {
            var here: [String] = []
            var there: [String] = []
            func isKey(_ line: String) -> Bool { line.contains(#""table":"customerKey""#) }
            try outlets[outlet].exportCanonical(by: "t") { if isKey($0) { here.append($0) } }
            try outlets.bank.exportCanonical(of: outlet, by: "t") {
                if isKey($0) { there.append($0) }
            }

            #expect(here.count == 1)
            #expect(here == there)
        }
    }

    @Test func `a first load brings them as well`() throws {
        var bank = outlets.bank
        bank.snapshotLimits = SnapshotLimits(horizon: 0)
        let blank = try BranchStore.enrolled(
            .gulou, at: bank, world: outlets.world, name: "node-new")

        #expect(try Talk(blank, bank).exchange().chunksReceived > 0)

        #expect(
            try blank.owners(by: Self.mobile, actor: "t").found.map(\.owner.customer) == [.wang])
    }

    @Test func `nothing is said again that has not changed`() throws {
        _ = try outlets[.wulin].assign([.wang], to: .ben, by: .eve)
        try exchange()
        let before = try said()

        try outlets.close("2025-03-02", [.wulin: "310000"])
        try exchange()

        #expect(try said() == before)
    }

    /// Wulin's sequences of what it says.
    private func said() throws -> [Int64] {
        try outlets.disk(.wulin).disk.read {
            try Int64.fetchAll($0, sql: "SELECT sequence FROM customerKey WHERE author = '330101'")
        }
    }
}
