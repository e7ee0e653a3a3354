import Bank
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

struct SettleTests {
    /// Wang has accounts at Wulin and Xihu, a target at both; 2025-03-03 is a Monday.
    private func branch(organisation: Organisation = .ofTests) throws -> ThreeOutlets {
        let outlets = try ThreeOutlets(organisation: organisation)
        try outlets.close("2025-03-02", [.wulin: "100000", .xihu: "200000"])
        return outlets
    }

    @Test func `claims are due when every outlet with an account has delivered their date`() throws
    {
        let outlets = try branch()
        try outlets.exchange([.xihu])
        let claim = try outlets.claim(at: .wulin)
        try outlets.exchange()
        #expect(try outlets.settle() == [])

        try outlets.close("2025-03-03", at: [.wulin])
        try outlets.exchange()
        #expect(try outlets.settle() == [])

        try outlets.close("2025-03-03", at: [.xihu])
        #expect(try outlets.settle() == [])
        try outlets.exchange([.xihu])

        let records = try outlets.settle()
        #expect(records.map(\.claim) == [claim])
        #expect(records.map(\.rule) == [.onlyClaim])
        #expect(try outlets.settle() == [])
    }

    @Test func `an outlet where the customer has no account left is not waited for`() throws {
        let outlets = try branch()
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: outlets.files)
        try outlets.close("2025-03-03", at: [.wulin])
        try outlets.claim(at: .wulin)
        try outlets.close("2025-03-04", at: [.wulin])
        try outlets.exchange()

        #expect(try outlets.settle().count == 1)
    }

    /// Xihu is closed, or under the other first-tier branch from here on.
    private func withdrawXihu(_ outlets: ThreeOutlets, moving isMoved: Bool) throws {
        let held = Organisation.ofTests
        let there = Unit(code: .xihu, name: "西湖支行", level: .outlet, parent: .jiangsu)
        try outlets.bank.revoke(.xihu, by: "t")
        _ = try outlets.bank.load(
            Organisation(
                units: held.units.filter { $0.code != .xihu } + (isMoved ? [there] : []),
                staff: held.staff.filter { isMoved || $0.unit != .xihu }),
            as: .amy, reason: nil)
    }

    @Test(arguments: [false, true])
    func `an outlet that is closed or elsewhere is not waited for`(isMoved: Bool) throws {
        let outlets = try branch()
        try outlets.exchange()
        try outlets.claim(at: .wulin)
        try outlets.close("2025-03-03", at: [.wulin])
        try outlets.exchange([.wulin])
        #expect(try outlets.settle() == [])

        try withdrawXihu(outlets, moving: isMoved)

        #expect(try outlets.settle().count == 1)
    }

    @Test func `a claim that gives a customer to an outlet that is elsewhere is refused`() throws {
        let outlets = try branch()
        let claim = try outlets.claim(at: .xihu)
        try outlets.exchange()
        try withdrawXihu(outlets, moving: true)

        #expect(try refusal(of: claim, outlets) == .noAccount)
    }

    @Test func `a reorganisation gives nothing to an outlet that is closed`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try withdrawXihu(outlets, moving: false)

        let record = try outlets.bank.reorganise(
            .wang, firstTier: .zhejiang, to: .xihu, by: "os:merger")

        #expect(record?.owner?.outlet == .wulin)
    }

    @Test(
        arguments: [
            ("two business days later", "2025-03-05", [], 0),
            ("three business days later", "2025-03-06", [], 1),
            ("over a holiday", "2025-03-06", [Holiday(date: day("2025-03-04"), kind: .holiday)], 0),
            (
                "over a holiday, a day later", "2025-03-07",
                [Holiday(date: day("2025-03-04"), kind: .holiday)], 1
            ),
        ] as [(String, String, [Holiday], Int)])
    func `a silent outlet is waited for three business days`(
        name: String, through: String, holidays: [Holiday], settled: Int
    ) throws {
        let outlets = try branch(organisation: .made(holidays: holidays))
        try outlets.exchange()
        try outlets.claim(at: .wulin)
        try outlets.close(through, at: [.wulin])
        try outlets.exchange([.wulin])

        #expect(try outlets.settle().count == settled)
    }

    @Test func `a claim that is dated back waits from the day on which it came`() throws {
        let outlets = try branch()
        try outlets.exchange([.xihu])
        try outlets.close("2025-03-05", at: [.wulin])
        try send(.forged(made: "2020-01-01"), from: .wulin, outlets)

        // Xihu has said nothing of the days since 2025-03-02.
        #expect(try outlets.settle() == [])
        try outlets.close("2025-03-05", at: [.xihu])
        try outlets.exchange([.xihu])
        #expect(try outlets.settle().count == 1)
    }

    @Test(
        arguments: [
            ("a Saturday does not count", "2025-03-08", [], 0),
            ("nor does a Sunday", "2025-03-09", [], 0),
            ("a Monday does", "2025-03-10", [], 1),
            (
                "a Saturday that is worked counts", "2025-03-08",
                [Holiday(date: day("2025-03-08"), kind: .workday)], 1
            ),
        ] as [(String, String, [Holiday], Int)])
    func `weekends are not business days`(
        name: String, through: String, holidays: [Holiday], settled: Int
    ) throws {
        let outlets = try branch(
            organisation: .made(
                parameters: [
                    ParameterSetting(
                        name: "settlement_wait", scope: .firstTier(.zhejiang), value: "1",
                        effectiveFrom: day("2025-01-01"))
                ], holidays: holidays))
        try outlets.close("2025-03-06", at: [.wulin, .xihu])
        try outlets.exchange()
        try outlets.claim(at: .wulin)
        try outlets.close(through, at: [.wulin])
        try outlets.exchange([.wulin])

        #expect(try outlets.settle().count == settled)
    }

    @Test(arguments: [nil, "", " \n"] as [String?])
    func `settling at once takes a reason`(reason: String?) throws {
        let outlets = try branch()
        try outlets.claim(at: .wulin)
        try outlets.exchange()

        #expect(throws: Refusal(.reasonMissing)) {
            try outlets.bank.settle(.zhejiang, now: true, by: "fay", reason: reason)
        }
        #expect(try outlets.settle(now: true).count == 1)
    }

    @Test func `a first-tier branch that nobody knows settles nothing`() throws {
        #expect(throws: Refusal(.unknownFirstTier, ["unit": "44"])) {
            try branch().bank.settle("44", by: "fay")
        }
    }

    @Test func `a customer who is no target any more at the outlet is refused to it`() throws {
        let outlets = try branch()
        let claim = try outlets.claim(at: .wulin)
        // Corrected: there were 90,000 only.
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
                    .holding(.wang, "90000", account: "A\(UnitCode.wulin)\(CustomerNumber.wang)")
            ], in: outlets.files)
        try outlets.exchange()

        #expect(try refusal(of: claim, outlets) == .notTarget)
    }

    @Test func `whom an outlet owns goes over between its managers, target or not`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
                    .holding(.wang, "90000", account: "A\(UnitCode.wulin)\(CustomerNumber.wang)")
            ], in: outlets.files)
        try outlets.exchange()

        let given = try outlets[.wulin].assign([.wang], to: .ben, by: .eve)
        #expect(given.map(\.refusal) == [nil])
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()

        let ownership = try outlets[.wulin].ownership(of: .wang)
        #expect(ownership.owner?.manager == .ben && ownership.state == .confirmed)
    }

    @Test func `a customer without an account at the outlet any more is refused to it`() throws {
        let outlets = try branch()
        let claim = try outlets.claim(at: .wulin)
        try outlets[.wulin].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03")).accountRow(
                    "A\(UnitCode.wulin)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: outlets.files)
        try outlets.exchange()

        #expect(try refusal(of: claim, outlets) == .noAccount)
    }

    @Test(
        arguments: [
            ("who left", .forged(manager: .ida), .managerInactive),
            ("of another outlet", .forged(manager: .cai), .managerInactive),
            ("who is a teller", .forged(manager: .tom), .managerInactive),
            ("nobody knows", .forged(manager: "zed"), .managerInactive),
            ("given to another outlet", .forged(to: .xihu, manager: .cai), .notItsToGive),
        ] as [(String, Claim, Decision.Inadmissible)])
    func `a claim for a manager who may not have it is refused`(
        name: String, claim: Claim, reason: Decision.Inadmissible
    ) throws {
        let outlets = try branch()
        try send(claim, from: .wulin, outlets)

        #expect(try refusal(of: claim.id, outlets) == reason)
    }

    @Test(
        arguments: [
            (
                "a release by a stranger", .gulou,
                .forged(by: .gulou, .release, on: "0", to: nil, manager: nil)
            ),
            (
                "a transfer by a stranger", .gulou,
                .forged(by: .gulou, .transfer, on: "0", to: .xihu, manager: .cai)
            ),
            ("a hand-over by an outlet with an account", .wulin, .forged(.handOver, on: "0")),
        ] as [(String, UnitCode, Claim)])
    func `a claim on a base that nobody knows is not its author's to give`(
        name: String, author: UnitCode, claim: Claim
    ) throws {
        let outlets = try branch()
        try outlets.close("2025-03-02", [.gulou: "1"], of: .zhang)
        try send(claim, from: author, outlets)
        try outlets.exchange([UnitCode.wulin, .xihu].filter { $0 != author })

        #expect(try refusal(of: claim.id, outlets) == .notItsToGive)
        try expectNothingOpen(to: .gulou, outlets)
    }

    @Test func `a stranger has nothing to release on a claim of its own that was refused`() throws {
        let outlets = try branch()
        try outlets.close("2025-03-02", [.gulou: "1"], of: .zhang)
        let claim = Claim.forged(by: .gulou, .manual, to: .gulou, manager: .dan)
        let release = Claim.forged(
            by: .gulou, .release, on: claim.id, to: nil, manager: nil)
        try send(claim, release, from: .gulou, outlets)
        try outlets.exchange([.wulin, .xihu])

        #expect(try outlets.settle(now: true).map(\.owner) == [nil])

        let entry = try #require(
            try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.claims.map(\.outcome) == [.refused, .refused])
        try expectNothingOpen(to: .gulou, outlets)
    }

    @Test func `head office's figure counts where a claim's evidence differs`() throws {
        let outlets = try branch()
        let boast = Claim.forged(holdings: 999_999_999)
        try send(boast, from: .wulin, outlets)
        let honest = try outlets.claim(at: .xihu)
        try outlets.exchange([.xihu])

        let records = try outlets.settle(now: true)

        #expect(records.map(\.claim) == [honest])
        #expect(records.map(\.rule) == [.holdings])
        // And the record says so.
        let entry = try #require(
            try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        let evidence = entry.decision?["evidence"]
        #expect(evidence?[boast.id.rawValue]?["holdings"] == 20_000_000)
        #expect(evidence?[honest.rawValue]?["holdings"] == 40_000_000)
    }

    @Test func `records are numbered and chained, and the directory holds the last`() throws {
        let outlets = try branch()
        try outlets[.wulin].takeAndClose(
            [ExtractBuilder(day("2025-03-03")).holding(.zhang, "300000")], in: outlets.files)
        try outlets.claim(.wang, at: .wulin)
        try outlets.claim(.zhang, at: .wulin)
        try outlets.exchange()

        let records = try outlets.settle(now: true)

        #expect(records.map(\.customer) == [.wang, .zhang])
        #expect(records.map(\.number) == [1, 2])
        #expect(records.map(\.previous) == ["", records[0].hash.hex])
        #expect(
            try outlets.bank.owners(of: .zhang, by: "t").map(\.ownership) == [
                Ownership(
                    owner: .init(manager: .ada, outlet: .wulin, since: day("2025-03-04")),
                    state: .confirmed, claim: records[1].claim)
            ])
    }

    @Test func `a claim that came after the settlement is late and moves nobody`() throws {
        let outlets = try branch()
        let first = try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        // Xihu has heard of nothing and holds more.
        let second = try outlets.claim(at: .xihu)
        try outlets.talk(.xihu).exchange()

        let records = try outlets.settle(now: true)

        #expect(records.map(\.claim) == [first])
        #expect(records.map(\.rule) == [.standing])
        try outlets.exchange()
        let entry = try outlets.bank.ownership(of: .wang, firstTier: nil, by: "t")
        #expect(
            Dictionary(uniqueKeysWithValues: entry[0].claims.map { ($0.claim.id, $0.outcome) })
                == [first: .owner, second: .late])
        #expect(try outlets[.xihu].reminders(of: .cai).map(\.kind) == [.assigned, .claimLate])
    }

    private func expectNothingOpen(to outlet: UnitCode, _ outlets: ThreeOutlets) throws {
        let delta = try outlets.bank.delta(
            for: outlets.talk(outlet).node(), PullRequest(after: 0, organisationVersion: 1))
        #expect(delta.claims.allSatisfy { $0.claim.author == outlet })
        #expect(delta.settled.map(\.decision) == [nil])
    }

    private func send(_ claims: Claim..., from outlet: UnitCode, _ outlets: ThreeOutlets) throws {
        let head = try #require(try outlets[outlet].nextBatch(on: .records))
        let forged = try TestBatch(head, of: outlets[outlet]).with {
            $0.tables += claims.map { .claim($0) }
        }
        for part in try forged.parts() {
            _ = try outlets.bank.receive(part, from: outlets.talk(outlet).node())
        }
    }

    private func refusal(
        of claim: ClaimID, _ outlets: ThreeOutlets
    ) throws -> Decision.Inadmissible? {
        let records = try outlets.settle(now: true)
        #expect(records.map(\.owner) == [nil])
        let entry = try #require(
            try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.claims.map(\.outcome) == [.refused])
        return entry.decision?["refused"]?[claim.rawValue]?.string.flatMap {
            Decision.Inadmissible(rawValue: $0)
        }
    }
}
