import CCertificates
package import Sealing

/// The secret half of an EC P-256 pair: 32 bytes, so that it fits wherever a `SecretKey` does and is
/// sealed like one. It never shows itself.
package struct PrivateKey: Sendable, Equatable {
    package let secret: SecretKey

    /// Nil for the few numbers that the curve has no point for.
    package init?(_ secret: SecretKey) {
        guard ccert_is_key(secret.bytes) == 1 else { return nil }
        self.secret = secret
    }

    /// A new key of the given chance.
    package static func make(_ randomBytes: (Int) -> [UInt8]) -> PrivateKey {
        while true {
            // One number in four thousand million is not of the curve.
            guard let secret = SecretKey(bytes: randomBytes(SecretKey.size)) else {
                preconditionFailure("chance gives as many bytes as asked for")
            }
            if let key = PrivateKey(secret) { return key }
        }
    }

    /// In clear, as a TLS library wants it; never written to a file.
    package var pem: [UInt8] {
        guard let pem = taken({ ccert_key_pem(secret.bytes, $0) }) else {
            preconditionFailure("a key of the curve can be written down")
        }
        return pem
    }
}

/// A wish for a certificate (PKCS #10), signed by the key that it is for.
package struct CertificateRequest: Hashable, Sendable {
    /// DER.
    package let bytes: [UInt8]

    /// Nil unless it is a request for a P-256 key, signed by that key.
    package init?(bytes: [UInt8]) {
        guard ccert_is_request(bytes, bytes.count) == 1 else { return nil }
        self.bytes = bytes
    }

    package init(for key: PrivateKey) {
        guard let bytes = taken({ ccert_make_request(key.secret.bytes, $0) }) else {
            preconditionFailure("a key of the curve can ask for a certificate")
        }
        self.bytes = bytes
    }
}
