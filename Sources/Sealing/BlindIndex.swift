import CSodium

/// Turns identifiers into values that can be looked up but not read: equal texts of one kind have
/// equal indexes under one key.
///
/// Whoever holds the key can try every number: an identity number has some 10^11 values. So the
/// key is worth as much as the identifiers. The text's bytes are taken as they are; the caller
/// normalises.
package struct BlindIndex: Sendable {
    /// In bytes: among 10^9 texts the chance that any two meet is below 10^-20.
    package static let size = 16

    private let key: SecretKey

    package init(key: SecretKey) {
        _ = Sodium.ready
        self.key = key
    }

    /// BLAKE2b, keyed, over the kind behind its length and the text.
    package func index(_ kind: String, _ text: String) -> [UInt8] {
        var input: [UInt8] = []
        input.reserveCapacity(4 + kind.utf8.count + text.utf8.count)
        input.append(lengthPrefixed: kind)
        input.append(contentsOf: text.utf8)
        var index = [UInt8](repeating: 0, count: Self.size)
        crypto_generichash(
            &index, Self.size, input, UInt64(input.count), key.bytes, SecretKey.size)
        return index
    }
}
