import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Statements 14 and 15: a node and a head office of different versions prove equal what both know,
/// and send nothing again for what only one of them knows.
struct ComparisonSkewTests {
    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        _ = try outlets[.wulin].addContact(with: .wang, by: .tom, way: .call, note: "甲")
        try outlets.exchange([.wulin])
    }

    /// What a head office knows that lacks a column of marketing records and a whole table.
    private static func fewer() -> JSONValue {
        var tables = ComparisonScope.own.json.object ?? [:]
        tables["profileEdit"] = nil
        tables["contact"] = .array(
            (tables["contact"]?.array ?? []).filter { $0.string != "followUpOn" })
        return .object(tables)
    }

    /// What a head office knows that is of a later version.
    private static func more() -> JSONValue {
        var tables = ComparisonScope.own.json.object ?? [:]
        tables["wish"] = ["id"]
        tables["contact"] = .array((tables["contact"]?.array ?? []) + ["mood"])
        return .object(tables)
    }

    /// A round that compares, with a head office of another version: all that it knows cannot come
    /// out the same, and it says what it knows.
    private func compare(knowing theirs: JSONValue) throws -> (Exchanged, asked: [JSONValue]) {
        var round = Round(outlets[.wulin], comparing: true)
        var asked: [JSONValue] = []
        var step = try round.start()
        while true {
            switch step {
            case .done(let exchanged): return (exchanged, asked)
            case .ask(let question):
                guard question.path == Message.digestPath else {
                    step = try round.receive(outlets.talk(.wulin).answer(question))
                    continue
                }
                let message = try JSONValue(reading: question.message)
                // What came down is compared after that, by itself.
                if message["received"] == nil { asked.append(message) }
                if message["columns"] == nil, message["root"] != nil {
                    step = try round.receive(
                        ["columns": theirs, "equal": false, "protocol": 1, "sums": [:]])
                } else {
                    step = try round.receive(outlets.talk(.wulin).answer(question))
                }
            }
        }
    }

    @Test func `a head office that knows fewer columns is equal in what both know`() throws {
        let (exchanged, asked) = try compare(knowing: Self.fewer())

        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
        #expect(asked.count == 2)
        #expect(asked.last?["columns"] == Self.fewer())
        #expect(try outlets[.wulin].lineState().digestIsEqual == true)
    }

    @Test func `a head office that knows more columns is equal in what both know`() throws {
        let (exchanged, asked) = try compare(knowing: Self.more())

        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
        #expect(asked.last?["columns"] == ComparisonScope.own.json)
    }

    @Test func `a row that differs in what both know is found and sent again`() throws {
        // Head office has lost it, and a recovery of its own has not told.
        let backup = try outlets.bank.copiedInMemory()
        let wulin = outlets[.wulin]
        _ = try wulin.addContact(with: .wang, by: .tom, way: .visit, note: "乙")
        let columns = Self.fewer()
        let scope = try #require(ComparisonScope(json: columns))
        func ask(_ fields: [String: JSONValue], at bank: BankStore) throws -> JSONValue {
            let message = JSONValue.object(
                fields.merging(["columns": columns, "protocol": 1]) { $1 })
            return try bank.answer(
                message.canonicalBytes, at: Message.digestPath, from: outlets.talk(.wulin).node())
        }
        let root = JSONValue.string(try wulin.digest(of: scope).root)
        try outlets.talk(.wulin).push()

        #expect(try ask(["root": root], at: outlets.bank)["equal"] == true)
        let answer = try ask(["root": root], at: backup)
        #expect(answer["equal"] == false)
        #expect(answer["columns"] == columns)
        let sums = (answer["sums"]?["contact"]?.array ?? []).compactMap(\.string)
        let buckets = Comparison.differing(try wulin.digest(of: scope).tables["contact"], sums)
        #expect(buckets.count == 1)
        let rows = try ask(
            ["buckets": ["contact": .array(buckets.map { JSONValue($0) })]], at: backup)["rows"]
        let listing = try #require(Comparison.Listing(json: rows ?? .null))

        let mended = try wulin.mend(["contact": Set(buckets)], against: listing, in: scope)

        #expect(mended.sentAgain == 1)
        #expect(try wulin.lineState().pending == 1)
    }

    @Test(arguments: [["contact": "id"] as JSONValue, [], "contact"])
    func `what names no columns is malformed`(columns: JSONValue) throws {
        let question: JSONValue = ["columns": columns, "protocol": 1, "root": ""]

        #expect(throws: ExchangeError.malformed) {
            try outlets.bank.answer(
                question.canonicalBytes, at: Message.digestPath, from: outlets.talk(.wulin).node())
        }
    }
}
