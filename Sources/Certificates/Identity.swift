package import Sealing

/// Who a node is on the line: its key, the certificate for it, and the one authority it trusts.
package struct Identity: Sendable, Equatable {
    package let authority: Certificate
    package let certificate: Certificate
    package let key: PrivateKey

    /// Nil unless the authority issued the certificate, for this key.
    package init?(authority: Certificate, certificate: Certificate, key: PrivateKey) {
        guard certificate.has(key), certificate.isIssued(by: authority, for: .client) else {
            return nil
        }
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }
}

/// What a server shows, with the key for it; kept in memory alone.
package struct ServerIdentity: Sendable {
    package let certificate: Certificate
    package let key: PrivateKey

    package init(certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
    }
}

/// What an operator carries to a node: a secret to be shown once, and by which authority head
/// office will be known at the first contact.
///
///     <64 hexadecimal digits>.<64 hexadecimal digits>
package struct EnrolmentToken: Hashable, Sendable {
    package let secret: String
    package let authority: Digest

    package init(secret: String, authority: Digest) {
        self.secret = secret
        self.authority = authority
    }

    /// Nil unless it is a whole token: one cut short in copying must not be shown to anybody.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let secret = Digest(hex: String(parts[0])),
            let authority = Digest(hex: String(parts[1]))
        else { return nil }
        self.init(secret: secret.hex, authority: authority)
    }

    package var text: String { "\(secret).\(authority.hex)" }
}
