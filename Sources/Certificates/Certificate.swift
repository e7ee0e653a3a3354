import CCertificates
package import Sealing

/// An X.509 certificate, known by the bytes it has; who issued it is asked for apart.
package struct Certificate: Hashable, Sendable {
    /// DER.
    package let bytes: [UInt8]
    /// Milliseconds since 1970-01-01 UTC, as everywhere.
    package let validFrom: Int64
    package let validThrough: Int64
    /// Nil where it is no node's.
    package let node: CertifiedNode?

    /// Nil unless the bytes are one certificate and nothing else.
    package init?(bytes: [UInt8]) {
        var facts = ccert_facts()
        guard ccert_read(bytes, bytes.count, &facts) == 1 else { return nil }
        self.bytes = bytes
        validFrom = facts.valid_from * 1000
        validThrough = facts.valid_through * 1000
        let uri = withUnsafeBytes(of: facts.uri) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        node = CertifiedNode(urn: uri)
    }

    /// What an allow-list and a token name it by.
    package var fingerprint: Digest { Digest.sha256(bytes) }

    package func isValid(at now: Int64) -> Bool { validFrom <= now && now < validThrough }

    /// Whether its last third has begun, in which it is renewed.
    package func isDue(at now: Int64) -> Bool {
        now >= validThrough - (validThrough - validFrom) / 3
    }

    package func has(_ key: PrivateKey) -> Bool {
        ccert_has_key(bytes, bytes.count, key.secret.bytes) == 1
    }

    /// Whether the request is for this certificate's key.
    package func has(keyOf request: CertificateRequest) -> Bool {
        ccert_has_key_of(bytes, bytes.count, request.bytes, request.bytes.count) == 1
    }

    /// What a certificate is good for beside its holder's name.
    package enum Use: Sendable {
        case server, client

        var number: ccert_use { self == .server ? CCERT_FOR_SERVER : CCERT_FOR_CLIENT }
    }

    /// Whether this authority signed it for the use. NB: its dates are not looked at.
    package func isIssued(by authority: Certificate, for use: Use) -> Bool {
        ccert_is_issued_by(
            authority.bytes, authority.bytes.count, bytes, bytes.count, use.number) == 1
    }

    package var pem: [UInt8] {
        guard let pem = taken({ ccert_certificate_pem(bytes, bytes.count, $0) }) else {
            preconditionFailure("what was read as a certificate can be written as one")
        }
        return pem
    }
}

/// Whom a node's certificate names: the outlet, its first-tier branch and the node's own name.
///
///     urn:branchnode:33:330101:9f2c4e…
package struct CertifiedNode: Hashable, Sendable {
    private static let prefix = "urn:branchnode:"
    /// Room for the three of them in a name of 255 bytes.
    private static let longest = 64

    package let firstTier: String
    package let outlet: String
    package let name: String

    /// Nil where a part is empty, long, or has more than letters, digits, hyphens and dots of ASCII.
    package init?(firstTier: String, outlet: String, name: String) {
        guard [firstTier, outlet, name].allSatisfy(Self.isPart) else { return nil }
        self.firstTier = firstTier
        self.outlet = outlet
        self.name = name
    }

    init?(urn: String) {
        guard urn.hasPrefix(Self.prefix) else { return nil }
        let parts = urn.dropFirst(Self.prefix.count).split(
            separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        self.init(
            firstTier: String(parts[0]), outlet: String(parts[1]), name: String(parts[2]))
    }

    var urn: String { "\(Self.prefix)\(firstTier):\(outlet):\(name)" }

    private static func isPart(_ text: String) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
