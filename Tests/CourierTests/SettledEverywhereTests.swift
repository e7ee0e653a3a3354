import Bank
import Courier
import HeadOfficeStore
import Sealing
import Store
import Sync
import TestSupport
import Testing

/// Outlets that claimed without a line: one owner, decided and explained alike everywhere.
struct SettledEverywhereTests {
    private static let all: [UnitCode] = [.wulin, .xihu, .gulou]

    /// Three outlets with accounts of Wang's, Gulou with the most, each claims unheard by the others.
    private func contested() throws -> (ThreeOutlets, [UnitCode: ClaimID]) {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000", .gulou: "500000"])
        var claims: [UnitCode: ClaimID] = [:]
        for outlet in Self.all { claims[outlet] = try outlets.claim(at: outlet) }
        return (outlets, claims)
    }

    @Test(arguments: permutations(all))
    func `whatever the order of arrival, all come to the same decision`(order: [UnitCode]) throws {
        let (outlets, claims) = try contested()
        for outlet in order { try outlets.talk(outlet).exchange() }
        let shown = try outlets.bank.owners(of: .wang, by: "t").map(\.ownership)
        #expect(shown.map(\.state) == [.contested])

        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange(order.reversed())

        #expect(record.claim == claims[.gulou])
        #expect(record.rule == .holdings)
        #expect(record.digest == Self.digest)
        let confirmed = Ownership(
            owner: .init(manager: .dan, outlet: .gulou, since: day("2025-03-02")),
            state: .confirmed, claim: claims[.gulou])
        #expect(try outlets.bank.owners(of: .wang, by: "t").map(\.ownership) == [confirmed])
        for outlet in Self.all {
            let answer = try outlets[outlet].ownership(of: .wang, by: "t")
            #expect(answer.owner.ownership == confirmed)
            #expect(answer.owner.pendingHere == 0)
            #expect(answer.record == record)
            #expect(answer.claims?.map(\.claim.id) == claims.values.sorted())
            #expect(
                answer.claims?.map(\.outcome)
                    == claims.values.sorted().map { $0 == claims[.gulou] ? .owner : .lost })
            // What the people were told is news to head office; then nothing is left over.
            try outlets.talk(outlet).push()
            #expect(try outlets[outlet].lineState().pending == 0)
        }
    }

    /// The clock and the nodes' names are the same in each run, so the claims' names are, and with
    /// them the digest: by this value a change of the rules' outcome or its form shows.
    private static let digest =
        "e136e6b241278645ba9c87df4ee646efafa63580afd267fc66bae5a8d06380a2"

    @Test func `whoever holds the record verifies it and runs the decision again`() throws {
        let (outlets, _) = try contested()
        try outlets.exchange()
        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange()

        for outlet in Self.all {
            let answer = try outlets[outlet].ownership(of: .wang, by: "t")
            let decision = try #require(answer.decision)
            let claims = Dictionary(
                uniqueKeysWithValues: try #require(answer.claims).map { ($0.claim.id, $0.claim) })
            let replayed = try #require(Settlement(replaying: decision, claims: claims)).decide()

            #expect(replayed.digest.hex == record.digest)
            #expect(
                SettlementRecord(replayed, number: record.number, previous: record.previous)
                    == record)
        }
        let settled = try #require(
            try outlets.bank.delta(
                for: outlets.talk(.wulin).node(), PullRequest(after: 0, organisationVersion: 1)
            ).settled.first)
        let key = try #require(
            outlets[.wulin].node.settlementKey.flatMap(VerificationKey.init(hex:)))
        #expect(settled.record.isSigned(settled.signature, by: key))
        #expect(!settled.record.isSigned(String(repeating: "0", count: 128), by: key))
    }

    @Test func `the winner's and the losers' people are told`() throws {
        let (outlets, claims) = try contested()
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()

        for (outlet, staff, kind) in [
            (UnitCode.wulin, [StaffID.ada, .eve], Reminder.Kind.claimLost),
            (.xihu, [.cai, .sun], .claimLost), (.gulou, [.dan, .gus], .claimConfirmed),
        ] {
            for member in staff {
                let told = try outlets[outlet].reminders(of: member).filter { $0.kind != .assigned }
                #expect(told.map(\.kind) == [kind])
                #expect(told.map(\.customer) == [.wang])
                #expect(told.map(\.facts["rule"]) == ["holdings"])
                #expect(told.map(\.facts["outlet"]) == [UnitCode.gulou.rawValue])
                #expect(told.map(\.id) == ["\(kind.rawValue):\(claims[outlet] ?? ""):\(member)"])
            }
        }
    }

    @Test func `before settlement each node shows the order's choice of the claims it knows`()
        throws
    {
        let (outlets, claims) = try contested()
        func shown(_ outlet: UnitCode) throws -> (Ownership.State, ClaimID?) {
            let ownership = try outlets[outlet].owner(of: .wang, by: "t").ownership
            return (ownership.state, ownership.claim)
        }
        #expect(try shown(.xihu) == (.provisional, claims[.xihu]))

        try outlets.exchange([.wulin, .xihu])
        #expect(try shown(.wulin) == (.provisional, claims[.wulin]))
        #expect(try shown(.xihu) == (.contested, claims[.wulin]))

        try outlets.exchange([.gulou, .wulin, .xihu])
        for outlet in Self.all { #expect(try shown(outlet) == (.contested, claims[.gulou])) }
    }

    @Test func `marketing messages pause wherever the customer is known to be contested`() throws {
        let (outlets, _) = try contested()
        #expect(try !outlets[.wulin].holdsMarketing(to: .wang))

        try outlets.exchange()
        try outlets.exchange()
        for outlet in Self.all { #expect(try outlets[outlet].holdsMarketing(to: .wang)) }
        #expect(try outlets.bank.holdsMarketing(to: .wang, firstTier: .zhejiang))

        try outlets.settle(now: true)
        try outlets.exchange()
        for outlet in Self.all { #expect(try !outlets[outlet].holdsMarketing(to: .wang)) }
        #expect(try !outlets.bank.holdsMarketing(to: .wang, firstTier: .zhejiang))
    }

    @Test func `an outlet that does not serve the customer gets the directory entry alone`() throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.close("2025-03-01", [.gulou: "1"], of: .zhang)
        try outlets.claim(at: .wulin)
        try outlets.claim(at: .xihu)
        try outlets.exchange()
        let record = try #require(try outlets.settle(now: true).first)

        let deltas = try outlets.talk(.gulou).pull()

        #expect(deltas.flatMap(\.claims).isEmpty)
        #expect(deltas.flatMap(\.settled).map { $0.decision == nil } == [true])
        let answer = try outlets[.gulou].ownership(of: .wang, by: "t")
        #expect(answer.claims == nil)
        #expect(answer.decision == nil)
        #expect(answer.record == record)
        #expect(answer.owner.ownership.owner?.outlet == .wulin)
        #expect(answer.owner.ownership.state == .confirmed)
    }

    @Test
    func `an outlet that begins to serve the customer gets what was claimed and decided before`()
        throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.close("2025-03-01", [.gulou: "1"], of: .zhang)
        let claims = try [outlets.claim(at: .wulin), outlets.claim(at: .xihu)]
        try outlets.exchange()
        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange()

        try outlets.close("2025-03-02", [.gulou: "900000"])
        try outlets.exchange([.gulou])

        let answer = try outlets[.gulou].ownership(of: .wang, by: "t")
        #expect(answer.claims?.map(\.claim.id) == claims.sorted())
        #expect(answer.record == record)
        #expect(answer.decision != nil)
        #expect(throws: Refusal.self) { try outlets.claim(at: .gulou) }.map {
            #expect($0.reason == .alreadyOwned)
        }
    }

    @Test func `an answer that was lost on the way is made up for`() throws {
        let (outlets, _) = try contested()
        let talk = outlets.talk(.wulin)
        try outlets[.wulin].publishKeys()
        for lane in Lane.allCases {
            let head = try #require(try outlets[.wulin].nextBatch(on: lane))
            for part in try outlets[.wulin].parts(of: head) {
                _ = try outlets.bank.receive(part, from: talk.node())
            }
        }

        // The next greeting shows that head office has the batches.
        let exchanged = try talk.exchange()

        #expect(exchanged.verdict == .inStep)
        #expect(exchanged.batchesSent == 0)
        #expect(try outlets[.wulin].lineState().pending == 0)
    }

    @Test func `a delta that comes twice has its effect once`() throws {
        let (outlets, _) = try contested()
        try outlets.exchange()
        try outlets.settle(now: true)
        let delta = try outlets.talk(.wulin).delta()

        try outlets[.wulin].apply(delta)
        let first = try outlets[.wulin].reminders(of: .ada)
        try outlets[.wulin].apply(delta)

        #expect(try outlets[.wulin].reminders(of: .ada) == first)
        #expect(try outlets[.wulin].owner(of: .wang, by: "t").ownership.state == .confirmed)
    }

    @Test func `nodes of another first-tier branch hear nothing of it`() throws {
        let (outlets, _) = try contested()
        try outlets.exchange()
        try outlets.settle(now: true)
        let nanjing = try BranchStore.enrolled(.nanjing, at: outlets.bank, world: outlets.world)

        let deltas = try Talk(nanjing, outlets.bank).pull()

        #expect(deltas.flatMap(\.claims).isEmpty)
        #expect(deltas.flatMap(\.settled).isEmpty)
        #expect(try outlets.bank.settle(.jiangsu, now: true, by: "t", reason: "x") == [])
    }
}
