import CCertificates
import Sealing

/// Head office's certificate authority: its certificate with the key that signs the others.
///
/// One level: it issues what nodes and head office's server show, and no further authority.
package struct Authority: Sendable {
    /// Twenty years: longer than a machine lives, and the certificates under it are short.
    private static let validity = 20 * 365 * day
    /// A node's clock may be so much behind head office's before head office's certificate is none
    /// to it yet.
    private static let clockAllowance = day
    private static let day: Int64 = 24 * 60 * 60 * 1000

    package let certificate: Certificate
    private let key: PrivateKey

    /// Nil where the key is not the certificate's.
    package init?(certificate: Certificate, key: PrivateKey) {
        guard certificate.has(key) else { return nil }
        self.certificate = certificate
        self.key = key
    }

    /// A new authority of this key.
    package static func make(
        of key: PrivateKey, at now: Int64, randomBytes: (Int) -> [UInt8]
    ) -> Authority {
        // The name tells the authorities of two head offices apart where both are installed.
        let name = "BranchNode authority \(hexadecimal(randomBytes(4)))"
        let content = Content(
            CCERT_FOR_AUTHORITY, name: name, alternatives: [], from: now - clockAllowance,
            through: now + validity, serial: randomBytes(Content.serialSize))
        let bytes = content.pass { content in
            taken { ccert_make_authority(key.secret.bytes, content, $0) }
        }
        guard let certificate = bytes.flatMap(Certificate.init(bytes:)),
            let authority = Authority(certificate: certificate, key: key)
        else { preconditionFailure("an authority signs itself") }
        return authority
    }

    /// What a node shows; nil for dates that no certificate can bear.
    package func certify(
        _ request: CertificateRequest, as node: CertifiedNode, at now: Int64,
        forMilliseconds validity: Int64, randomBytes: (Int) -> [UInt8]
    ) -> Certificate? {
        issue(
            request,
            Content(
                CCERT_FOR_CLIENT, name: node.outlet, alternatives: ["URI:\(node.urn)"], from: now,
                through: now + validity, serial: randomBytes(Content.serialSize)))
    }

    /// What head office's server shows under these names; nil where one of them is none.
    package func certify(
        _ request: CertificateRequest, asServerAt hosts: [String], at now: Int64,
        forMilliseconds validity: Int64, randomBytes: (Int) -> [UInt8]
    ) -> Certificate? {
        guard !hosts.isEmpty, hosts.allSatisfy(Self.isHost) else { return nil }
        return issue(
            request,
            Content(
                CCERT_FOR_SERVER, name: "BranchNode head office",
                alternatives: hosts.map { (Self.isAddress($0) ? "IP:" : "DNS:") + $0 },
                from: now - Self.clockAllowance, through: now + validity,
                serial: randomBytes(Content.serialSize)))
    }

    private func issue(_ request: CertificateRequest, _ content: Content) -> Certificate? {
        let authority = certificate.bytes
        let bytes = content.pass { content in
            taken {
                ccert_issue(
                    authority, authority.count, key.secret.bytes, request.bytes,
                    request.bytes.count, content, $0)
            }
        }
        return bytes.flatMap(Certificate.init(bytes:))
    }

    /// A name or an address: nothing that could be read as more than one.
    private static func isHost(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }

    private static func isAddress(_ host: String) -> Bool {
        host.contains(":") || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0 <= 57 }
    }
}

/// What is written into a certificate, in Swift's types.
private struct Content {
    static let serialSize = Int(CCERT_SERIAL_SIZE)

    let use: ccert_use
    let name: String
    let alternatives: [String]
    let from: Int64
    let through: Int64
    let serial: [UInt8]

    init(
        _ use: ccert_use, name: String, alternatives: [String], from: Int64, through: Int64,
        serial: [UInt8]
    ) {
        self.use = use
        self.name = name
        self.alternatives = alternatives
        self.from = from
        self.through = through
        self.serial = serial
    }

    func pass<Value>(_ body: (UnsafePointer<ccert_content>) -> Value) -> Value {
        name.withCString { name in
            alternatives.joined(separator: "\n").withCString { alternatives in
                var content = ccert_content()
                content.use = use
                content.common_name = name
                content.alternative_names = alternatives
                content.valid_from = from / 1000
                content.valid_through = through / 1000
                withUnsafeMutableBytes(of: &content.serial) {
                    $0.copyBytes(from: serial)
                    // Positive and never zero, in sixteen bytes (RFC 5280, 4.1.2.2).
                    $0[0] = $0[0] & 0x7F | 0x40
                }
                return body(&content)
            }
        }
    }
}
