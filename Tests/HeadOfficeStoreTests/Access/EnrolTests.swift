import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

struct EnrolTests {
    private let world = TestWorld()
    private let bank: BankStore

    init() throws {
        bank = try BankStore(inMemory: .ofTests, world: world.world)
    }

    private func enrol(
        _ token: String, as outlet: UnitCode = .wulin, name: String = "node-1"
    ) throws -> EnrolmentReply {
        try bank.enrol(EnrolmentRequest(token: token, outlet: outlet, nodeName: name))
    }

    @Test func `a token lets one node in`() throws {
        let token = try bank.invite(.wulin, by: "amy")

        let reply = try enrol(token)

        #expect(reply.outlet == .wulin)
        #expect(reply.firstTier == .zhejiang)
        #expect(reply.epoch == 1)
        #expect(reply.organisationVersion == 1)
        let node = try bank.node(of: .wulin, accessKey: reply.accessKey)
        #expect((node.name, node.epoch, node.firstTier) == ("node-1", 1, .zhejiang))
    }

    @Test func `a token is used once`() throws {
        let token = try bank.invite(.wulin, by: "amy")
        _ = try enrol(token)

        #expect(throws: ExchangeError.tokenUsed) { try enrol(token, name: "node-2") }
    }

    @Test(arguments: [(24 * 60 - 1, nil), (24 * 60, ExchangeError.tokenExpired)])
    func `a token is good for a day`(minutes: Int64, error: ExchangeError?) throws {
        let token = try bank.invite(.wulin, by: "amy")
        world.pass(minutes: minutes)

        if let error {
            #expect(throws: error) { try enrol(token) }
        } else {
            #expect(try enrol(token).epoch == 1)
        }
    }

    @Test func `a token for another outlet, or that nobody gave, lets nobody in`() throws {
        let token = try bank.invite(.wulin, by: "amy")

        #expect(throws: ExchangeError.tokenForAnotherOutlet) { try enrol(token, as: .xihu) }
        #expect(throws: ExchangeError.tokenUnknown) { try enrol("guess") }
        #expect(try enrol(token).outlet == .wulin)
    }

    @Test(arguments: ["999999", "33", "00", "3301"] as [UnitCode])
    func `only an outlet is invited`(unit: UnitCode) {
        #expect(throws: Refusal(.unknownUnit, ["unit": unit.rawValue])) {
            try bank.invite(unit, by: "amy")
        }
    }

    @Test func `who shows another key, or none, is not enrolled`() throws {
        _ = try enrol(bank.invite(.wulin, by: "amy"))

        for key in ["", "00", String(repeating: "0", count: 64)] {
            #expect(throws: ExchangeError.notEnrolled) {
                try bank.node(of: .wulin, accessKey: key)
            }
        }
        #expect(throws: ExchangeError.notEnrolled) { try bank.node(of: .xihu, accessKey: "") }
    }

    @Test func `a second node of an outlet takes the place of the first`() throws {
        let first = try enrol(bank.invite(.wulin, by: "amy"))
        let second = try enrol(bank.invite(.wulin, by: "amy"), name: "node-2")

        #expect(second.epoch == 2)
        #expect(throws: ExchangeError.notEnrolled) {
            try bank.node(of: .wulin, accessKey: first.accessKey)
        }
        #expect(try bank.node(of: .wulin, accessKey: second.accessKey).name == "node-2")
    }

    @Test func `one outlet's token does not put another outlet's node out`() throws {
        let wulin = try enrol(bank.invite(.wulin, by: "amy"))
        let token = try bank.invite(.xihu, by: "amy")

        #expect(throws: ExchangeError.inadmissible) { try enrol(token, as: .xihu) }

        #expect(try bank.node(of: .wulin, accessKey: wulin.accessKey).name == "node-1")
        #expect(try enrol(token, as: .xihu, name: "node-2").outlet == .xihu)
    }

    @Test func `nodes of one first-tier branch share its index key, others have another`() throws {
        let wulin = try enrol(bank.invite(.wulin, by: "amy"))
        let xihu = try enrol(bank.invite(.xihu, by: "amy"), as: .xihu, name: "node-2")
        let nanjing = try enrol(bank.invite(.nanjing, by: "amy"), as: .nanjing, name: "node-3")

        #expect(wulin.indexKey == xihu.indexKey)
        #expect(wulin.settlementKey == xihu.settlementKey)
        #expect(wulin.indexKey != nanjing.indexKey)
        #expect(wulin.settlementKey != nanjing.settlementKey)
        #expect(wulin.accessKey != xihu.accessKey)
    }
}
