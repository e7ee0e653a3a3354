import Certificates
import Sealing

/// An authority, a stranger's authority, and a node that asks.
struct CertificateCast {
    static let now: Int64 = 1_743_465_600_000
    static let day: Int64 = 24 * 60 * 60 * 1000

    let authority = Authority.make(
        of: .make(randomBytes), at: now, randomBytes: { randomBytes($0) })
    let foreign = Authority.make(
        of: .make(randomBytes), at: now, randomBytes: { randomBytes($0) })
    let key = PrivateKey.make(randomBytes)
    let holder: CertifiedNode

    init() throws {
        guard let holder = CertifiedNode(firstTier: "33", outlet: "330101", name: "node-1") else {
            throw CastError()
        }
        self.holder = holder
    }

    struct CastError: Error {}

    func certificate(
        by authority: Authority? = nil, days: Int64 = 90
    ) throws -> Certificate {
        let certificate = (authority ?? self.authority).certify(
            CertificateRequest(for: key), as: holder, at: Self.now,
            forMilliseconds: days * Self.day, randomBytes: { randomBytes($0) })
        guard let certificate else { throw CastError() }
        return certificate
    }

    func server(_ hosts: [String]) -> Certificate? {
        authority.certify(
            CertificateRequest(for: key), asServerAt: hosts, at: Self.now,
            forMilliseconds: 90 * Self.day, randomBytes: { randomBytes($0) })
    }
}
