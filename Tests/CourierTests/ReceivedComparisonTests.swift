import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What came down compared with what head office has of it (`sync.md`, statement 15).
struct ReceivedComparisonTests {
    private let outlets: ThreeOutlets

    /// Wulin owns Wang, whom Xihu asks for; both outlets serve Wang.
    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        try outlets.exchange()
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        let name: String
        let outlet: UnitCode
        let sql: String
        /// What is asked for, and what comes: nothing where a row is only too much.
        var asked = 1

        var testDescription: String { name }
    }

    private static let damages = [
        Damage(
            name: "what became of an own claim", outlet: .wulin,
            sql: "UPDATE claim SET outcome = 'lost' WHERE author = '330101'"),
        Damage(
            name: "what another's claim says", outlet: .xihu,
            sql: "UPDATE claim SET content = replace(content, 'ada', 'ben') WHERE sequence = 0"),
        Damage(
            name: "whose another's claim is", outlet: .xihu,
            sql: "UPDATE claim SET customer = '3300000002' WHERE sequence = 0"),
        Damage(
            name: "a claim that is missing", outlet: .xihu,
            sql: "DELETE FROM claim WHERE sequence = 0"),
        Damage(
            name: "the owner as it is looked up", outlet: .gulou,
            sql: "UPDATE directory SET manager = 'ben' WHERE customer = '3300000001'"),
        Damage(
            name: "the signed record", outlet: .gulou,
            sql: "UPDATE directory SET record = replace(record, 'ada', 'ben')"),
        Damage(
            name: "a record that is missing", outlet: .gulou,
            sql: "DELETE FROM directory WHERE customer = '3300000001'"),
        Damage(
            name: "the decision", outlet: .xihu,
            sql: "UPDATE decision SET content = replace(content, '330101', '330102')"),
        Damage(
            name: "a step that does not open any more", outlet: .wulin,
            sql: "UPDATE disputeStep SET content = zeroblob(length(content)) WHERE sequence = 0"),
        Damage(
            name: "a member of staff", outlet: .wulin,
            sql: "UPDATE staff SET active = 0 WHERE id = 'ada'"),
        Damage(
            name: "a unit", outlet: .wulin, sql: "UPDATE unit SET name = '' WHERE code = '330102'"),
        Damage(
            name: "a parameter that nobody set", outlet: .wulin,
            sql: """
                INSERT INTO parameter (name, scope, effectiveFrom, value)
                VALUES ('settlement_wait', 'bank', 20000, '9')
                """),
        Damage(
            name: "a record that head office never made", outlet: .gulou,
            sql: """
                INSERT INTO directory (
                    customer, claim, manager, outlet, since, number, rule, digest, record,
                    signature)
                SELECT '9999', claim, manager, outlet, since, number, rule, digest, record,
                    signature
                FROM directory
                """, asked: 0),
    ]

    @Test(arguments: damages)
    func `statement 15: a flipped cell is located and its row alone is sent again`(damage: Damage)
        throws
    {
        let talk = outlets.talk(damage.outlet)
        #expect(try talk.exchange(comparing: true).isEqual == true)
        let disk = outlets.disk(damage.outlet).disk
        let changed = try disk.write { db in
            try db.execute(sql: damage.sql)
            return db.changesCount
        }
        try #require(changed > 0)
        var rows: [JSONValue] = []

        let exchanged = try talk.exchange(comparing: true) { question in
            let answer = try talk.answer(question)
            if question.path == Message.digestPath, answer["settled"] != nil {
                rows += (answer["claims"]?.array ?? []) + (answer["settled"]?.array ?? [])
                rows += answer["steps"]?.array ?? []
                for part in ["units", "staff", "parameters", "holidays"] {
                    rows += answer["organisation"]?[part]?.array ?? []
                }
            }
            return answer
        }

        #expect(exchanged.isEqual == false)
        #expect(exchanged.rowsMended == 1)
        let isNobodys = damage.sql.contains("INTO parameter")
        #expect(rows.count == (isNobodys ? 0 : damage.asked))
        #expect(try talk.store.lineState().digestIsEqual == false)
        #expect(try talk.exchange(comparing: true).isEqual == true)
        #expect(try talk.store.lineState().digestIsEqual == true)
        #expect(try outlets.owner(at: damage.outlet) == .ada)
    }

    @Test func `statement 15: equal scopes are proven equal by one question of 200 bytes`() throws {
        let talk = outlets.talk(.xihu)
        var sizes: [Int] = []

        let exchanged = try talk.exchange(comparing: true) { question in
            let answer = try talk.answer(question)
            if question.path == Message.digestPath {
                sizes += [question.message.count, answer.canonicalBytes.count]
            }
            return answer
        }

        #expect(exchanged.isEqual == true)
        // What goes up, and what comes down.
        #expect(sizes.count == 4)
        #expect(sizes.allSatisfy { $0 <= 200 })
    }

    @Test func `what the node has yet to pull is no difference, in no question`() throws {
        let talk = outlets.talk(.gulou)
        let digest = try outlets[.gulou].receivedDigest()
        let start = ReceivedPosition(after: 0, organisationVersion: 1)
        let key = ReceivedKey(table: .directory, key: CustomerNumber.wang.rawValue)
        let questions: [ReceivedQuestion] = [
            .root(digest.root, at: start),
            .buckets(Array(digest.differing([:]).prefix(1)), at: start),
            .rows([key], at: start),
        ]

        for question in questions {
            let answer = try outlets.bank.answer(
                question.json.canonicalBytes, at: Message.digestPath, from: talk.node())
            #expect(answer == ["behind": true, "protocol": 1])
        }
    }

    @Test func `a node that has closed no date takes nothing from head office by comparing`() throws
    {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        let outlets = try ThreeOutlets.ownedByWulin(at: office.store)
        let before = try office.dump()["standing"]
        try #require(before.contains { $0.contains("330102") })
        let blank = try BranchStore.enrolled(
            .xihu, at: outlets.bank, world: outlets.world, name: "node-new")

        try Talk(blank, outlets.bank).exchange(comparing: true)

        #expect(try office.dump()["standing"] == before)
        // What was in the outlet's scope before is so still.
        #expect(try blank.ownership(of: .wang, by: "t").claims?.isEmpty == false)
    }

    @Test func `neither side counts an own claim whose later state was set apart`() throws {
        let talk = outlets.talk(.wulin)
        try outlets.disk(.wulin).disk.write { db in
            try db.execute(
                sql: """
                    UPDATE claim SET content = replace(content, 'ada', 'ben')
                    WHERE author = '330101'
                    """)
        }
        // It is not what its name says any more.
        try #require(try talk.exchange().setApart == 1)

        let exchanged = try talk.exchange(comparing: true)

        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
    }

    @Test func `an own claim that stays is not counted as taken away`() throws {
        let wulin = outlets[.wulin]
        let buckets = try wulin.receivedDigest().differing([:]).filter { $0.table == .claim }
        let others = try outlets.disk(.wulin).disk.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM claim WHERE sequence = 0")
        }
        try #require(!buckets.isEmpty)

        let found = try wulin.differences(in: buckets, from: Comparison.Listing())

        #expect(found.removed == others)
    }

    /// A round of Xihu's that compares, in which head office answers questions for rows by itself.
    private func compare(
        forced: Bool = true,
        _ answering: ([ReceivedKey], ReceivedPosition?) throws -> Delta?
    ) throws -> (Exchanged, questions: Int) {
        let talk = outlets.talk(.xihu)
        var questions = 0
        let exchanged = try talk.exchange(comparing: forced) { question in
            guard question.path == Message.digestPath,
                case .rows(let keys, let position) = try ReceivedQuestion(
                    json: JSONValue(reading: question.message))
            else { return try talk.answer(question) }
            questions += 1
            // Else it might never end.
            guard questions < 10, let delta = try answering(keys, position) else {
                throw ExchangeError.malformed
            }
            return try JSONValue(reading: delta.json.canonicalBytes)
        }
        return (exchanged, questions)
    }

    /// Xihu lacks the claim of Wulin's, and has the owner otherwise.
    private func damageTwoRows() throws {
        try outlets.disk(.xihu).disk.write { db in
            try db.execute(sql: "DELETE FROM claim WHERE sequence = 0")
            try db.execute(
                sql: "UPDATE directory SET manager = 'ben' WHERE customer = '3300000001'")
        }
    }

    @Test func `what an answer had no room for is asked for again`() throws {
        try damageTwoRows()
        let node = try outlets.talk(.xihu).node()

        let (exchanged, questions) = try compare { keys, position in
            try outlets.bank.rows(again: keys, for: node, at: position, upTo: 1)
        }

        #expect(questions == 2)
        #expect(exchanged.rowsMended == 2)
        #expect(try outlets.talk(.xihu).exchange(comparing: true).isEqual == true)
    }

    @Test func `what nothing comes of is not asked for for ever`() throws {
        try damageTwoRows()

        let (exchanged, questions) = try compare { _, _ in
            Delta(
                through: 0, hasMore: true, organisationVersion: 1, organisation: nil, claims: [],
                settled: [])
        }

        #expect(questions == 2)
        #expect(exchanged.isEqual == false)
        #expect(exchanged.rowsMended == 0)
    }

    @Test func `a comparison that was cut is made again at the next exchange`() throws {
        let talk = outlets.talk(.xihu)
        outlets.world.pass(minutes: 25 * 60)
        try damageTwoRows()
        #expect(throws: ExchangeError.malformed) { try compare(forced: false) { _, _ in nil } }

        let exchanged = try talk.exchange()

        #expect(exchanged.isEqual == false)
        #expect(exchanged.rowsMended == 2)
        // Then it has been made.
        #expect(try talk.exchange().isEqual == nil)
    }

    @Test func `where head office had something newer, it is compared again in an hour`() throws {
        let talk = outlets.talk(.xihu)
        outlets.world.pass(minutes: 25 * 60)
        var asked = 0
        func exchange(isBehind: Bool) throws -> Exchanged {
            try talk.exchange { question in
                guard question.path == Message.digestPath,
                    try JSONValue(reading: question.message)["received"] != nil
                else { return try talk.answer(question) }
                asked += 1
                return isBehind ? ["behind": true, "protocol": 1] : try talk.answer(question)
            }
        }

        _ = try exchange(isBehind: true)
        #expect(asked == 1)
        outlets.world.pass(minutes: 30)
        _ = try exchange(isBehind: false)
        #expect(asked == 1)
        outlets.world.pass(minutes: 30)
        #expect(try exchange(isBehind: false).isEqual == true)
        #expect(asked == 2)
    }

    @Test func `a record that neither side has the decision of is no difference`() throws {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        let outlets = try ThreeOutlets.ownedByWulin(at: office.store)
        try outlets.disk(.xihu).disk.write { try $0.execute(sql: "DELETE FROM decision") }
        // As it is kept where it was given back without.
        let file = try DatabaseQueue(path: office.directory.path + "/office/first-tier-33.sqlite")
        try file.write { try $0.execute(sql: "UPDATE settlement SET decision = 'null'") }

        let exchanged = try outlets.talk(.xihu).exchange(comparing: true)

        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
    }
}
