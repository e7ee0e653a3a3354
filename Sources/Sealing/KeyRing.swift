import FoundationEssentials

/// The keys of a node or of head office, kept in a file that only the credential opens.
///
///     {"format":1,"keys":{"data":"<hex>","index":"<hex>"}}
///
/// Each key is sealed by itself (`FieldCipher` under the credential, bound to the key's name);
/// names are in order. A backup carries neither the file nor the credential.
package struct KeyRing: Sendable {
    private static let dataName = "data"
    private static let indexName = "index"

    /// Seals the fields.
    package let data: SecretKey
    /// Makes the blind indexes.
    package let index: SecretKey
    /// Every key by its name, `data` and `index` among them.
    package let keys: [String: SecretKey]

    /// A ring of these two and whatever else the program keeps; of two keys of one name, the
    /// first two stay.
    package init(data: SecretKey, index: SecretKey, further: [String: SecretKey] = [:]) {
        self.data = data
        self.index = index
        keys = further.merging([Self.dataName: data, Self.indexName: index]) { _, own in own }
    }

    /// Nil where `data` or `index` is missing.
    package init?(keys: [String: SecretKey]) {
        guard let data = keys[Self.dataName], let index = keys[Self.indexName] else { return nil }
        self.init(data: data, index: index, further: keys)
    }

    package subscript(name: String) -> SecretKey? { keys[name] }

    /// `notAuthentic` for a wrong credential, a damaged file and a file of another format alike.
    package static func read(
        path: String, unwrappedBy credential: Credential
    ) throws(SealingError) -> KeyRing {
        guard let sheet = Sheet(try PrivateFile.read(path)) else { throw .notAuthentic }
        let wrapping = FieldCipher(key: credential.key)
        var keys: [String: SecretKey] = [:]
        for (name, wrapped) in sheet.keys {
            guard let sealed = bytes(hexadecimal: wrapped) else { throw .notAuthentic }
            let text = try wrapping.open(sealed, table: "keys", row: name, column: "key")
            guard let key = bytes(hexadecimal: text).flatMap(SecretKey.init(bytes:))
            else { throw .notAuthentic }
            keys[name] = key
        }
        guard let ring = KeyRing(keys: keys) else { throw .notAuthentic }
        return ring
    }

    /// Whether the file is one of keys, whoever opens them.
    package static func isReadable(path: String) -> Bool {
        (try? PrivateFile.read(path)).flatMap { Sheet($0) } != nil
    }

    /// Replaces the file as a whole; also how a ring changes its credential.
    package func write(to path: String, wrappedBy credential: Credential) throws(SealingError) {
        let wrapping = FieldCipher(key: credential.key)
        var wrapped: [String: String] = [:]
        for (name, key) in keys {
            wrapped[name] = hexadecimal(
                wrapping.seal(hexadecimal(key.bytes), table: "keys", row: name, column: "key"))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let text = try? encoder.encode(Sheet(format: Sheet.format, keys: wrapped)) else {
            preconditionFailure("a number and texts can be written as JSON")
        }
        try PrivateFile.write(Array(text), to: path, existing: .replaced)
    }

    private struct Sheet: Codable {
        static let format = 1

        let format: Int
        let keys: [String: String]

        init(format: Int, keys: [String: String]) {
            self.format = format
            self.keys = keys
        }

        init?(_ contents: PrivateFile.Contents) {
            // The decoder's error may quote the file; all that matters is that it is no key file.
            guard let sheet = try? JSONDecoder().decode(Self.self, from: Data(contents.bytes)),
                sheet.format == Self.format
            else { return nil }
            self = sheet
        }
    }
}
