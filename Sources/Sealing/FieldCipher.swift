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
        let plain = Array(text.utf8)
        let place = Self.place(table, row, column)
        let nonce = randomBytes(Self.nonceSize)
        var sealed = [UInt8](repeating: 0, count: plain.count + Self.tagSize)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, plain, UInt64(plain.count), place, UInt64(place.count), nil, nonce,
            key.bytes)
        return [Self.format] + nonce + sealed
    }

    /// The text; `notAuthentic` where the key, the place or one bit of the sealed bytes is not that
    /// of `seal`.
    package func open(
        _ sealed: [UInt8], table: String, row: String, column: String
    ) throws(SealingError) -> String {
        let head = 1 + Self.nonceSize
        guard sealed.count >= head + Self.tagSize, sealed[0] == Self.format
        else { throw .notAuthentic }
        let nonce = Array(sealed[1..<head])
        let body = Array(sealed[head...])
        let place = Self.place(table, row, column)
        var plain = [UInt8](repeating: 0, count: body.count - Self.tagSize)
        let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plain, nil, nil, body, UInt64(body.count), place, UInt64(place.count), nonce,
            key.bytes)
        guard status == 0, let text = String(validating: plain, as: UTF8.self)
        else { throw .notAuthentic }
        return text
    }

    private static func place(_ table: String, _ row: String, _ column: String) -> [UInt8] {
        var place = [format]
        place.append(lengthPrefixed: table)
        place.append(lengthPrefixed: row)
        place.append(lengthPrefixed: column)
        return place
    }
}
