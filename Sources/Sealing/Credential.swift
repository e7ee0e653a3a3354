import Glibc

/// What a program is started with and what unwraps its keys: 32 secret bytes in a file of their
/// own, 64 hexadecimal digits and a line feed.
///
/// The file lies apart from the data directory (systemd's credentials, a TPM, removable media):
/// whoever takes the disk with both has the data.
package struct Credential: Sendable {
    let key: SecretKey

    /// Refuses a file that others than its owner may read, since they may have read it.
    package static func read(path: String) throws(SealingError) -> Credential {
        let contents: PrivateFile.Contents
        do {
            contents = try PrivateFile.read(path)
        } catch .fileFailed(_, _, ENOENT) {
            throw .credentialMissing(path)
        } catch .fileFailed(_, _, EINVAL), .fileFailed(_, _, EFBIG) {
            throw .credentialMalformed(path)
        }
        guard !contents.isReadableByOthers else { throw .credentialReadableByOthers(path) }
        var text = String(decoding: contents.bytes, as: UTF8.self)
        if text.last == "\n" { text.removeLast() }
        guard let bytes = bytes(hexadecimal: text),
            let key = SecretKey(bytes: bytes)
        else { throw .credentialMalformed(path) }
        return Credential(key: key)
    }

    /// A new credential in a new file; an existing file is left as it is and fails with `EEXIST`.
    package static func create(path: String) throws(SealingError) -> Credential {
        let key = SecretKey.random()
        try PrivateFile.write(
            Array((hexadecimal(key.bytes) + "\n").utf8), to: path, existing: .kept)
        return Credential(key: key)
    }
}
