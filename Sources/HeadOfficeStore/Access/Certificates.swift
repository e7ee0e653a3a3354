package import Certificates
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// Ninety days: long enough for a node that is away for a month and renews in its last third.
    private static let nodeValidity = 90 * day
    /// A server makes itself a new certificate at every start and in the last third of this.
    private static let serverValidity = 90 * day
    private static let day: Int64 = 24 * 60 * 60 * 1000
    static let authorityKey = "authority"

    /// What whoever asks may know.
    package func authorityReply() -> AuthorityReply {
        AuthorityReply(certificate: authority.certificate.bytes, now: world.now())
    }

    package var authorityCertificate: Certificate { authority.certificate }

    /// A certificate under the given names with its key, for head office's own server; nil where
    /// one of them is no name. Neither is kept.
    package func serverIdentity(at hosts: [String]) -> ServerIdentity? {
        let key = PrivateKey.make(world.randomBytes)
        let certificate = authority.certify(
            CertificateRequest(for: key), asServerAt: hosts, at: world.now(),
            forMilliseconds: Self.serverValidity, randomBytes: world.randomBytes)
        return certificate.map { ServerIdentity(certificate: $0, key: key) }
    }

    /// Gives a node a certificate and enters it in the list.
    func issue(
        _ asked: CertificateRequest, to holder: CertifiedNode, _ db: Database
    ) throws -> Certificate {
        let certificate = authority.certify(
            asked, as: holder, at: world.now(), forMilliseconds: Self.nodeValidity,
            randomBytes: world.randomBytes)
        guard let certificate else { throw ExchangeError.internalError }
        try db.enter(certificate, of: holder)
        return certificate
    }

    /// The authority in the database, whose key is in the ring; made where there is none yet.
    static func authority(
        _ db: Database, _ ring: KeyRing, _ world: World, _ path: String
    ) throws -> Authority {
        guard let key = ring[authorityKey].flatMap(PrivateKey.init) else {
            throw StoreError.keys(.notAuthentic, path)
        }
        guard let kept = try Blob.fetchOne(db, prepared: "SELECT certificate FROM authority") else {
            let authority = Authority.make(
                of: key, at: world.now(), randomBytes: world.randomBytes)
            try db.execute(
                prepared: "INSERT INTO authority (id, certificate) VALUES (1, ?)",
                arguments: [Blob(authority.certificate.bytes)])
            return authority
        }
        guard let certificate = Certificate(bytes: kept.bytes) else {
            throw StoreError.damaged("authority.certificate")
        }
        guard let authority = Authority(certificate: certificate, key: key) else {
            throw StoreError.keys(.notAuthentic, path)
        }
        return authority
    }
}

extension Database {
    func enter(_ certificate: Certificate, of holder: CertifiedNode) throws {
        try execute(
            prepared: """
                INSERT INTO nodeCertificate (
                    fingerprint, outlet, nodeName, state, validFrom, validThrough)
                VALUES (?, ?, ?, 'issued', ?, ?)
                """,
            arguments: [
                Blob(certificate.fingerprint.bytes), holder.outlet, holder.name,
                certificate.validFrom, certificate.validThrough,
            ])
    }
}
