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
    fileprivate static let format: UInt8 = 1
    fileprivate static let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    fileprivate static let tagSize = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    fileprivate let key: SecretKey

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
        let size = Self.sealedSize(of: plain.count)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            randombytes_buf(start + 1, Self.nonceSize)
            seal(plain, into: start, place: place)
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
        try sealed.withUnsafeBufferPointer { buffer throws(SealingError) in
            let sealed = UnsafeRawBufferPointer(buffer)
            guard let size = Self.plainSize(of: sealed) else { throw .notAuthentic }
            let place = Self.place(table, row, column)
            var plain = [UInt8](repeating: 0, count: size)
            try open(sealed, into: &plain, place: place)
            return plain
        }
    }

    fileprivate static func place(_ table: String, _ row: String, _ column: String) -> [UInt8] {
        var place = [format]
        place.append(lengthPrefixed: table)
        place.append(lengthPrefixed: row)
        place.append(lengthPrefixed: column)
        return place
    }
}

/// The associated data of one column's fields, row after row, in memory of its own: the same bytes
/// as `FieldCipher.place` makes.
private struct ColumnPlace {
    private(set) var bytes: [UInt8] = []
    /// What stands before and behind the row.
    private let before: [UInt8]
    private let behind: [UInt8]
    /// What every row's name begins with.
    private let prefix: [UInt8]

    init(table: String, rowPrefix prefix: String, column: String) {
        before = FieldCipher.placeBeforeRow(table)
        var behind: [UInt8] = []
        behind.append(lengthPrefixed: column)
        self.behind = behind
        self.prefix = Array(prefix.utf8)
    }

    mutating func move(to key: UnsafeRawBufferPointer) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: before)
        withUnsafeBytes(of: UInt32(prefix.count + key.count).bigEndian) {
            bytes.append(contentsOf: $0)
        }
        bytes.append(contentsOf: prefix)
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: behind)
    }
}

/// Room for one field that grows with the longest.
private struct FieldRoom: ~Copyable {
    private var room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1024)

    deinit { room.deallocate() }

    mutating func start(for size: Int) -> UnsafeMutablePointer<UInt8> {
        if room.count < size {
            room.deallocate()
            room = .allocate(capacity: size * 2)
        }
        guard let start = room.baseAddress else { preconditionFailure("there is always room") }
        return start
    }
}

/// Seals one column's texts, row after row, in memory of its own: the same bytes as
/// `FieldCipher.seal` makes, without an array for each. Whoever makes it is the only one to use it.
package final class FieldSealer {
    private static let noncesAtOnce = 64
    private static let noncesSize = noncesAtOnce * FieldCipher.nonceSize

    private let cipher: FieldCipher
    private var place: ColumnPlace
    private var room = FieldRoom()
    /// From chance, many at a time: each call asks the kernel.
    private let nonces = UnsafeMutablePointer<UInt8>.allocate(capacity: noncesSize)
    private var used = noncesAtOnce

    /// `prefix` is what stands before the key in the names of all rows.
    package init(_ cipher: FieldCipher, table: String, rowPrefix prefix: String, column: String) {
        self.cipher = cipher
        place = ColumnPlace(table: table, rowPrefix: prefix, column: column)
    }

    deinit { nonces.deallocate() }

    /// The sealed bytes live until the next call.
    package func seal(
        _ plain: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        place.move(to: key)
        let size = FieldCipher.sealedSize(of: plain.count)
        let start = room.start(for: size)
        if used == Self.noncesAtOnce {
            randombytes_buf(nonces, Self.noncesSize)
            used = 0
        }
        (start + 1).update(
            from: nonces + used * FieldCipher.nonceSize, count: FieldCipher.nonceSize)
        used += 1
        cipher.seal(plain, into: start, place: place.bytes)
        return UnsafeRawBufferPointer(start: start, count: size)
    }
}

/// Opens one column's texts, row after row, likewise.
package final class FieldOpener {
    private let cipher: FieldCipher
    private var place: ColumnPlace
    private var room = FieldRoom()

    /// `prefix` is what stands before the key in the names of all rows.
    package init(_ cipher: FieldCipher, table: String, rowPrefix prefix: String, column: String) {
        self.cipher = cipher
        place = ColumnPlace(table: table, rowPrefix: prefix, column: column)
    }

    /// As `FieldCipher.openBytes`; what is opened lives until the next call.
    package func open(
        _ sealed: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
    ) throws(SealingError) -> UnsafeRawBufferPointer {
        guard let size = FieldCipher.plainSize(of: sealed) else { throw .notAuthentic }
        place.move(to: key)
        let start = room.start(for: size)
        try cipher.open(sealed, into: start, place: place.bytes)
        return UnsafeRawBufferPointer(start: start, count: size)
    }
}

extension FieldCipher {
    fileprivate static func placeBeforeRow(_ table: String) -> [UInt8] {
        var place = [format]
        place.append(lengthPrefixed: table)
        return place
    }

    fileprivate static func sealedSize(of plain: Int) -> Int { 1 + nonceSize + plain + tagSize }

    /// Nil for what `seal` has not made.
    fileprivate static func plainSize(of sealed: UnsafeRawBufferPointer) -> Int? {
        let size = sealed.count - 1 - nonceSize - tagSize
        return size >= 0 && sealed.first == format ? size : nil
    }

    fileprivate func open(
        _ sealed: UnsafeRawBufferPointer, into plain: UnsafeMutablePointer<UInt8>, place: [UInt8]
    ) throws(SealingError) {
        let head = 1 + Self.nonceSize
        guard let start = sealed.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            throw .notAuthentic
        }
        let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, nil, nil, start + head, UInt64(sealed.count - head), place,
            UInt64(place.count), start + 1, key.bytes)
        guard status == 0 else { throw .notAuthentic }
    }

    /// Seals with the nonce that stands in its place already.
    fileprivate func seal(
        _ plain: UnsafeRawBufferPointer, into start: UnsafeMutablePointer<UInt8>, place: [UInt8]
    ) {
        start[0] = Self.format
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            start + 1 + Self.nonceSize, nil,
            plain.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(plain.count), place,
            UInt64(place.count), nil, start + 1, key.bytes)
    }
}
