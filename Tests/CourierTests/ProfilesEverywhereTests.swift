import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing
import Vault

/// Profile fields that three outlets keep of one customer come to one value everywhere.
struct ProfilesEverywhereTests {
    private static let all: [UnitCode] = [.wulin, .xihu, .gulou]
    private static let people: [UnitCode: StaffID] = [.wulin: .eve, .xihu: .sun, .gulou: .gus]
    private static let decade: Int64 = 10 * 365 * 86_400_000

    /// Wang has an account at each of the three; all is exchanged.
    private func served() throws -> ThreeOutlets {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000", .gulou: "500000"])
        try outlets.exchange()
        return outlets
    }

    /// Writes a field at an outlet whose clock is off by so much.
    private func write(
        _ value: String, at outlet: UnitCode, _ outlets: ThreeOutlets, off skew: Int64 = 0,
        _ field: ProfileField = .hobbies
    ) throws {
        let now = outlets.world.now
        outlets.world.now = now + skew
        defer { outlets.world.now = now }
        _ = try outlets[outlet].edit(
            field, of: .wang, to: value, by: Self.people[outlet] ?? .eve)
    }

    /// The value at head office and at each outlet.
    private func values(_ outlets: ThreeOutlets, _ field: ProfileField = .hobbies) throws
        -> [String?]
    {
        var values: [String?] = []
        for outlet in Self.all {
            values.append(try outlets[outlet].profile(of: .wang, by: "os:test")[field])
        }
        let there = try outlets.bank.profile(of: .wang, firstTier: .zhejiang, by: "os:test")
        return values + [there[field]]
    }

    private func everywhere(_ value: String) -> [String?] { Array(repeating: value, count: 4) }

    private func settle(_ outlets: ThreeOutlets, _ order: [UnitCode] = Self.all) throws {
        try outlets.exchange(order)
        try outlets.exchange()
        try outlets.exchange()
    }

    @Test(
        arguments: [[0, 1, 2], [0, 0, 0], [0, -decade, 1], [-decade, decade, 0]] as [[Int64]])
    func `every order of arrival gives one value at all places`(skews: [Int64]) throws {
        var seen: Set<[String?]> = []
        for order in permutations(Self.all) {
            let outlets = try served()
            for (outlet, skew) in zip(Self.all, skews) {
                try write("\(outlet)", at: outlet, outlets, off: skew)
            }

            try settle(outlets, order)

            seen.insert(try values(outlets))
            for outlet in Self.all {
                let profile = try outlets[outlet].profile(of: .wang, by: "os:test")
                #expect(profile.history.count == 3)
            }
        }
        #expect(seen.count == 1)
        #expect(seen.first.map { Set($0).count } == 1)
    }

    @Test func `a clock ten years ahead wins for five minutes, not for ten years`() throws {
        let outlets = try served()
        try write("未来", at: .wulin, outlets, off: Self.decade)
        try settle(outlets)
        #expect(try values(outlets) == everywhere("未来"))

        // An outlet that has seen it writes after it, and so does one that has not, later on.
        try write("现在", at: .xihu, outlets)
        try settle(outlets)
        #expect(try values(outlets) == everywhere("现在"))
        outlets.world.pass(minutes: 6)
        try write("之后", at: .gulou, outlets)
        try settle(outlets)

        #expect(try values(outlets) == everywhere("之后"))
        let edits = try outlets[.wulin].profile(of: .wang, by: "os:test").history
        #expect(
            edits.filter { $0.stamp.milliseconds > outlets.world.now + HybridStamp.tolerance }
                == [])
    }

    @Test func `a stamp that was capped stays so, though it is sent again`() throws {
        let outlets = try served()
        try write("未来", at: .wulin, outlets, off: Self.decade)
        let restored = try outlets[.wulin].copiedInMemory(
            mark: RestoreMark(
                id: "r", restoredAt: outlets.world.now, backupAt: outlets.world.now))
        try settle(outlets)
        let before = try outlets.bank.profile(of: .wang, firstTier: .zhejiang, by: "os:test")
        outlets.world.pass(minutes: 60)

        try Talk(restored, outlets.bank).exchange()
        try Talk(restored, outlets.bank).exchange()

        let after = try outlets.bank.profile(of: .wang, firstTier: .zhejiang, by: "os:test")
        #expect(after == before)
        #expect(try restored.profile(of: .wang, by: "os:test") == before)
    }

    @Test func `a refusal travels ahead and wins over an agreement that did not know of it`()
        throws
    {
        for order in permutations(Self.all) {
            let outlets = try served()
            _ = try outlets[.wulin].note(.refused, of: .wang, by: .tom)
            outlets.world.pass(minutes: 1)
            _ = try outlets[.xihu].note(.agreed, of: .wang, by: .sun, because: "电话同意")
            #expect(try outlets[.wulin].hasUrgent())

            try settle(outlets, order)

            for outlet in Self.all {
                #expect(try outlets[outlet].marketingHold(on: .wang) == .refused)
            }
            #expect(try outlets.bank.holdsMarketing(to: .wang, firstTier: .zhejiang))
            // Who knows of it lifts it.
            _ = try outlets[.xihu].note(.agreed, of: .wang, by: .sun, because: "书面同意")
            try settle(outlets)
            for outlet in Self.all { #expect(try outlets[outlet].marketingHold(on: .wang) == nil) }
        }
    }

    @Test func `an outlet gets the profile of whom it serves, also of before, and loses it`() throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000"])
        try outlets.close("2025-03-01", [.xihu: "1"], of: .zhang)
        try write("钓鱼", at: .wulin, outlets)
        try settle(outlets)
        #expect(throws: Refusal(.unknownCustomer, ["customer": "3300000001"])) {
            try outlets[.xihu].profile(of: .wang, by: "os:test")
        }

        try outlets.close("2025-03-02", [.xihu: "100000"])
        try settle(outlets, [.xihu, .wulin])
        #expect(try outlets[.xihu].profile(of: .wang, by: "os:test")[.hobbies] == "钓鱼")

        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: outlets.files)
        try write("书法", at: .wulin, outlets)
        try settle(outlets, [.xihu, .wulin])

        #expect(try outlets[.xihu].profile(of: .wang, by: "os:test").history == [])
    }

    @Test func `in step, both canonical exports hold the profile, the same bytes`() throws {
        let outlets = try served()
        try write("未来", at: .wulin, outlets, off: Self.decade)
        try write("书法", at: .xihu, outlets)
        try settle(outlets)

        for outlet in Self.all {
            var (here, there): ([String], [String]) = ([], [])
            try outlets[outlet].exportCanonical(by: "os:test") { here.append($0) }
            try outlets.bank.exportCanonical(of: outlet, by: "os:test") { there.append($0) }
            #expect(here == there)
            #expect(here.filter { $0.contains(#""table":"profileEdit""#) }.count == 2)
        }
    }
}
