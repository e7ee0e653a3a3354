import CSodium

/// Bytes from the kernel's generator, fit for keys, tokens and salts.
package func randomBytes(_ count: Int) -> [UInt8] {
    _ = Sodium.ready
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
}

/// Whether two secrets are equal, in a time that depends on their length alone.
package func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && sodium_memcmp(a, b, a.count) == 0
}

/// Two lower-case digits a byte, in a time that depends on the length alone.
package func hexadecimal(_ bytes: [UInt8]) -> String {
    // One more for the zero that libsodium puts at the end.
    var digits = [CChar](repeating: 0, count: bytes.count * 2 + 1)
    sodium_bin2hex(&digits, digits.count, bytes, bytes.count)
    return String(decoding: digits.dropLast().map { UInt8($0) }, as: UTF8.self)
}

/// Nil unless the text is an even number of hexadecimal digits, of either case.
package func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.map { CChar(truncatingIfNeeded: $0) }
    var bytes = [UInt8](repeating: 0, count: digits.count / 2)
    let isRead =
        sodium_hex2bin(&bytes, bytes.count, digits, digits.count, nil, nil, nil) == 0
    return isRead ? bytes : nil
}

extension [UInt8] {
    /// Adds a text behind its length (four bytes, big end first), so that texts put one after the
    /// other cannot be split in another way: ("ab", "c") is not ("a", "bc").
    mutating func append(lengthPrefixed text: String) {
        let length = UInt32(text.utf8.count)
        Swift.withUnsafeBytes(of: length.bigEndian) { append(contentsOf: $0) }
        append(contentsOf: text.utf8)
    }
}
