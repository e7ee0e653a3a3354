import Sync

/// Why head office gave no answer to a query, which is an ordinary state.
package struct Unanswered: Error, Hashable, Sendable {
    package enum Cause: String, Sendable {
        /// Nothing came through.
        case line = "query.unanswered"
        /// Head office has shut this node out.
        case shutOut = "query.shut-out"
        /// Whoever is there has no answer to this: head office is busy, of a version before, or does
        /// not take the certificate.
        case headOffice = "query.not-answered"

        /// Of the sentence about it.
        package var key: String { rawValue }
    }

    /// As a line's state has it.
    package let code: String

    package init(code: String) {
        self.code = code
    }

    package var cause: Cause {
        switch code {
        case "no-line", "timed-out", "broken": return .line
        default: break
        }
        return switch ExchangeError(rawValue: code) {
        case .suspectedCopy, .corrupted, .revoked, .replaced: .shutOut
        default: .headOffice
        }
    }
}
