import Bank
import Certificates
import GRDB
import HeadOfficeStore
import Sealing
import Sync
import TestSupport
import Testing

struct AdmitTests {
    private static let day: Int64 = 24 * 60

    private let world = TestWorld()
    private let bank: BankStore

    init() throws {
        bank = try BankStore(inMemory: .ofTests, world: world.world)
    }

    private func refusal(_ certificate: [UInt8]?) -> ExchangeError? {
        do {
            _ = try bank.node(showing: certificate)
            return nil
        } catch {
            return error as? ExchangeError
        }
    }

    @Test func `the certificate says whose records may be sent`() throws {
        let wulin = try Applicant(.wulin, at: bank).enrol()
        let nanjing = try Applicant(.nanjing, name: "node-2", at: bank).enrol()

        #expect(try bank.node(showing: wulin.certificate).outlet == .wulin)
        #expect(try bank.node(showing: wulin.certificate).firstTier == .zhejiang)
        #expect(try bank.node(showing: nanjing.certificate).outlet == .nanjing)
        #expect(try bank.node(showing: nanjing.certificate).firstTier == .jiangsu)
    }

    @Test func `without a certificate nobody is let in`() {
        #expect(refusal(nil) == .noCertificate)
    }

    @Test func `what is no certificate, or another authority's, is unknown`() throws {
        let foreign = try BankStore(inMemory: .ofTests, world: TestWorld(seed: 2).world)
        let certificate = try Applicant(at: foreign).enrol().certificate
        _ = try Applicant(at: bank).enrol()

        #expect(refusal(certificate) == .certificateUnknown)
        #expect(refusal([]) == .certificateUnknown)
        #expect(refusal([1, 2, 3]) == .certificateUnknown)
        #expect(refusal(bank.authorityCertificate.bytes) == .certificateUnknown)
        #expect(
            refusal(bank.serverIdentity(at: ["localhost"])?.certificate.bytes)
                == .certificateUnknown)
    }

    @Test func `a certificate counts for ninety days`() throws {
        let certificate = try Applicant(at: bank).enrol().certificate

        world.pass(minutes: 90 * Self.day - 1)
        #expect(refusal(certificate) == nil)
        world.pass(minutes: 1)
        #expect(refusal(certificate) == .certificateExpired)
    }

    @Test func `head office's clock set back before a certificate is said`() throws {
        let certificate = try Applicant(at: bank).enrol().certificate
        world.pass(minutes: -60)

        #expect(refusal(certificate) == .certificateNotYetValid)
    }

    @Test func `a revoked node is out at its next message`() throws {
        let applicant = Applicant(at: bank)
        let certificate = try applicant.enrol().certificate
        let open = try bank.invite(.wulin, by: "amy").secret
        #expect(refusal(certificate) == nil)

        try bank.revoke(.wulin, by: "amy")

        #expect(refusal(certificate) == .revoked)
        #expect(throws: ExchangeError.revoked) { try applicant.renew(showing: certificate) }
        // Neither does an invitation from before let it in again.
        #expect(throws: ExchangeError.tokenExpired) { try applicant.enrol(open) }
        let again = try applicant.enrol()
        #expect(refusal(again.certificate) == nil)
        #expect(again.epoch == 1)
        #expect(refusal(certificate) == .revoked)
    }

    @Test func `only a node that is there is revoked`() {
        #expect(throws: Refusal(.noNode, ["outlet": "330102"])) {
            try bank.revoke(.xihu, by: "amy")
        }
        #expect(throws: Refusal(.notAnOutlet, ["unit": "33"])) {
            try bank.revoke(.zhejiang, by: "amy")
        }
    }

    @Test func `a certificate is renewed in its last third, and the old one counts until then`()
        throws
    {
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate
        #expect(throws: ExchangeError.renewalNotDue) { try applicant.renew(showing: first) }
        world.pass(minutes: 60 * Self.day)

        let second = try applicant.renew(showing: first)

        #expect(refusal(first) == nil)
        let node = try bank.node(showing: second)
        #expect((node.name, node.epoch, node.outlet) == ("node-1", 1, .wulin))
        #expect(refusal(first) == .certificateSuperseded)
    }

    @Test func `an answer to a renewal that was lost is asked for again`() throws {
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate
        world.pass(minutes: 60 * Self.day)

        let lost = try applicant.renew(showing: first)
        let second = try applicant.renew(showing: first)

        #expect(refusal(second) == nil)
        #expect(refusal(lost) == .certificateSuperseded)
    }

    @Test func `a node that was away for longer than its certificate lasts renews it`() throws {
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate

        world.pass(minutes: (90 + 180) * Self.day - 1)
        #expect(refusal(first) == .certificateExpired)
        #expect(refusal(try applicant.renew(showing: first)) == nil)
        world.pass(minutes: 1)
        #expect(throws: ExchangeError.certificateExpired) { try applicant.renew(showing: first) }
    }

    @Test func `a node restored with an older certificate renews it, within bounds`() throws {
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate
        world.pass(minutes: 60 * Self.day)
        let second = try applicant.renew(showing: first)
        _ = try bank.node(showing: second)
        world.pass(minutes: 1)

        let third = try applicant.renew(showing: first)

        #expect(refusal(third) == nil)
        #expect(refusal(second) == .certificateSuperseded)
        #expect(throws: ExchangeError.renewalNotDue) {
            for _ in 0..<30 { _ = try bank.node(showing: try applicant.renew(showing: first)) }
        }
    }

    @Test func `head office restored from a backup takes a younger certificate of its own node`()
        throws
    {
        let office = try HeadOfficeOnDisk(world: world)
        let bank = office.store
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate
        world.pass(minutes: 60 * Self.day)
        let second = try applicant.renew(showing: first)
        try office.change("DELETE FROM nodeCertificate WHERE state = 'issued'")

        #expect(try bank.node(showing: second).name == "node-1")
        #expect(throws: ExchangeError.certificateSuperseded) { try bank.node(showing: first) }
    }

    @Test func `what was withdrawn does not come back that way`() throws {
        let office = try HeadOfficeOnDisk(world: world)
        let bank = office.store
        let applicant = Applicant(at: bank)
        let first = try applicant.enrol().certificate
        world.pass(minutes: 60 * Self.day)
        let second = try applicant.renew(showing: first)
        _ = try bank.node(showing: second)

        try office.change("DELETE FROM nodeCertificate WHERE state = 'superseded'")
        #expect(throws: ExchangeError.notEnrolled) { try bank.node(showing: first) }

        try bank.revoke(.wulin, by: "amy")
        try office.change("DELETE FROM nodeCertificate")
        #expect(throws: ExchangeError.notEnrolled) { try bank.node(showing: second) }
    }

    @Test func `a node whose outlet was moved is told where it belongs`() throws {
        let office = try HeadOfficeOnDisk(world: world)
        let bank = office.store
        let applicant = Applicant(at: bank)
        let certificate = try applicant.enrol().certificate

        try office.change("UPDATE unit SET parent = '32' WHERE code = '330101'")

        #expect(throws: WrongFirstTier(firstTier: .jiangsu)) {
            try bank.node(showing: certificate)
        }
        // Nor does it enrol as what it was.
        let token = try bank.invite(.wulin, by: "amy").secret
        #expect(throws: WrongFirstTier(firstTier: .jiangsu)) { try applicant.enrol(token) }
        let another = try Applicant(name: "node-2", at: bank).enrol(token)
        #expect(another.firstTier == .jiangsu)
        #expect(try bank.node(showing: another.certificate).firstTier == .jiangsu)
    }
}

extension HeadOfficeOnDisk {
    /// Changes head office's database in a way that no command does.
    fileprivate func change(_ sql: String) throws {
        let database = try DatabaseQueue(path: directory.path + "/office/data.sqlite")
        try database.write { try $0.execute(sql: sql) }
        try database.close()
    }
}
