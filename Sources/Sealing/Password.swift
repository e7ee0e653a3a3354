import CSodium
import Dispatch

/// Passwords as argon2id hashes, which carry their salt and parameters:
/// `$argon2id$v=19$m=47104,t=2,p=1$salt$hash`.
///
/// A password is the bytes it was typed as; whoever takes it in decides whether to normalise. Each
/// call takes about a tenth of a second and blocks its thread, and two run at a time, the others
/// wait: however many people log in, hashing holds at most twice `memory`. Concurrent log-ins are
/// limited before they come here.
package enum Password {
    /// Bytes an attempt needs: 46 MiB, the floor that OWASP gives for argon2id with one pass.
    package static let memory = 46 * 1024 * 1024
    /// Passes over the memory; the second doubles what each guess costs a thief.
    private static let passes: UInt64 = 2
    private static let turns = DispatchSemaphore(value: 2)

    /// The hash of a password that nobody knows, verified where the user is unknown, so that the
    /// answer takes as long as for a known one.
    package static let decoy =
        "$argon2id$v=19$m=47104,t=2,p=1$/D1/no1npNRuTagWkNTYsg"
        + "$egU11aaHZq0tP8/yuzEpQaWVYhYC5UNazdnSWc7Y5yA"

    /// A new hash under a new salt; `outOfMemory` where `memory` is not to be had.
    package static func hash(_ password: String) throws(SealingError) -> String {
        _ = Sodium.ready
        let password = characters(password)
        var hash = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        turns.wait()
        let status = crypto_pwhash_str_alg(
            &hash, password, UInt64(password.count), passes, memory,
            crypto_pwhash_ALG_ARGON2ID13)
        turns.signal()
        guard status == 0 else { throw .outOfMemory }
        return String(decoding: hash.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    }

    /// False also where the hash is not one, or its memory is not to be had.
    package static func verify(_ password: String, against hash: String) -> Bool {
        _ = Sodium.ready
        guard let hash = padded(hash) else { return false }
        let password = characters(password)
        turns.wait()
        defer { turns.signal() }
        return crypto_pwhash_str_verify(hash, password, UInt64(password.count)) == 0
    }

    /// Whether the hash was made with other parameters than today's; asked after a log-in, when
    /// the password is at hand.
    package static func needsRehash(_ hash: String) -> Bool {
        _ = Sodium.ready
        guard let hash = padded(hash) else { return true }
        return crypto_pwhash_str_needs_rehash(hash, passes, memory) != 0
    }

    private static func characters(_ text: String) -> [CChar] {
        text.utf8.map { CChar(bitPattern: $0) }
    }

    /// The hash in the room that libsodium reads, ended by zeros; nil where it is too long.
    private static func padded(_ hash: String) -> [CChar]? {
        let size = Int(crypto_pwhash_STRBYTES)
        let hash = characters(hash)
        guard hash.count < size else { return nil }
        return hash + [CChar](repeating: 0, count: size - hash.count)
    }
}
