import Bank
import Certificates
import HeadOfficeStore
import Sealing
import Sync
import TestSupport

/// A node as head office sees it: a name, a key, and the certificates it was given.
struct Applicant {
    let outlet: UnitCode
    let name: String
    let key = PrivateKey.make(randomBytes)
    let bank: BankStore

    init(_ outlet: UnitCode = .wulin, name: String = "node-1", at bank: BankStore) {
        self.outlet = outlet
        self.name = name
        self.bank = bank
    }

    func enrol(_ token: String) throws -> EnrolmentReply {
        try bank.enrol(
            EnrolmentRequest(
                token: token, outlet: outlet, nodeName: name,
                certificateRequest: CertificateRequest(for: key).bytes))
    }

    /// Invited and let in at once.
    func enrol() throws -> EnrolmentReply {
        try enrol(bank.invite(outlet, by: "amy").secret)
    }

    func renew(showing certificate: [UInt8]?) throws -> [UInt8] {
        let request = RenewalRequest(
            certificateRequest: CertificateRequest(for: .make(randomBytes)).bytes)
        return try bank.renew(request, for: try bank.renewing(showing: certificate)).certificate
    }
}
