import CSodium

/// A SHA-256 value: the name of the bytes it was made from. Ordered by its bytes.
package struct Digest: Hashable, Comparable, Sendable {
    package static let size = 32

    package let bytes: [UInt8]

    package var hex: String { hexadecimal(bytes) }

    /// Nil unless the text is 64 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Sealing.bytes(hexadecimal: hex), bytes.count == Self.size
        else { return nil }
        self.bytes = bytes
    }

    /// Nil unless there are as many bytes as a digest has.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    fileprivate init(of state: inout crypto_hash_sha256_state) {
        var bytes = [UInt8](repeating: 0, count: Self.size)
        crypto_hash_sha256_final(&state, &bytes)
        self.bytes = bytes
    }

    package static func sha256(_ bytes: [UInt8]) -> Digest {
        var stream = DigestStream()
        stream.update(bytes)
        return stream.finish()
    }

    /// Of the text's UTF-8 bytes: NFC and NFD of one name have two digests.
    package static func sha256(_ text: String) -> Digest {
        var text = text
        var stream = DigestStream()
        text.withUTF8 { stream.update(UnsafeRawBufferPointer($0)) }
        return stream.finish()
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Digest: CustomStringConvertible {
    package var description: String { hex }
}

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not 64 hexadecimal digits")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// SHA-256 over bytes that arrive in pieces; a copy goes on by itself.
package struct DigestStream: Sendable {
    private var state = crypto_hash_sha256_state()

    package init() {
        crypto_hash_sha256_init(&state)
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        crypto_hash_sha256_update(
            &state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }

    package mutating func update(_ bytes: [UInt8]) {
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
    }

    /// The digest of everything so far. The stream is then at its beginning again.
    package mutating func finish() -> Digest {
        let digest = Digest(of: &state)
        crypto_hash_sha256_init(&state)
        return digest
    }
}
