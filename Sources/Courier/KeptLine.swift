import Bank
import Certificates
import Synchronization
import Transport

/// A connection to head office that stays from one exchange to the next, so that one with nothing
/// to say is a small request and no handshake (`performance.md`, P9).
///
/// Whoever exchanges takes it away and brings it back when all went well; meanwhile another exchange
/// makes one of its own.
package final class KeptLine: Sendable {
    private let kept = Mutex<KeptConnection?>(nil)

    package init() {}

    /// The connection to the address that shows this certificate; any other is given up.
    func take(to url: String, as certificate: Certificate) -> Line? {
        let taken = kept.withLock { kept in
            defer { kept = nil }
            return kept
        }
        guard let taken, taken.url == url, taken.certificate == certificate.bytes else {
            return nil
        }
        return taken.line
    }

    func keep(_ line: Line, to url: String, as certificate: Certificate) {
        let connection = KeptConnection(url: url, certificate: certificate.bytes, line: line)
        kept.withLock { $0 = connection }
    }
}

/// Unchecked, since a line is used by one alone: whoever keeps it lets go of it, and whoever takes
/// it takes it away.
private struct KeptConnection: @unchecked Sendable {
    let url: String
    let certificate: [UInt8]
    let line: Line
}
