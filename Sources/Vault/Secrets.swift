import Glibc
package import Sealing

/// What a database needs to read and find direct identifiers.
package struct Secrets: Sendable {
    package let cipher: FieldCipher
    package let blind: BlindIndex
    /// Seals backups; made from the data key, so that it is kept nowhere by itself.
    package let backupKey: SecretKey

    package init(_ ring: KeyRing) {
        backupKey = ring.data.derived(for: "backup")
        cipher = FieldCipher(key: ring.data)
        blind = BlindIndex(key: ring.index)
    }

    /// The ring of a directory, opened by the credential file.
    package static func ring(
        _ directory: DataDirectory, _ credential: String
    ) throws(StoreError) -> KeyRing {
        let opened: Credential
        do {
            opened = try Credential.read(path: credential)
        } catch {
            throw StoreError(error, path: credential)
        }
        do {
            return try KeyRing.read(path: directory.keys, unwrappedBy: opened)
        } catch .fileFailed(_, _, ENOENT) {
            throw .keyRingMissing(directory.keys)
        } catch .notAuthentic where !KeyRing.isReadable(path: directory.keys) {
            throw .keyRingDamaged(directory.keys)
        } catch {
            throw StoreError(error, path: directory.keys)
        }
    }

    /// The credential of the file, which is made where there is none.
    package static func credential(_ path: String) throws(SealingError) -> Credential {
        DataDirectory.exists(path)
            ? try Credential.read(path: path) : try Credential.create(path: path)
    }

    package func seal(_ text: String?, _ table: String, _ row: String, _ column: String) -> Blob? {
        text.map { Blob(cipher.seal($0, table: table, row: row, column: column)) }
    }

    package func open(
        _ sealed: Blob?, _ table: String, _ row: String, _ column: String
    ) throws(StoreError) -> String? {
        guard let sealed else { return nil }
        do {
            return try cipher.open(sealed.bytes, table: table, row: row, column: column)
        } catch {
            throw .damaged("\(table).\(column)")
        }
    }

    package func seal(
        bytes: [UInt8], _ table: String, _ row: String, _ column: String
    ) -> Blob {
        bytes.withUnsafeBytes {
            Blob(cipher.seal($0, table: table, row: row, column: column))
        }
    }

    package func openBytes(
        _ sealed: Blob, _ table: String, _ row: String, _ column: String
    ) throws(StoreError) -> [UInt8] {
        do {
            return try cipher.openBytes(sealed.bytes, table: table, row: row, column: column)
        } catch {
            throw .damaged("\(table).\(column)")
        }
    }

    package func index(_ kind: String, _ text: String?) -> Blob? {
        text.map { Blob(blind.index(kind, $0)) }
    }
}
