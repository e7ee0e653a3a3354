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

    package func index(_ kind: String, _ text: String) -> [UInt8] {
        withIndex(kind, text) { Array($0) }
    }

    /// BLAKE2b, keyed, over the kind behind its length and the text. The bytes live as long as
    /// `body` runs.
    package func withIndex<Value>(
        _ kind: String, _ text: String, _ body: (UnsafeRawBufferPointer) throws -> Value
    ) rethrows -> Value {
        let (kindSize, textSize) = (kind.utf8.count, text.utf8.count)
        let size = 4 + kindSize + textSize
        return try withUnsafeTemporaryAllocation(byteCount: size + Self.size, alignment: 4) {
            room in
            room.storeBytes(of: UInt32(kindSize).bigEndian, as: UInt32.self)
            room.copy(kind, at: 4)
            room.copy(text, at: 4 + kindSize)
            guard let start = room.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
                preconditionFailure("there is always room")
            }
            crypto_generichash(
                start + size, Self.size, start, UInt64(size), key.bytes, SecretKey.size)
            return try body(UnsafeRawBufferPointer(start: start + size, count: Self.size))
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func copy(_ text: String, at offset: Int) {
        var text = text
        text.withUTF8 { bytes in
            UnsafeMutableRawBufferPointer(rebasing: self[offset...])
                .copyMemory(from: UnsafeRawBufferPointer(bytes))
        }
    }
}
