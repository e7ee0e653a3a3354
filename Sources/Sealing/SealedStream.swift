import CSodium

/// Seals a stream of any length piece by piece, so that no piece can be changed, left out, moved
/// or taken for the last one (libsodium's secretstream: XChaCha20-Poly1305).
package struct StreamSealer {
    /// What opening needs beside the key; it may lie in clear.
    package let header: [UInt8]
    private var state = crypto_secretstream_xchacha20poly1305_state()

    package init(key: SecretKey) {
        _ = Sodium.ready
        var header = [UInt8](repeating: 0, count: StreamOpener.headerSize)
        crypto_secretstream_xchacha20poly1305_init_push(&state, &header, key.bytes)
        self.header = header
    }

    /// - Parameter place: bytes that are not sealed and have to be the same at opening.
    package mutating func seal(
        _ piece: [UInt8], boundTo place: [UInt8] = [], isLast: Bool = false
    ) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: piece.count + StreamOpener.overhead)
        let tag =
            isLast
            ? crypto_secretstream_xchacha20poly1305_tag_final()
            : crypto_secretstream_xchacha20poly1305_tag_message()
        crypto_secretstream_xchacha20poly1305_push(
            &state, &sealed, nil, piece, UInt64(piece.count), place, UInt64(place.count), tag)
        return sealed
    }
}

/// Opens what `StreamSealer` sealed, in the same order.
package struct StreamOpener {
    package static let headerSize = crypto_secretstream_xchacha20poly1305_headerbytes()
    /// By so much a sealed piece is longer than the piece.
    package static let overhead = crypto_secretstream_xchacha20poly1305_abytes()

    private var state = crypto_secretstream_xchacha20poly1305_state()

    /// Nil where the header cannot be one.
    package init?(key: SecretKey, header: [UInt8]) {
        _ = Sodium.ready
        guard header.count == Self.headerSize,
            crypto_secretstream_xchacha20poly1305_init_pull(&state, header, key.bytes) == 0
        else { return nil }
    }

    /// The piece, and whether it is the last; `notAuthentic` where key, order, place or one bit is
    /// not that of sealing.
    package mutating func open(
        _ sealed: [UInt8], boundTo place: [UInt8] = []
    ) throws(SealingError) -> (piece: [UInt8], isLast: Bool) {
        guard sealed.count >= Self.overhead else { throw .notAuthentic }
        var piece = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
        var tag: UInt8 = 0
        let status = crypto_secretstream_xchacha20poly1305_pull(
            &state, &piece, nil, &tag, sealed, UInt64(sealed.count), place, UInt64(place.count))
        guard status == 0 else { throw .notAuthentic }
        return (piece, tag == crypto_secretstream_xchacha20poly1305_tag_final())
    }
}

extension SecretKey {
    /// A key of its own for one purpose: whoever has it learns nothing of this one.
    package func derived(for purpose: String) -> SecretKey {
        _ = Sodium.ready
        let text = Array("branchnode.\(purpose)".utf8)
        var derived = [UInt8](repeating: 0, count: Self.size)
        crypto_generichash(
            &derived, Self.size, text, UInt64(text.count), bytes, Self.size)
        guard let key = SecretKey(bytes: derived) else {
            preconditionFailure("a hash has as many bytes as were asked for")
        }
        return key
    }

    /// Tells keys apart without showing them.
    package var name: String {
        hexadecimal(Array(derived(for: "name").bytes.prefix(8)))
    }
}
