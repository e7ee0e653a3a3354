import Bank
import Certificates
import HeadOfficeStore
import Sealing
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
        try Applicant(outlet, name: name, at: bank).enrol(token)
    }

    @Test func `a token lets one node in`() throws {
        let token = try bank.invite(.wulin, by: "amy").secret

        let reply = try enrol(token)

        #expect(reply.outlet == .wulin)
        #expect(reply.firstTier == .zhejiang)
        #expect(reply.epoch == 1)
        #expect(reply.organisationVersion == 1)
        let node = try bank.node(showing: reply.certificate)
        #expect((node.name, node.epoch, node.firstTier) == ("node-1", 1, .zhejiang))
    }

    @Test func `a token is used once`() throws {
        let token = try bank.invite(.wulin, by: "amy").secret
        _ = try enrol(token)

        #expect(throws: ExchangeError.tokenUsed) { try enrol(token, name: "node-2") }
    }

    @Test func `whose answer was lost is given the same once more, for the same key alone`() throws
    {
        let token = try bank.invite(.wulin, by: "amy").secret
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol(token)
        _ = try bank.node(showing: first.certificate)
        world.pass(minutes: 24 * 60 - 1)

        let again = try applicant.enrol(token)

        #expect(again.certificate == first.certificate)
        #expect((again.epoch, again.indexKey) == (first.epoch, first.indexKey))
        #expect(try bank.node(showing: again.certificate).name == "node-1")
        #expect(throws: ExchangeError.tokenUsed) { try enrol(token) }
        let renamed = EnrolmentRequest(
            token: token, outlet: .wulin, nodeName: "node-2",
            certificateRequest: CertificateRequest(for: applicant.key).bytes)
        #expect(throws: ExchangeError.tokenUsed) { try bank.enrol(renamed) }
    }

    @Test(arguments: ["it expired", "the node was shut out", "another token came after it"])
    func `nobody is given anything again once`(reason: String) throws {
        let token = try bank.invite(.wulin, by: "amy").secret
        let applicant = Applicant(at: bank)
        _ = try applicant.enrol(token)

        switch reason {
        case "it expired": world.pass(minutes: 24 * 60)
        case "the node was shut out": try bank.revoke(.wulin, by: "amy")
        default: _ = try enrol(bank.invite(.wulin, by: "amy").secret)
        }

        #expect(throws: ExchangeError.tokenUsed) { try applicant.enrol(token) }
    }

    @Test(arguments: [(24 * 60 - 1, nil), (24 * 60, ExchangeError.tokenExpired)])
    func `a token is good for a day`(minutes: Int64, error: ExchangeError?) throws {
        let token = try bank.invite(.wulin, by: "amy").secret
        world.pass(minutes: minutes)

        if let error {
            #expect(throws: error) { try enrol(token) }
        } else {
            #expect(try enrol(token).epoch == 1)
        }
    }

    @Test func `a token for another outlet, or that nobody gave, lets nobody in`() throws {
        let token = try bank.invite(.wulin, by: "amy").secret

        #expect(throws: ExchangeError.tokenForAnotherOutlet) { try enrol(token, as: .xihu) }
        #expect(throws: ExchangeError.tokenUnknown) { try enrol("guess") }
        #expect(try enrol(token).outlet == .wulin)
    }

    @Test(arguments: ["999999", "33", "00", "3301"] as [UnitCode])
    func `only an outlet is invited`(unit: UnitCode) {
        let reason: Refusal.Reason = unit == "999999" ? .unknownUnit : .notAnOutlet
        #expect(throws: Refusal(reason, ["unit": unit.rawValue])) {
            try bank.invite(unit, by: "amy")
        }
    }

    @Test(arguments: [1, 48, 720])
    func `a token is good for as many hours as was asked for`(hours: Int) throws {
        let token = try bank.invite(.wulin, by: "amy", hours: hours).secret
        let late = try bank.invite(.wulin, by: "amy", hours: hours).secret

        world.pass(minutes: Int64(hours) * 60 - 1)
        #expect(try enrol(token).epoch == 1)
        world.pass(minutes: 1)
        #expect(throws: ExchangeError.tokenExpired) { try enrol(late, name: "node-2") }
    }

    @Test func `a token carries the fingerprint of head office's authority`() throws {
        let token = try bank.invite(.wulin, by: "amy")

        #expect(token.authority == bank.authorityCertificate.fingerprint)
        #expect(token.authority == Digest.sha256(bank.authorityReply().certificate))
    }

    @Test func `what is refused leaves the token as it was`() throws {
        let token = try bank.invite(.wulin, by: "amy").secret
        var request = CertificateRequest(for: .make(randomBytes)).bytes
        request[request.count - 1] ^= 1

        #expect(throws: ExchangeError.malformed) {
            try bank.enrol(
                EnrolmentRequest(
                    token: token, outlet: .wulin, nodeName: "node-1", certificateRequest: request))
        }
        for name in ["a:b", "", String(repeating: "n", count: 65), "网点"] {
            #expect(throws: ExchangeError.malformed) { try enrol(token, name: name) }
        }
        #expect(try enrol(token).epoch == 1)
    }

    @Test func `a second node of an outlet takes the place of the first`() throws {
        let first = try enrol(bank.invite(.wulin, by: "amy").secret)
        let second = try enrol(bank.invite(.wulin, by: "amy").secret, name: "node-2")

        #expect(second.epoch == 2)
        #expect(throws: ExchangeError.replaced) { try bank.node(showing: first.certificate) }
        #expect(try bank.node(showing: second.certificate).name == "node-2")
    }

    @Test func `a node that was replaced does not come back under its old name`() throws {
        _ = try enrol(bank.invite(.wulin, by: "amy").secret)
        _ = try enrol(bank.invite(.wulin, by: "amy").secret, name: "node-2")
        let token = try bank.invite(.wulin, by: "amy").secret

        #expect(throws: ExchangeError.replaced) { try enrol(token) }
    }

    @Test func `head office knows whether a token would replace a node`() throws {
        #expect(try !bank.hasNode(.wulin))
        _ = try enrol(bank.invite(.wulin, by: "amy").secret)
        #expect(try bank.hasNode(.wulin))
        try bank.revoke(.wulin, by: "amy")
        #expect(try !bank.hasNode(.wulin))
    }

    @Test func `a node that enrols again goes on where it was, under its new certificate alone`()
        throws
    {
        let first = try enrol(bank.invite(.wulin, by: "amy").secret)
        _ = try bank.node(showing: first.certificate)
        let second = try enrol(bank.invite(.wulin, by: "amy").secret)

        #expect(second.epoch == 1)
        #expect(throws: ExchangeError.certificateSuperseded) {
            try bank.node(showing: first.certificate)
        }
        #expect(try bank.node(showing: second.certificate).epoch == 1)
    }

    @Test func `one outlet's token does not put another outlet's node out`() throws {
        let wulin = try enrol(bank.invite(.wulin, by: "amy").secret)
        let token = try bank.invite(.xihu, by: "amy").secret

        #expect(throws: ExchangeError.inadmissible) { try enrol(token, as: .xihu) }

        #expect(try bank.node(showing: wulin.certificate).name == "node-1")
        #expect(try enrol(token, as: .xihu, name: "node-2").outlet == .xihu)
    }

    @Test func `nodes of one first-tier branch share its index key, others have another`() throws {
        let wulin = try enrol(bank.invite(.wulin, by: "amy").secret)
        let xihu = try enrol(bank.invite(.xihu, by: "amy").secret, as: .xihu, name: "node-2")
        let nanjing = try enrol(
            bank.invite(.nanjing, by: "amy").secret, as: .nanjing, name: "node-3")

        #expect(wulin.indexKey == xihu.indexKey)
        #expect(wulin.settlementKey == xihu.settlementKey)
        #expect(wulin.indexKey != nanjing.indexKey)
        #expect(wulin.settlementKey != nanjing.settlementKey)
        #expect(wulin.certificate != xihu.certificate)
    }
}
