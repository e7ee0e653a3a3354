import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Two head offices that know the same decide the same, one of them restored in between
/// (`sync.md`, settlement).
struct ArrivalOrderTests {
    private static let all: [UnitCode] = [.wulin, .xihu, .gulou]

    private let outlets: ThreeOutlets

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000", .gulou: "500000"])
        try outlets.exchange()
    }

    private func outcomes(at bank: BankStore) throws -> [ClaimID: Decision.Outcome?] {
        let entry = try #require(
            try bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        return Dictionary(
            uniqueKeysWithValues: entry.claims.map { ($0.claim.id, $0.outcome) })
    }

    @Test(arguments: permutations(all))
    func `an exit among three outlets' claims is decided alike, whichever came first and where`(
        order: [UnitCode]
    ) throws {
        let bank = outlets.bank
        try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        // Head office as it was before the exit.
        let restored = try bank.copiedInMemory()
        // Wulin hears nothing of the exit; the others do, and claim.
        let handOver = try #require(
            try outlets[.wulin].assign([.wang], to: .ben, by: .eve).first?.claim)
        #expect(try bank.exit(.wang, firstTier: .zhejiang, by: "os:close") != nil)
        try outlets.exchange([.xihu, .gulou])
        try outlets.claim(at: .xihu)
        let best = try outlets.claim(at: .gulou)

        for outlet in order { try outlets.talk(outlet).push() }
        let record = try #require(try outlets.settle(now: true).first)
        for outlet in order.reversed() { try Talk(outlets[outlet], restored).exchange() }
        for outlet in order { try Talk(outlets[outlet], restored).exchange() }
        let again = try #require(
            try restored.settle(.zhejiang, now: true, by: "fay", reason: "演练").first)

        #expect(record.claim == best)
        #expect(again == record)
        #expect(try outcomes(at: bank)[handOver] == .refused)
        #expect(try outcomes(at: restored) == outcomes(at: bank))
    }

    /// The message to head office with the records alone, of what a node gives back.
    private func exchangeWithoutClaims(_ outlet: UnitCode, _ bank: BankStore) throws {
        let talk = Talk(outlets[outlet], bank)
        try talk.exchange { question in
            guard question.path == Message.recordsPath,
                let given = GivenBack(json: try JSONValue(reading: question.message))
            else { return try talk.answer(question) }
            let records = GivenBack(settled: given.settled, claims: [], isLast: given.isLast)
            let answer = try bank.answer(
                records.json.canonicalBytes, at: question.path, from: talk.node())
            return try JSONValue(reading: answer.canonicalBytes)
        }
    }

    @Test(arguments: permutations(all))
    func `what a decision that came back says of claims counts, whoever sends them and when`(
        order: [UnitCode]
    ) throws {
        let restored = try outlets.bank.copiedInMemory()
        for outlet in Self.all { try outlets.claim(at: outlet) }
        try outlets.exchange()
        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange()

        for outlet in order { try exchangeWithoutClaims(outlet, restored) }

        let entry = try #require(
            try restored.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.record == record)
        #expect(try outcomes(at: restored) == outcomes(at: outlets.bank))
        #expect(
            try restored.settle(.zhejiang, now: true, by: "fay", reason: "演练") == [])
    }
}
