package import Certificates
package import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import Synchronization

/// HTTPS for browsers and nodes on one port: TLS 1.2 and later, with a certificate that is renewed
/// while the server runs.
///
/// A client is asked for a certificate and may show none, as browsers do. Whichever it shows is let
/// through the handshake, which proves that it holds the key; whether the certificate counts is for
/// the program to say, with its own code for each case, where a failed handshake could say nothing.
package struct SecureServer: Sendable {
    private let authority: Certificate
    private let shown: ShownIdentity

    /// - Parameters:
    ///   - authority: whose clients browsers and nodes are asked to be.
    ///   - now: milliseconds since 1970-01-01 UTC.
    ///   - identity: makes a new identity; called now and again whenever the last one is due.
    package init(
        authority: Certificate, now: @escaping @Sendable () -> Int64,
        identity: @escaping @Sendable () throws -> ServerIdentity
    ) throws {
        self.authority = authority
        shown = ShownIdentity(first: try identity(), now: now, identity)
    }

    /// Whether the server's own authority has made the certificate for a node, whatever became of
    /// it since.
    package func knows(_ certificate: [UInt8]) -> Bool {
        Certificate(bytes: certificate)?.isIssued(by: authority, for: .client) ?? false
    }

    /// The HTTP server inside TLS.
    package func wrapping(_ server: HTTPServerBuilder) throws -> HTTPServerBuilder {
        let (certificate, key) = try shown.current()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [certificate], privateKey: key)
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.certificateVerification = .optionalVerification
        // A browser that has certificates of others is not made to choose among those.
        configuration.trustRoots = .certificates([
            try NIOSSLCertificate(bytes: authority.bytes, format: .der)
        ])
        configuration.sendCANameList = true
        configuration.sslContextCallback = { [shown] _, promise in
            do {
                let (certificate, key) = try shown.current()
                var change = NIOSSLContextConfigurationOverride()
                change.certificateChain = [certificate]
                change.privateKey = key
                promise.succeed(change)
            } catch {
                promise.fail(error)
            }
        }
        return try .tls(
            server,
            configuration: TLSChannelConfiguration(
                tlsConfiguration: configuration,
                customVerificationCallback: { _, promise in
                    promise.succeed(.certificateVerified)
                }))
    }
}

/// What the server shows now; a class, since all its connections share it.
private final class ShownIdentity: Sendable {
    private let last: Mutex<ServerIdentity>
    private let now: @Sendable () -> Int64
    private let make: @Sendable () throws -> ServerIdentity

    init(
        first: ServerIdentity, now: @escaping @Sendable () -> Int64,
        _ make: @escaping @Sendable () throws -> ServerIdentity
    ) {
        last = Mutex(first)
        self.now = now
        self.make = make
    }

    func current() throws -> (NIOSSLCertificateSource, NIOSSLPrivateKeySource) {
        let identity = try last.withLock { identity in
            // Also where the clock was set back since.
            if identity.certificate.isDue(at: now()) || !identity.certificate.isValid(at: now()) {
                identity = try make()
            }
            return identity
        }
        return (
            .certificate(try NIOSSLCertificate(bytes: identity.certificate.bytes, format: .der)),
            .privateKey(try NIOSSLPrivateKey(bytes: identity.key.pem, format: .pem))
        )
    }
}
