import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// With a line head office answers the single-customer query for all customers of the first-tier
/// branch (`domain.md`, item 22).
struct QueryTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets
    private static let mobile = "13812345678"
    private static let identity = "11010519491231002X"

    /// Wang has accounts at Wulin, whose manager Ada looks after them, and at Xihu; Zhang is a customer
    /// of Xihu's whom nobody owns; Gulou serves nobody. The branch has closed.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"), outlet: .xihu)
                    .holding(.wang, "200000", account: "A7")
                    .customerRow(
                        .zhang, name: "张三", idNumber: "440524188001010014", mobile: "13800138000"
                    )
                    .accountRow("A8", of: .zhang).balanceRow("A8", "77")
            ], in: outlets.files)
        try outlets.close("2025-03-01", at: [.gulou])
        try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try office.closeFirstTier(
            "2025-03-01",
            [
                (
                    .wang,
                    .ofFirstTier("2025-03-01", .target, assets: 500_000, largest: 300_000), 2
                ),
                (.zhang, .ofFirstTier("2025-03-01", .retained, assets: 77, largest: 77), 1),
            ])
    }

    private func question(_ key: String, at store: BranchStore) throws -> QueryRequest? {
        try store.query(by: key, actor: "dan").question
    }

    /// Over the line, both ways.
    private func reply(
        _ question: QueryRequest, to store: BranchStore
    ) throws -> QueryReply {
        let talk = Talk(store, outlets.bank)
        let answer = try outlets.bank.answer(
            question.json.canonicalBytes, at: Message.queryPath, from: talk.node())
        return try #require(QueryReply(json: try JSONValue(reading: answer.canonicalBytes)))
    }

    /// What Gulou gets for a key.
    private func reply(_ key: String) throws -> QueryReply {
        try reply(try #require(try question(key, at: outlets[.gulou])), to: outlets[.gulou])
    }

    @Test func `whom another outlet serves and nobody owns is told masked, with pool and card`()
        throws
    {
        for key in ["3300000002", "440524188001010014", "13800138000", "张三 0014"] {
            let reply = try reply(key)

            #expect(reply.found.map(\.customer) == [.zhang], "\(key)")
            let zhang = try #require(reply.found.first)
            #expect(zhang.name == "张*")
            #expect(zhang.idNumber == "440********0014")
            #expect(zhang.mobile == "138****8000")
            #expect(zhang.owner == nil && zhang.state == .unowned && zhang.history.isEmpty)
            #expect(
                zhang.standing
                    == .init(
                        pool: .retained, poolSince: day("2025-03-01"), tier: nil, activeCard: false)
            )
            #expect(reply.closedThrough == day("2025-03-01"))
            #expect(reply.asOf == outlets.world.now)
        }
    }

    @Test func `an owned customer is told with the owner and those before`() throws {
        _ = try outlets[.wulin].assign([.wang], to: .ben, by: .eve)
        for _ in 0..<2 { try outlets.exchange([.wulin]) }
        try outlets.settle(now: true)

        for key in [
            Self.identity, "110105491231002", Self.mobile, "王小明 002X", "A3301013300000001",
        ] {
            let reply = try reply(key)

            #expect(reply.found.map(\.customer) == [.wang], "\(key)")
            let wang = try #require(reply.found.first)
            #expect(wang.owner?.manager == .ben && wang.owner?.outlet == .wulin)
            #expect(wang.state == .confirmed)
            #expect(wang.history.map(\.manager) == [.ada, .ben])
            #expect(wang.history.allSatisfy { $0.claim == nil && $0.enteredBy == nil })
            #expect(wang.standing?.pool == .target)
        }
    }

    @Test func `an answer has no balances`() throws {
        let json = try reply("3300000002").json

        let found = try #require(json["found"]?.array?.first)
        #expect(
            found.object?.keys.sorted() == [
                "by", "customer", "history", "idNumber", "mobile", "name", "owner", "standing",
                "state",
            ])
        #expect(
            found["standing"]?.object?.keys.sorted() == [
                "activeCard", "pool", "poolSince", "tier",
            ])
    }

    @Test func `a person's key does not travel, its blind indexes do`() throws {
        for key in [Self.identity, Self.mobile, "王小明 002X"] {
            let question = try #require(try question(key, at: outlets[.gulou]))

            #expect(question.number == nil && !question.indexes.isEmpty)
            for part in key.split(separator: " ") {
                #expect(!question.json.description.contains(part))
            }
        }
    }

    @Test func `what may be a card, an account or an identity number does not travel either`()
        throws
    {
        // A card's, an account's, a mistyped identity number and a passport's.
        for key in [
            "6228480000001234", "A3301013300000001", "110105194912310021", "E12345678",
        ] {
            let question = try #require(try question(key, at: outlets[.gulou]))
            #expect(question.number == nil && !question.indexes.isEmpty, "\(key)")
            #expect(!question.json.description.contains(key))
        }
        let gulou = outlets[.gulou]
        #expect(try question("3300000002", at: gulou)?.number == .zhang)
        let given = try gulou.query(by: "E12345678", as: .customer, actor: "dan").question
        #expect(given?.number == "E12345678" && given?.indexes.isEmpty == true)
    }

    @Test func `a node of another first-tier branch gets nobody of this one`() throws {
        let nanjing = try BranchStore.enrolled(
            .nanjing, at: outlets.bank, world: outlets.world)

        for key in ["3300000001", Self.mobile, "王小明 002X"] {
            let question = try #require(try question(key, at: nanjing))
            #expect(try reply(question, to: nanjing).found.isEmpty)
        }
        // Not even with what a node of this one would ask.
        let stolen = try #require(try question(Self.mobile, at: outlets[.gulou]))
        #expect(try reply(stolen, to: nanjing).found.isEmpty)
    }

    @Test func `of an own customer's number, and without a head office, nobody is asked`() throws {
        #expect(try question("3300000002", at: outlets[.xihu]) == nil)
        #expect(try question("13800138000", at: outlets[.xihu]) != nil)
        #expect(try question("3300000002", at: try BranchStore.alone()) == nil)
    }

    @Test func `a node that was shut out does not ask, nor one whose line was down just now`()
        throws
    {
        let gulou = outlets[.gulou]
        for (failure, asks) in [
            ("suspected-copy", false), ("corrupted", false), ("revoked", false),
            ("replaced", false), ("no-line", false), ("timed-out", false), ("too-large", true),
            ("busy", true),
        ] {
            try gulou.rememberContact(failure: failure)
            let search = try gulou.query(by: "3300000002", actor: "dan")
            #expect((search.question != nil) == asks, "\(failure)")
            #expect(search.unasked?.code == (asks ? nil : failure), "\(failure)")
        }
    }

    @Test func `a line that was down is asked again after a while, and once an exchange went well`()
        throws
    {
        let gulou = outlets[.gulou]
        try gulou.rememberContact(failure: "timed-out")
        #expect(try question("3300000002", at: gulou) == nil)
        outlets.world.pass(minutes: 11)
        #expect(try question("3300000002", at: gulou) != nil)

        try gulou.rememberContact(failure: "timed-out")
        try gulou.rememberContact(failure: nil)
        #expect(try question("3300000002", at: gulou) != nil)
    }

    @Test func `while a copy is shut out, head office answers the node that is in step`() throws {
        let copy = try outlets[.gulou].copiedInMemory()
        try outlets.close("2025-03-02", at: [.gulou])
        try outlets.exchange([.gulou])
        _ = try copy.takeAndClose(
            [ExtractBuilder(day("2025-03-02"), outlet: .gulou).holding(.zhou, "9")],
            in: try TemporaryDirectory())
        #expect(throws: CourierError.self) { try Talk(copy, outlets.bank).exchange() }

        let asked = try #require(try question("3300000002", at: copy))
        #expect(throws: ExchangeError.suspectedCopy) { try reply(asked, to: copy) }
        let original = try #require(try question("3300000002", at: outlets[.gulou]))
        #expect(try reply(original, to: outlets[.gulou]).found.count == 1)
    }

    @Test func `a look is written down on both sides, with who looked and never the key`() throws {
        let gulou = outlets[.gulou]
        let known = try gulou.query(by: "13800138000", actor: "dan")
        let reply = try reply(try #require(known.question), to: gulou)
        _ = try gulou.complete(known, by: reply, actor: "dan")
        _ = try self.reply("13700000000")

        let there = try TableDump(office.directory.path + "/office/data.sqlite")["audit"].filter {
            $0.contains("looked-up-owner")
        }
        #expect(there.count == 2)
        #expect(
            there.allSatisfy { $0.contains("node:node-330201") && $0.contains(#"\"as\":\"dan\""#) })
        #expect(there.contains { $0.contains("3300000002") && $0.contains(#"\"by\":\"mobile\""#) })
        #expect(there.contains { $0.contains(#"\"found\":0"#) })
        let here = try outlets.disk(.gulou).disk.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT subject FROM audit WHERE actor = 'dan' AND detail LIKE '%head-office%'"
            )
        }
        #expect(here == ["3300000002"])
        for key in ["13800138000", "13700000000"] {
            #expect(there.allSatisfy { !$0.contains(key) })
        }
    }

    @Test func `head office's answer stands in the place of what the node knows`() throws {
        let gulou = outlets[.gulou]
        let known = try gulou.query(by: "3300000002", actor: "dan")
        #expect(known.customers.map { $0.facts == nil } == [true])
        #expect(!known.search.isKnown)

        let completed = try gulou.complete(
            known, by: reply(try #require(known.question), to: gulou), actor: "dan")

        let zhang = try #require(completed.customers.first)
        #expect(completed.customers.count == 1)
        #expect(completed.search.isKnown && completed.search.isByNumber)
        #expect(zhang.facts?.isOfFirstTier == true && zhang.facts?.pool == .retained)
        #expect(zhang.found.owner.asOf == outlets.world.now)
        #expect(!zhang.found.isServed)
    }

    @Test func `others who share an own customer's mobile are told beside them`() throws {
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"), outlet: .wulin)
                    .customerRow("3300000044", mobile: "13800138000")
            ], in: outlets.files)
        try outlets.exchange([.wulin])
        let xihu = outlets[.xihu]
        let known = try xihu.query(by: "13800138000", actor: "dan")
        #expect(known.customers.map(\.found.owner.customer) == [.zhang])

        let completed = try xihu.complete(
            known, by: reply(try #require(known.question), to: xihu), actor: "dan")

        #expect(completed.customers.map(\.found.owner.customer) == [.zhang, "3300000044"])
        // Of its own customers the outlet says what it knows.
        #expect(completed.customers.map(\.found.isServed) == [true, false])
        #expect(completed.customers.map { $0.facts?.isOfFirstTier } == [false, true])
        #expect(!completed.search.isByNumber && completed.search.isKnown)
    }

    @Test func `where head office knows nobody the node's answer stands`() throws {
        let gulou = outlets[.gulou]
        let known = try gulou.query(by: "3300000009", actor: "dan")

        let completed = try gulou.complete(
            known, by: reply(try #require(known.question), to: gulou), actor: "dan")

        #expect(completed.reply?.found.isEmpty == true)
        #expect(completed.customers.map(\.found.owner.customer) == ["3300000009"])
        #expect(completed.customers.map(\.found.owner.ownership.state) == [.unowned])
    }

    @Test func `of many who share a key twenty are told, and that there are more`() throws {
        var extract = ExtractBuilder(day("2025-03-02"), outlet: .xihu)
        for number in 100...130 {
            extract = extract.customerRow(
                CustomerNumber("3300000\(number)"), mobile: "13900001111")
        }
        try outlets[.xihu].takeAndClose([extract], in: outlets.files)
        try outlets.exchange([.xihu])

        let reply = try reply("13900001111")

        #expect(reply.found.count == 20 && reply.hasMore)
        #expect(reply.found.map(\.customer) == reply.found.map(\.customer).sorted())
        #expect(try !self.reply("13800138000").hasMore)
        let here = try outlets[.xihu].query(by: "13900001111", actor: "dan").search
        #expect(here.found.count == 20 && here.hasMore)
    }

    @Test func `a message that is none is refused`() throws {
        let node = try outlets.talk(.gulou).node()
        for text in [
            #"{"protocol":1}"#,
            #"{"actor":"","indexes":{},"number":null,"protocol":1,"receipts":{}}"#,
            #"{"actor":" a","indexes":{},"number":null,"protocol":1,"receipts":{}}"#,
            #"{"actor":"a\nb","indexes":{},"number":null,"protocol":1,"receipts":{}}"#,
            #"{"actor":"\u202eada","indexes":{},"number":null,"protocol":1,"receipts":{}}"#,
            #"{"actor":"a","indexes":{"mobile":["13800138000"]},"number":null,"protocol":1,"receipts":{}}"#,
            #"{"actor":"a","indexes":{},"number":7,"protocol":1,"receipts":{}}"#,
        ] {
            #expect(throws: ExchangeError.malformed, "\(text)") {
                try outlets.bank.answer(Array(text.utf8), at: Message.queryPath, from: node)
            }
        }
    }
}
