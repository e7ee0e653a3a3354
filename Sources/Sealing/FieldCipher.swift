import CSodium

/// Seals the texts of a database's fields, each bound to its table, row and column, so that a
/// sealed text that was moved elsewhere no longer opens.
///
/// A sealed text is
///
///     1 byte    format, 1
///     24 bytes  nonce, from chance: with 24 bytes, one key may seal any number of texts
///     n bytes   the text's UTF-8, XChaCha20
///     16 bytes  authenticator, Poly1305 over the above and over the associated data: the format,
///               then table, row and column, each behind its length
///
/// The length of the text shows.
package struct FieldCipher: Sendable {
    private static let format: UInt8 = 1
    private static let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagSize = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    private let key: SecretKey

    package init(key: SecretKey) {
        _ = Sodium.ready
        self.key = key
    }

    package func seal(_ text: String, table: String, row: String, column: String) -> [UInt8] {
        var text = text
        return text.withUTF8 {
            seal(UnsafeRawBufferPointer($0), table: table, row: row, column: column)
        }
    }

    package func seal(
        _ plain: UnsafeRawBufferPointer, table: String, row: String, column: String
    ) -> [UInt8] {
        let place = Self.place(table, row, column)
        let head = 1 + Self.nonceSize
        let size = head + plain.count + Self.tagSize
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            buffer[0] = Self.format
            guard let start = buffer.baseAddress else { return }
            randombytes_buf(start + 1, Self.nonceSize)
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                start + head, nil, plain.baseAddress?.assumingMemoryBound(to: UInt8.self),
                UInt64(plain.count), place, UInt64(place.count), nil, start + 1, key.bytes)
            count = size
        }
    }

    /// The text; `notAuthentic` where the key, the place or one bit of the sealed bytes is not that
    /// of `seal`.
    package func open(
        _ sealed: [UInt8], table: String, row: String, column: String
    ) throws(SealingError) -> String {
        let plain = try openBytes(sealed, table: table, row: row, column: column)
        guard let text = String(validating: plain, as: UTF8.self) else { throw .notAuthentic }
        return text
    }

    /// The same for what need not be a text.
    package func openBytes(
        _ sealed: [UInt8], table: String, row: String, column: String
    ) throws(SealingError) -> [UInt8] {
        let head = 1 + Self.nonceSize
        guard sealed.count >= head + Self.tagSize, sealed[0] == Self.format
        else { throw .notAuthentic }
        let place = Self.place(table, row, column)
        var plain = [UInt8](repeating: 0, count: sealed.count - head - Self.tagSize)
        let status = sealed.withUnsafeBufferPointer { buffer -> Int32 in
            guard let start = buffer.baseAddress else { return -1 }
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                &plain, nil, nil, start + head, UInt64(sealed.count - head), place,
                UInt64(place.count), start + 1, key.bytes)
        }
        guard status == 0 else { throw .notAuthentic }
        return plain
    }

    private static func place(_ table: String, _ row: String, _ column: String) -> [UInt8] {
        var place = [format]
        place.append(lengthPrefixed: table)
        place.append(lengthPrefixed: row)
        place.append(lengthPrefixed: column)
        return place
    }
}
