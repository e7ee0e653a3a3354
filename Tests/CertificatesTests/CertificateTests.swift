import Certificates
import Sealing
import Testing

struct CertificateTests {
    private let cast: CertificateCast

    init() throws {
        cast = try CertificateCast()
    }

    @Test func `a certificate names the node, its outlet and its first-tier branch`() throws {
        let certificate = try cast.certificate()

        #expect(certificate.node == cast.holder)
        #expect(certificate.has(cast.key))
        #expect(!certificate.has(.make(randomBytes)))
        #expect(try #require(Certificate(bytes: certificate.bytes)) == certificate)
    }

    @Test func `it is its authority's and nobody else's, for its use alone`() throws {
        let certificate = try cast.certificate()
        let server = try #require(cast.server(["127.0.0.1", "localhost", "::1", "a.example"]))

        #expect(certificate.isIssued(by: cast.authority.certificate, for: .client))
        #expect(!certificate.isIssued(by: cast.authority.certificate, for: .server))
        #expect(!certificate.isIssued(by: cast.foreign.certificate, for: .client))
        #expect(server.isIssued(by: cast.authority.certificate, for: .server))
        #expect(!server.isIssued(by: cast.authority.certificate, for: .client))
        #expect(server.node == nil)
    }

    @Test func `an authority that calls itself the same is another`() throws {
        // The same chance makes the same name and serial number; only the key differs.
        let same: (Int) -> [UInt8] = { Array(repeating: 7, count: $0) }
        let one = Authority.make(of: .make(randomBytes), at: CertificateCast.now, randomBytes: same)
        let other = Authority.make(
            of: .make(randomBytes), at: CertificateCast.now, randomBytes: same)
        let certificate = try cast.certificate(by: one)

        #expect(certificate.isIssued(by: one.certificate, for: .client))
        #expect(!certificate.isIssued(by: other.certificate, for: .client))
    }

    @Test func `nobody becomes an authority by having a certificate`() throws {
        let certificate = try cast.certificate()
        let climber = try #require(Authority(certificate: certificate, key: cast.key))
        let made = try cast.certificate(by: climber)

        #expect(!made.isIssued(by: cast.authority.certificate, for: .client))
        #expect(!made.isIssued(by: certificate, for: .client))
    }

    @Test func `an authority without its key is none`() {
        #expect(Authority(certificate: cast.authority.certificate, key: cast.key) == nil)
    }

    @Test func `a certificate has its days, the last third of them to renew in`() throws {
        let certificate = try cast.certificate(days: 90)
        let (start, day) = (CertificateCast.now, CertificateCast.day)

        #expect(certificate.validFrom == start)
        #expect(certificate.validThrough == start + 90 * day)
        #expect(!certificate.isValid(at: start - 1))
        #expect(certificate.isValid(at: start))
        #expect(certificate.isValid(at: start + 90 * day - 1))
        #expect(!certificate.isValid(at: start + 90 * day))
        #expect(!certificate.isDue(at: start + 60 * day - 1))
        #expect(certificate.isDue(at: start + 60 * day))
    }

    @Test func `dates that no certificate can bear make none`() {
        for (now, validity) in [
            (Int64.max - CertificateCast.day, CertificateCast.day),
            (-10 * 365 * CertificateCast.day, CertificateCast.day),
        ] {
            let certificate = cast.authority.certify(
                CertificateRequest(for: cast.key), as: cast.holder, at: now,
                forMilliseconds: validity, randomBytes: { randomBytes($0) })
            #expect(certificate == nil)
        }
    }

    @Test(arguments: [
        "", "a b", "a,DNS:b", "a\nDNS:b.example", "*", "host_name", "300.1.1.1", "1:2:3",
        String(repeating: "a", count: 254),
    ])
    func `what is no host's name gets no certificate`(host: String) {
        #expect(cast.server([host]) == nil)
        #expect(cast.server(["localhost", host]) == nil)
    }

    @Test func `a certificate changed in one bit, cut or continued is not the authority's`() throws
    {
        let bytes = try cast.certificate().bytes

        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1 << UInt8(position % 8)
            let other = Certificate(bytes: changed)
            #expect(other?.isIssued(by: cast.authority.certificate, for: .client) != true)
        }
        for count in 0..<bytes.count {
            #expect(Certificate(bytes: Array(bytes.prefix(count))) == nil)
        }
        #expect(Certificate(bytes: bytes + [0]) == nil)
        #expect(Certificate(bytes: []) == nil)
    }

    @Test(arguments: [
        ("33", "330101", ""), ("", "330101", "n"), ("33", "33:0101", "n"), ("33", "330101", "n\n"),
        ("33", "330101", "网点"), ("33", "330101", String(repeating: "n", count: 65)),
    ])
    func `a node's name is letters, digits, hyphens and dots`(
        parts: (firstTier: String, outlet: String, name: String)
    ) {
        let node = CertifiedNode(
            firstTier: parts.firstTier, outlet: parts.outlet, name: parts.name)
        #expect(node == nil)
    }

    @Test func `PEM begins and ends as readers of it expect`() throws {
        let certificate = String(decoding: try cast.certificate().pem, as: UTF8.self)
        let key = String(decoding: cast.key.pem, as: UTF8.self)

        #expect(certificate.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        #expect(certificate.hasSuffix("-----END CERTIFICATE-----\n"))
        #expect(key.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    }
}
