import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Rulings of the first-tier branch, and what else it alone writes.
struct AdjudicateTests {
    @Test func `a ruling is settled at once, closes the dispute and binds everyone`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let dispute = try outlets.request()

        let ruling = try outlets.bank.adjudicate(
            .wang, to: .xihu, manager: .cai, by: .fay, opinion: "关系更久")
        try outlets.exchange()

        #expect(ruling.closed == [dispute])
        #expect(ruling.record.claim == ruling.claim)
        #expect(ruling.record.rule == .onlyClaim)
        for outlet in [UnitCode.wulin, .xihu, .gulou] {
            #expect(
                try outlets[outlet].ownership(of: .wang)
                    == Ownership(
                        owner: .init(manager: .cai, outlet: .xihu, since: day("2025-03-03")),
                        state: .confirmed, claim: ruling.claim))
        }
        let known = try outlets[.wulin].disputes(about: .wang)
        #expect(known.map(\.ending) == [.ruled])
        #expect(known.first?.ruling?.opinion == "关系更久")
        for staff in [StaffID.ada, .eve] {
            let kinds = try outlets[.wulin].reminders(of: staff).map(\.kind)
            #expect(kinds.contains(.ownershipLost) && kinds.contains(.disputeAnswered))
        }
        let lost = try outlets[.wulin].reminders(of: .ada).first { $0.kind == .ownershipLost }
        #expect(lost?.facts == ["claim": "ruling", "to": "330102 cai"])
        #expect(
            try outlets[.xihu].reminders(of: .sun).map(\.kind)
                == [.claimConfirmed, .disputeAnswered])
        // The ruling was the only claim, and is told as what it was.
        let won = try outlets[.xihu].reminders(of: .sun).first { $0.kind == .claimConfirmed }
        #expect(won?.facts["rule"] == "ruling")
        #expect(try outlets.bank.decidingKinds(of: [ruling.record]) == [ruling.record: .ruling])
    }

    @Test func `a ruling comes before claims that are not settled, whatever they show`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        let claim = try outlets.claim(at: .wulin)
        try outlets.exchange()

        let ruling = try outlets.bank.adjudicate(.wang, to: .xihu, by: .fay, opinion: "x")
        try outlets.exchange()

        #expect(ruling.record.rule == .ruling)
        #expect(ruling.record.owner?.manager == nil)
        let claims = try #require(try outlets[.wulin].ownership(of: .wang, by: "t").claims)
        #expect(claims.first { $0.claim.id == claim }?.outcome == .lost)
        // Awaiting assignment at the outlet, which assigns.
        #expect(try outlets[.xihu].pendingCustomers().map(\.number) == [.wang])
        try outlets.claim(at: .xihu)
        try outlets.exchange()
        #expect(try outlets.settle(now: true).map(\.owner?.manager) == [.cai])
        // The ruling that nobody asked for stands, so it is not raised again.
        try outlets.exchange()
        #expect(throws: Refusal.self) { try outlets.request(because: "x") }
    }

    @Test func `a ruling is not raised again for ninety days without new evidence`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        _ = try outlets.bank.adjudicate(
            .wang, to: .wulin, manager: .ada, by: .fay, opinion: "维持")
        try outlets.exchange()

        #expect(
            throws: Refusal(
                .ruledRecently, ["customer": "3300000001", "until": "2025-06-01"])
        ) {
            try outlets[.xihu].take(
                .request(to: .cai, newEvidence: " "), about: .wang, by: .sun, because: "x")
        }
        try outlets.request(because: "再申请", new: "新开贵宾卡")
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.ending)
                == [.ruled, nil])
    }

    @Test(
        arguments: [
            ("without an opinion", .xihu, nil, .fay, " \n", nil, Refusal(.reasonMissing)),
            (
                "by an outlet's supervisor", .xihu, nil, .eve, "x", nil,
                Refusal(.notAllowed, ["staff": "eve"])
            ),
            ("by an analyst", .xihu, nil, .hal, "x", nil, Refusal(.notAllowed, ["staff": "hal"])),
            (
                "in another first-tier branch", .nanjing, nil, .fay, "x", .jiangsu,
                Refusal(.notAllowed, ["staff": "fay"])
            ),
            (
                "to another first-tier branch's outlet", .nanjing, nil, .fay, "x", nil,
                Refusal(.outletElsewhere, ["outlet": "320101"])
            ),
            (
                "to what is no outlet", "3301", nil, .fay, "x", nil,
                Refusal(.outletElsewhere, ["outlet": "3301"])
            ),
            (
                "to an outlet without an account", .gulou, nil, .fay, "x", nil,
                Refusal(.noAccountThere, ["customer": "3300000001", "outlet": "330201"])
            ),
            (
                "to a manager of another outlet", .xihu, .ada, .fay, "x", nil,
                Refusal(.managerElsewhere, ["staff": "ada", "outlet": "330101"])
            ),
            (
                "to a supervisor", .xihu, .sun, .fay, "x", nil,
                Refusal(.notAManager, ["staff": "sun"])
            ),
            (
                "to one who left", .wulin, .ida, .fay, "x", nil,
                Refusal(.inactiveStaff, ["staff": "ida"])
            ),
        ] as [(String, UnitCode, StaffID?, StaffID, String, UnitCode?, Refusal)])
    func `a ruling that may not be is refused and decides nothing`(
        name: String, outlet: UnitCode, manager: StaffID?, staff: StaffID, opinion: String,
        firstTier: UnitCode?, refusal: Refusal
    ) throws {
        let outlets = try ThreeOutlets.ownedByWulin()

        #expect(throws: refusal) {
            try outlets.bank.adjudicate(
                .wang, to: outlet, manager: manager, firstTier: firstTier, by: staff,
                opinion: opinion)
        }
        #expect(try outlets.settle(now: true) == [])
        #expect(try outlets.bank.disputes(of: .zhejiang, by: "t").isEmpty)
    }

    @Test func `who was a party does not rule`() throws {
        let organisation = Organisation(
            units: Organisation.ofTests.units,
            staff: Organisation.ofTests.staff.map { member in
                // Sun has moved to the first-tier branch since the request was made.
                member.id == .sun
                    ? Staff(
                        id: .sun, name: "Sun", unit: .zhejiang, roles: [.firstTierSupervisor])
                    : member
            })
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        _ = try outlets.bank.load(organisation, as: .amy, reason: nil)

        #expect(throws: Refusal(.applicantIsApprover, ["staff": "sun"])) {
            try outlets.bank.adjudicate(.wang, to: .wulin, by: .sun, opinion: "x")
        }
        _ = try outlets.bank.adjudicate(.wang, to: .wulin, by: .fay, opinion: "x")
    }

    @Test func `an exit ends the ownership, and the late claims are looked at`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()

        let record = try #require(
            try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close"))
        try outlets.exchange()

        #expect(record.owner == nil)
        #expect(try outlets[.wulin].ownership(of: .wang) == Ownership.none)
        #expect(try outlets[.wulin].reminders(of: .ada).last?.kind == .leftTarget)
        #expect(try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close") == nil)
    }

    /// Wulin hands Wang over to another of its managers and has not heard that Wang left the pool.
    private func handOver(_ outlets: ThreeOutlets) throws -> ClaimID {
        let result = try outlets[.wulin].assign([.wang], to: .ben, by: .eve).first
        return try #require(result?.claim)
    }

    @Test func `an exit goes before a hand-over on the same claim, whichever comes first`() throws {
        for isFirst in [true, false] {
            let outlets = try ThreeOutlets.ownedByWulin()
            let claim = try handOver(outlets)
            if isFirst { try outlets.talk(.wulin).push() }
            #expect(try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close") != nil)
            try outlets.exchange()

            try outlets.settle(now: true)
            try outlets.exchange()

            let entry = try #require(
                try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
            #expect(entry.owner.ownership.owner == nil)
            #expect(entry.claims.first { $0.claim.id == claim }?.outcome == .refused)
            #expect(entry.decision?["refused"]?[claim.rawValue] == "not-target")
            #expect(try outlets[.wulin].ownership(of: .wang) == Ownership.none)
        }
    }

    @Test func `nobody owns by a hand-over of a hand-over that an exit went before`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try handOver(outlets)
        let second = try #require(
            try outlets[.wulin].assign([.wang], to: .ada, by: .eve).first?.claim)
        #expect(try outlets.bank.exit(.wang, firstTier: .zhejiang, by: "os:close") != nil)
        try outlets.exchange()

        try outlets.settle(now: true)
        try outlets.exchange()

        let entry = try #require(
            try outlets.bank.ownership(of: .wang, firstTier: .zhejiang, by: "t").first)
        #expect(entry.owner.ownership.owner == nil)
        #expect(entry.claims.first { $0.claim.id == second }?.outcome == .refused)
    }

    @Test func `a reorganisation takes the customer along`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()

        let record = try #require(
            try outlets.bank.reorganise(.wang, firstTier: .zhejiang, to: .xihu, by: "os:t"))

        #expect(record.owner?.outlet == .xihu)
        #expect(record.owner?.manager == nil)
    }

    @Test func `what was said stands nowhere on head office's disk in clear`() throws {
        let world = TestWorld()
        let office = try HeadOfficeOnDisk(world: world)
        let outlets = try ThreeOutlets.ownedByWulin(at: office.store)
        try outlets.request(because: "秘密理由")
        _ = try outlets.bank.adjudicate(.wang, to: .xihu, by: .fay, opinion: "秘密意见")

        let dump = try office.dump().description
        #expect(dump.contains("disputeStep"))
        #expect(!dump.contains("秘密"))
        let entries = try outlets.bank.disputes(of: .zhejiang, by: "t")
        #expect(entries[0].dispute.steps.map(\.opinion) == ["秘密理由", "秘密意见"])
    }
}

/// Who would change hands if the order or the waiting time changed.
struct DryRunTests {
    @Test func `a dry run says who would change hands and writes nothing`() throws {
        let world = TestWorld()
        let office = try HeadOfficeOnDisk(world: world)
        let outlets = try ThreeOutlets(at: office.store)
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).cardRow(
                    "6228480000001234", of: .wang)
            ], in: outlets.files)
        try outlets.claim(at: .wulin)
        try outlets.claim(at: .xihu)
        try outlets.exchange()
        try outlets.settle(now: true)
        let before = try office.dump()

        let same = try outlets.bank.dryRun(.zhejiang, order: ["active-card"], by: "t")
        let other = try outlets.bank.dryRun(.zhejiang, order: ["holdings"], by: "t")

        #expect(same.changes == [])
        #expect(other.changes.map(\.customer) == [.wang])
        #expect(other.changes.map(\.now?.manager) == [.cai])
        #expect(other.changes.map(\.then?.manager) == [.ada])
        #expect(other.changes.map(\.rule) == [.holdings])
        #expect(other.due == [])
        #expect(try office.dump() == before)
    }

    @Test(arguments: [(nil, []), (3, []), (1, [CustomerNumber.wang]), (0, [.wang])])
    func `a shorter wait would settle sooner`(wait: Int?, due: [CustomerNumber]) throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        try outlets.exchange()
        try outlets.claim(at: .wulin)
        try outlets.close("2025-03-04", at: [.wulin])
        try outlets.exchange([.wulin])

        let run = try outlets.bank.dryRun(.zhejiang, wait: wait, by: "t")

        #expect(run.due.map(\.customer) == due)
        #expect(run.due.map(\.then?.manager) == due.map { _ in .ada })
        #expect(
            try outlets.bank.owners(of: .wang, by: "t").map(\.ownership.state) == [.provisional])
    }

    @Test func `an order that is none is refused`() throws {
        #expect(throws: Refusal.self) {
            try ThreeOutlets().bank.dryRun(nil, order: ["luck"], by: "t")
        }
    }
}

/// What an outlet sends under the name of a step.
struct ForgedStepTests {
    @Test func `a step that is not its sender's, or not what its name says, counts for nothing`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        let outcome = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")
        let step = outcome.step
        try outlets.talk(.xihu).push()
        // Gulou sends Xihu's request as its own, a ruling, and one whose words were changed.
        let ruling = DisputeStep(
            id: "", begins: nil, customer: .wang, firstTier: .zhejiang, author: .zhejiang,
            kind: .ruled, outlet: .gulou, manager: .dan, claim: "c", opinion: "x",
            businessDate: day("2025-03-03"), stamp: "0-0-n", enteredBy: .fay
        ).named
        let own = DisputeStep(
            id: "", begins: nil, customer: .wang, firstTier: .zhejiang, author: .gulou,
            kind: .requested, outlet: .gulou, manager: .dan, counterParty: .wulin, against: "p",
            opinion: "x", businessDate: day("2025-03-03"), stamp: "0-0-n", enteredBy: .gus
        ).named
        let stranger = DisputeStep(
            id: "", begins: nil, customer: .wang, firstTier: .zhejiang, author: .gulou,
            kind: .objected, outlet: .gulou, manager: .dan, counterParty: .wulin, against: "p",
            opinion: "x", businessDate: day("2025-03-03"), stamp: "0-0-n", enteredBy: .gus
        ).named
        var rows = TableRows(
            table: "disputeStep",
            columns: ["version", "id", "dispute", "customer", "author", "content"])
        for (id, content) in [
            (step.id, step.content), (ruling.id, ruling.content), (own.id, step.content),
            // Of its own making and well formed, but about a customer whom it does not know.
            (stranger.id, stranger.content),
        ] {
            rows.append([
                4, JSONValue(id), JSONValue(id), "3300000001", "330201",
                .string(content.description),
            ])
        }
        try outlets.close("2025-03-03", at: [.gulou])
        let head = try #require(try outlets[.gulou].nextBatch(on: .records))
        for part in try TestBatch(head, of: outlets[.gulou]).with({ $0.tables.append(rows) })
            .parts()
        {
            _ = try outlets.bank.receive(part, from: outlets.talk(.gulou).node())
        }

        #expect(try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.id) == [step.id])
        #expect(try outlets.talk(.wulin).delta().steps.map(\.id) == [step.id])
        #expect(try outlets.talk(.gulou).delta().steps.isEmpty)
    }

    @Test func `a step that comes again with other words stays as it was`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let id = try outlets.request(because: "理由")
        var rows = TableRows(
            table: "disputeStep",
            columns: ["version", "id", "dispute", "customer", "author", "content"])
        rows.append([4, JSONValue(id), JSONValue(id), "3300000001", "330102", "{}"])
        try outlets.close("2025-03-03", at: [.xihu])
        let head = try #require(try outlets[.xihu].nextBatch(on: .records))
        for part in try TestBatch(head, of: outlets[.xihu]).with({ $0.tables.append(rows) }).parts()
        {
            _ = try outlets.bank.receive(part, from: outlets.talk(.xihu).node())
        }

        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.first.opinion)
                == ["理由"])
    }
}
