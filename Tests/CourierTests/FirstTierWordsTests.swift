import Bank
import Courier
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What the first-tier branch decided travels down to the outlets that share a customer.
struct FirstTierWordsTests {
    private let office: HeadOfficeOnDisk
    private let outlets: ThreeOutlets

    /// Wang has 60,000 at each of Wulin and Xihu, Zhang 20,000 at Gulou; the branch has closed.
    init() throws {
        office = try HeadOfficeOnDisk(world: TestWorld())
        outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-01", [.wulin: "60000", .xihu: "60000"])
        try outlets.close("2025-03-01", [.gulou: "20000"], of: .zhang)
        try outlets.exchange()
        try office.closeFirstTier(
            "2025-03-01",
            [
                (.wang, .ofFirstTier("2025-03-01", .target, assets: 120_000, largest: 60_000), 2),
                (
                    .zhang,
                    .ofFirstTier("2025-03-01", .potential, assets: 20_000, largest: 20_000), 1
                ),
            ])
    }

    private func position(
        _ customer: CustomerNumber = .wang, at outlet: UnitCode
    ) throws -> CustomerStanding {
        try outlets[outlet].customer(customer, by: "os:test").position
    }

    private func words(at outlet: UnitCode) throws -> Int? {
        try outlets.disk(outlet).disk.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM tierStanding")
        }
    }

    @Test func `60,000 at each of two outlets is a target at both after an exchange`() throws {
        #expect(try position(at: .wulin).standing.pool == .potential)

        try outlets.exchange()

        for outlet in [UnitCode.wulin, .xihu] {
            let position = try position(at: outlet)
            #expect(position.standing.pool == .target)
            #expect(position.decidedBy == .firstTier && !position.isProvisional)
            #expect(position.here == HalfFen(12_000_000))
        }
        #expect(try position(.zhang, at: .gulou).decidedBy == .firstTier)
        #expect(try words(at: .gulou) == 0)
        // What was decided again goes up, and then there is nothing more.
        try outlets.exchange()
        #expect(try outlets[.wulin].lineState().pending == 0)
        let there = try office.dump()["standing"].filter { $0.contains("3300000001") }
        #expect(there.count == 2)
        #expect(there.allSatisfy { $0.contains("target") })
    }

    @Test func `who gets the first close by a first load is no longer provisional either`() throws {
        let loaded = try outlets.talk(.gulou).exchange()

        #expect(loaded.chunksReceived > 0)
        #expect(loaded.batchesSent == 0)
        let position = try position(.zhang, at: .gulou)
        #expect(position.decidedBy == .firstTier && !position.isProvisional)
    }

    @Test func `closed once more alike, nothing is decided or sent again`() throws {
        try outlets.exchange()
        try outlets.exchange()
        try outlets.close("2025-03-02")
        try outlets.exchange()
        #expect(try position(at: .wulin).isProvisional)

        try office.closeFirstTier("2025-03-02")
        try outlets.exchange()

        #expect(try position(at: .wulin).decidedBy == .firstTier)
        #expect(try position(at: .wulin).accumulated == HalfFen(48_000_000))
        #expect(try outlets[.wulin].lineState().pending == 0)
    }

    @Test func `a word that came late decides the days after it again`() throws {
        try outlets.close("2025-03-02")
        try outlets.close("2025-03-03", [.wulin: "20000"])
        #expect(try position(at: .wulin).standing.pool == .potential)

        try outlets.exchange()

        let position = try position(at: .wulin)
        #expect(position.standing.pool == .target)
        #expect(position.standing.belowSince == day("2025-03-03"))
        #expect(position.isProvisional)
    }

    @Test func `what was said goes with the customer's last account, and the standing stays`()
        throws
    {
        try outlets.exchange()
        #expect(try words(at: .xihu) == 1)

        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-02")
            ], in: outlets.files)
        try outlets.exchange()
        try outlets.exchange()

        #expect(try words(at: .xihu) == 0)
        #expect(try position(at: .xihu).standing.pool == .target)
        #expect(try words(at: .wulin) == 1)
        #expect(try outlets.talk(.xihu).exchange(comparing: true).isEqual == true)
    }

    @Test func `a merge that is taken back leaves no word with an outlet that has no account`()
        throws
    {
        let merging = ExtractBuilder(day("2025-03-02"), outlet: .gulou).customerRow(.wang)
        try outlets[.gulou].takeAndClose(
            [merging.customerRow(.zhang, mergedInto: .wang)], in: outlets.files)
        try outlets.exchange()
        let standing = Standing.ofFirstTier(
            "2025-03-02", .target, since: "2025-03-01", assets: 140_000, largest: 60_000)
        try office.closeFirstTier("2025-03-02", [(.wang, standing, 3)])
        try outlets.exchange()
        #expect(try position(at: .gulou).standing.pool == .target)

        try outlets[.gulou].takeAndClose([merging.with { $0.sequence = 2 }], in: outlets.files)

        #expect(try position(at: .gulou).standing.pool == .retained)
        try outlets.exchange()
        try office.closeFirstTier("2025-03-02")
        try outlets.exchange()
        #expect(try words(at: .gulou) == 0)
        #expect(try position(at: .gulou).standing.pool == .retained)
        #expect(try !position(at: .gulou).isProvisional)
        #expect(try position(at: .wulin).standing.pool == .target)
        #expect(try outlets.talk(.gulou).exchange(comparing: true).isEqual == true)
    }

    @Test func `a first load brings it too`() throws {
        try outlets.exchange()
        let blank = try BranchStore.enrolled(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new")
        let talk = Talk(blank, outlets.bank)
        try talk.exchange()

        try blank.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(
                    .wang, "60000", account: "A\(UnitCode.wulin)\(CustomerNumber.wang)")
            ], in: outlets.files)

        #expect(try blank.customer(.wang, by: "os:test").position.standing.pool == .target)
        try talk.exchange()
        #expect(try talk.exchange(comparing: true).isEqual == true)
    }

    @Test(
        arguments: [
            "UPDATE tierStanding SET pool = 'potential', origin = NULL",
            "UPDATE tierStanding SET financialAssets = financialAssets + 2",
            "UPDATE tierStanding SET history = replace(history, 'target', 'potential')",
            "UPDATE tierStanding SET said = said + 1",
            "DELETE FROM tierStanding",
        ])
    func `statement 15: a flipped cell of it is found and its row alone is sent again`(
        damage: String
    ) throws {
        try outlets.exchange()
        try outlets.exchange()
        let talk = outlets.talk(.wulin)
        #expect(try talk.exchange(comparing: true).isEqual == true)
        try outlets.disk(.wulin).disk.write { try $0.execute(sql: damage) }
        var rows: [JSONValue] = []

        let exchanged = try talk.exchange(comparing: true) { question in
            let answer = try talk.answer(question)
            if question.path == Message.digestPath { rows += answer["records"]?.array ?? [] }
            return answer
        }

        #expect(exchanged.isEqual == false)
        #expect(exchanged.rowsMended == 1)
        #expect(rows.count == 1)
        #expect(try talk.exchange(comparing: true).isEqual == true)
        #expect(try position(at: .wulin).standing.pool == .target)
    }

    @Test func `a head office of a version before is compared with in what both know`() throws {
        try outlets.exchange()
        try outlets.exchange()
        let talk = outlets.talk(.wulin)
        var roots = 0

        let exchanged = try talk.exchange(comparing: true) { question in
            guard question.path == Message.digestPath,
                var fields = try JSONValue(reading: question.message).object,
                fields["received"] != nil
            else { return try talk.answer(question) }
            roots += 1
            fields["with"] = nil
            var answer = try outlets.bank.answer(
                JSONValue.object(fields).canonicalBytes, at: question.path, from: talk.node()
            ).object
            #expect(answer?["equal"] == false)
            answer?["with"] = nil
            return .object(answer ?? [:])
        }

        #expect(roots == 1)
        #expect(exchanged.isEqual == true)
        #expect(exchanged.rowsMended == 0)
    }

    @Test func `a word that head office never said is taken away`() throws {
        try outlets.exchange()
        try outlets.exchange()
        let talk = outlets.talk(.wulin)
        try outlets.disk(.wulin).disk.write {
            try $0.execute(sql: "UPDATE tierStanding SET customer = '9999'")
        }

        let exchanged = try talk.exchange(comparing: true)

        #expect(exchanged.isEqual == false)
        #expect(try words(at: .wulin) == 1)
        #expect(try talk.exchange(comparing: true).isEqual == true)
    }
}
