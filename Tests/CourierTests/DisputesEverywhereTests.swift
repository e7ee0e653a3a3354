import Bank
import GRDB
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// Requests and objections reach the parties and those who serve the customer, and nobody else.
struct DisputesEverywhereTests {
    private func state(
        _ outlets: ThreeOutlets, _ outlet: UnitCode
    ) throws -> [Dispute.State] {
        try outlets[outlet].disputes(about: .wang).map(\.state)
    }

    private func told(
        _ outlets: ThreeOutlets, _ outlet: UnitCode, _ staff: StaffID, _ kind: Reminder.Kind
    ) throws -> [[String: String]] {
        try outlets[outlet].reminders(of: staff).filter { $0.kind == kind }.map(\.facts)
    }

    @Test func `a request reaches the owner's outlet, its manager and its supervisor`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        let outcome = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")
        #expect(outcome.dispute.state == .raised)

        try outlets.exchange([.xihu, .wulin])

        #expect(try state(outlets, .xihu) == [.withCounterParty])
        #expect(try state(outlets, .wulin) == [.withCounterParty])
        #expect(try outlets[.wulin].disputes(about: .wang)[0].first.opinion == "理由")
        for staff in [StaffID.ada, .eve] {
            #expect(
                try told(outlets, .wulin, staff, .transferRequested)
                    == [["manager": "cai", "outlet": "330102", "until": "2025-03-10"]])
        }
        #expect(try outlets.owner(at: .wulin) == .ada)
    }

    @Test func `one that serves nobody of them hears nothing, until it serves the customer`() throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        #expect(try outlets[.gulou].disputes(about: .wang) == [])

        try outlets.close("2025-03-03", [.gulou: "900000"])
        try outlets.exchange([.gulou])

        #expect(try state(outlets, .gulou) == [.withCounterParty])
        let nanjing = try BranchStore.enrolled(.nanjing, at: outlets.bank, world: outlets.world)
        #expect(try Talk(nanjing, outlets.bank).pull().flatMap(\.steps).isEmpty)
    }

    @Test func `an applicant follows its dispute to the end without an account`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: outlets.files)
        try outlets.exchange()

        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)

        #expect(try outlets[.xihu].disputes(about: .wang).map(\.ending) == [.refused])
    }

    @Test func `consent gives the customer to the applicant's manager, everywhere`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()

        try outlets.take(.accept(from: nil), at: .wulin, by: .eve)
        #expect(try outlets[.wulin].ownership(of: .wang).state == .provisional)
        let record = try #require(try outlets.settle(now: true).first)
        try outlets.exchange()

        #expect(record.owner?.manager == .cai)
        for outlet in [UnitCode.wulin, .xihu, .gulou] {
            #expect(try outlets.owner(at: outlet) == .cai)
        }
        for outlet in [UnitCode.wulin, .xihu] {
            #expect(try outlets[outlet].disputes(about: .wang).map(\.ending) == [.consented])
        }
        #expect(
            try told(outlets, .wulin, .ada, .ownershipLost)
                == [["claim": "transfer", "to": "330102 cai"]])
        for staff in [StaffID.cai, .sun] {
            #expect(
                try told(outlets, .xihu, staff, .disputeAnswered)
                    == [["answer": "consented", "outlet": "330101"]])
            #expect(try told(outlets, .xihu, staff, .claimConfirmed).count == 1)
        }
        #expect(try told(outlets, .wulin, .eve, .claimConfirmed).count == 1)
    }

    @Test func `two requests of one outlet are answered one after the other`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        try outlets.claim(at: .xihu)
        try outlets.exchange([.xihu])
        // The first-tier branch asks for the late claim, and Xihu has not heard of that.
        try outlets.settle(now: true)
        _ = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")
        try outlets.exchange()
        try outlets.exchange()
        #expect(try state(outlets, .wulin) == [.withCounterParty, .withCounterParty])

        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)
        #expect(try outlets[.wulin].disputes(about: .wang).filter(\.isOpen).count == 1)
        try outlets.take(.refuse(from: .xihu), at: .wulin, by: .eve)

        #expect(try outlets[.xihu].disputes(about: .wang).map(\.ending) == [.refused, .refused])
    }

    @Test func `a refusal ends a request unless it is taken to the first-tier branch`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()

        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)
        #expect(try outlets[.xihu].disputes(about: .wang).map(\.ending) == [.refused])
        #expect(
            try told(outlets, .xihu, .cai, .disputeAnswered)
                == [["answer": "refused", "outlet": "330101"]])

        try outlets.take(.escalate, at: .xihu, by: .cai)
        #expect(try state(outlets, .wulin) == [.atFirstTier])
        #expect(
            try outlets.bank.disputes(of: .zhejiang, by: "t").map(\.dispute.state)
                == [.atFirstTier])
        #expect(
            try told(outlets, .wulin, .eve, .disputeAnswered)
                == [["answer": "escalated", "outlet": "330102"]])
    }

    @Test func `a withdrawal needs no reason and is told to the owner's outlet`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()

        _ = try outlets[.xihu].take(.withdraw, about: .wang, by: .sun, because: "")
        try outlets.exchange()
        try outlets.exchange()

        #expect(try outlets[.wulin].disputes(about: .wang).map(\.ending) == [.withdrawn])
        #expect(
            try told(outlets, .wulin, .ada, .disputeAnswered)
                == [["answer": "withdrawn", "outlet": "330102"]])
        #expect(throws: Refusal(.noRequest, ["customer": "3300000001"])) {
            try outlets[.wulin].take(.accept(from: nil), about: .wang, by: .eve, because: "x")
        }
    }

    @Test func `a request that was withdrawn before it was heard of asks nobody for an answer`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")
        try outlets.exchange([.xihu])
        try outlets.exchange([.xihu])
        _ = try outlets[.xihu].take(.withdraw, about: .wang, by: .sun, because: "")
        try outlets.exchange([.xihu])

        // As a snapshot brings it, which has a customer's steps together.
        try outlets.disk(.wulin).disk.write {
            try $0.execute(sql: "UPDATE line SET pulledThrough = 0")
        }
        try outlets.exchange([.wulin])

        #expect(try outlets[.wulin].disputes(about: .wang).map(\.ending) == [.withdrawn])
        for staff in [StaffID.ada, .eve] {
            #expect(try told(outlets, .wulin, staff, .transferRequested) == [])
            #expect(
                try told(outlets, .wulin, staff, .disputeAnswered)
                    == [["answer": "withdrawn", "outlet": "330102"]])
        }
    }

    @Test func `what a node in the place of a lost one loads is no news to anybody`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "300000"])
        let claim = try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)

        let node = try NodeDisk(
            .wulin, at: outlets.bank, world: outlets.world, name: "node-new"
        ).start()
        try Talk(node, outlets.bank).exchange()

        #expect(try node.ownership(of: .wang).claim == claim)
        #expect(try node.ownership(of: .wang).state == .confirmed)
        #expect(try node.reminders(of: .ada).filter { $0.kind == .claimConfirmed } == [])
    }

    @Test func `a late claim becomes a request that both sides see, once`() throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "100000", .xihu: "200000"])
        try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        let late = try outlets.claim(at: .xihu)
        try outlets.talk(.xihu).exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        #expect(try outlets.settle(now: true) == [])

        for outlet in [UnitCode.wulin, .xihu] {
            let disputes = try outlets[outlet].disputes(about: .wang)
            #expect(disputes.map(\.first.claim) == [late])
            #expect(disputes.map(\.first.outlet) == [.xihu])
            #expect(disputes.map(\.state) == [.withCounterParty])
        }
        #expect(try told(outlets, .wulin, .eve, .transferRequested).count == 1)
        #expect(try told(outlets, .xihu, .sun, .claimLate).count == 1)
        #expect(throws: Refusal(.requestOpen, ["customer": "3300000001"])) {
            try outlets.request()
        }
    }

    @Test(
        arguments: [
            ("left open", nil, UnitCode.xihu), ("refused", DisputeAct.refuse(from: nil), nil),
            ("withdrawn", .withdraw, nil),
        ] as [(String, DisputeAct?, UnitCode?)])
    func `after a release a late claim is a candidate, without any new one, unless it was answered`(
        name: String, act: DisputeAct?, owner: UnitCode?
    ) throws {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-02", [.wulin: "100000", .xihu: "200000"])
        try outlets.claim(at: .wulin)
        try outlets.exchange([.wulin])
        try outlets.settle(now: true)
        let late = try outlets.claim(at: .xihu)
        try outlets.talk(.xihu).exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        if let act {
            let isOwners = if case .refuse = act { true } else { false }
            try outlets.take(
                act, at: isOwners ? .wulin : .xihu, by: isOwners ? .eve : .sun)
        }
        _ = try outlets[.wulin].release(.wang, by: .eve, because: "客户要求")
        // Xihu's claim shows again as soon as it is known that nobody owns the customer.
        try outlets.exchange()

        let records = try outlets.settle(now: true)
        try outlets.exchange()

        #expect(records.map(\.owner?.outlet) == (owner == nil ? [nil] : [nil, owner]))
        #expect(records.last?.claim == (owner == nil ? nil : late))
        for outlet in [UnitCode.wulin, .xihu] {
            #expect(try outlets[outlet].ownership(of: .wang).owner?.outlet == owner)
            #expect(try outlets[outlet].ownership(of: .wang, by: "t").record == records.last)
        }
        #expect(try outlets.settle(now: true) == [])
        // Whoever claims next is settled, and the answered claim is in the record as such.
        if owner == nil {
            let next = try outlets.claim(at: .wulin)
            try outlets.exchange()
            let record = try #require(try outlets.settle(now: true).first)
            #expect(record.claim == next)
            try outlets.exchange()
            let decision = try outlets[.xihu].ownership(of: .wang, by: "t").decision
            #expect(decision?["answered"]?[late.rawValue] != nil)
        }
    }

    @Test func `a delta with a step that is not what its name says is none`() throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets[.xihu].take(
            .request(to: .cai, newEvidence: nil), about: .wang, by: .sun, because: "理由")
        try outlets.talk(.xihu).push()
        let delta = try outlets.talk(.wulin).delta()
        #expect(delta.steps.count == 1)
        var json = delta.json.object ?? [:]
        var step = json["steps"]?.array?.first?.object ?? [:]
        var content = step["content"]?.object ?? [:]
        content["opinion"] = "另一个理由"
        step["content"] = .object(content)
        json["steps"] = [.object(step)]

        #expect(Delta(json: .object(json)) == nil)
        // A version before says neither.
        json["steps"] = nil
        json["sequences"] = nil
        #expect(Delta(json: .object(json))?.steps == [])
    }

    @Test func `what was said stands nowhere on a node's disk in clear`() throws {
        let disk = try NodeOnDisk()
        let store = try disk.open()
        let step = DisputeStep(
            id: "", begins: nil, customer: .wang, firstTier: .zhejiang, author: .xihu,
            kind: .requested, outlet: .xihu, manager: .cai, counterParty: .wulin, against: "p",
            opinion: "秘密理由", newEvidence: "秘密证据", businessDate: day("2025-03-03"),
            stamp: "0-0-n", enteredBy: .sun
        ).named

        try store.apply(
            Delta(
                through: 1, hasMore: false, organisationVersion: 0, organisation: nil, claims: [],
                settled: [], steps: [step]))

        #expect(try store.disputes(about: .wang).map(\.first) == [step])
        let dump = try disk.dump().description
        #expect(dump.contains(step.id.rawValue))
        #expect(!dump.contains("秘密"))
    }
}
