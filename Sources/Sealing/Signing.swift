import CSodium

/// The secret half of an Ed25519 pair; like `SecretKey`, it never shows itself.
package struct SigningKey: Sendable {
    package static let seedSize = 32

    /// The 32 bytes from which the pair is made again.
    package let seed: [UInt8]
    package let verificationKey: VerificationKey
    private let secret: [UInt8]

    package static func make() -> SigningKey {
        SigningKey(unchecked: randomBytes(seedSize))
    }

    /// Nil unless there are 32 bytes.
    package init?(seed: [UInt8]) {
        guard seed.count == Self.seedSize else { return nil }
        self.init(unchecked: seed)
    }

    private init(unchecked seed: [UInt8]) {
        _ = Sodium.ready
        var verification = [UInt8](repeating: 0, count: VerificationKey.size)
        var secret = [UInt8](repeating: 0, count: Int(crypto_sign_SECRETKEYBYTES))
        crypto_sign_seed_keypair(&verification, &secret, seed)
        self.seed = seed
        self.secret = secret
        verificationKey = VerificationKey(unchecked: verification)
    }

    /// 64 bytes, the same each time for the same key and bytes.
    package func sign(_ bytes: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: VerificationKey.signatureSize)
        crypto_sign_detached(&signature, nil, bytes, UInt64(bytes.count), secret)
        return signature
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "SigningKey(…)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The public half: tells whether the pair's other half signed.
package struct VerificationKey: Hashable, Sendable {
    package static let size = 32
    package static let signatureSize = 64

    package let bytes: [UInt8]

    package var hex: String { hexadecimal(bytes) }

    /// Nil unless the text is 64 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Sealing.bytes(hexadecimal: hex), bytes.count == Self.size
        else { return nil }
        self.init(unchecked: bytes)
    }

    fileprivate init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// False also for what is no signature, or where the key is no point of the curve.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        _ = Sodium.ready
        return signature.count == Self.signatureSize
            && crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }
}
