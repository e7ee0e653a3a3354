/// Why a secret stays shut. No case carries a secret or what was sealed.
package enum SealingError: Error, Equatable, Sendable {
    /// A wrong key, or bytes that were changed since they were sealed.
    case notAuthentic
    case credentialMissing(String)
    /// The credential's file admits the group or everybody; `chmod 600` and a new credential help.
    case credentialReadableByOthers(String)
    case credentialMalformed(String)
    case fileFailed(String, operation: String, errno: Int32)
    /// There is no room for a password's hash (`Password.memory`).
    case outOfMemory
}
