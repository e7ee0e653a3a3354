/// Whom a line takes for the other side, and who it says it is. Certificates and keys are PEM, in
/// memory alone.
package enum LineTrust: Sendable {
    /// Whomever the system trusts.
    case system
    /// The one authority whose certificates are taken, and the identity shown to its servers.
    case authority([UInt8], identity: LineIdentity?)
    /// Whoever answers. Only for what is checked in another way, such as a certificate against the
    /// fingerprint that somebody carried here.
    case anybody
}

/// A certificate and its key; the key never shows itself.
package struct LineIdentity: Sendable {
    let certificate: [UInt8]
    let key: [UInt8]

    package init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }
}

extension LineIdentity: CustomStringConvertible, CustomReflectable {
    package var description: String { "LineIdentity(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
