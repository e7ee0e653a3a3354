package import Bank

/// Why head office refuses a message: the closed table of codes that travel.
package enum ExchangeError: String, Error, Sendable, CaseIterable {
    case malformed
    case tooLarge = "too-large"
    case unsupportedVersion = "unsupported-version"
    case notEnrolled = "not-enrolled"
    case tokenUnknown = "token-unknown"
    case tokenUsed = "token-used"
    case tokenExpired = "token-expired"
    case tokenForAnotherOutlet = "token-for-another-outlet"
    /// Another node was enrolled for the outlet since.
    case replaced
    /// The batch is not the one that follows what head office has of this node.
    case outOfStep = "out-of-step"
    /// A record in the batch is not the outlet's to send, or not what its table admits.
    case inadmissible
    case internalError = "internal-error"

    /// The HTTP status that carries it.
    package var status: Int {
        switch self {
        case .malformed, .unsupportedVersion: 400
        case .notEnrolled, .tokenUnknown, .tokenUsed, .tokenExpired, .tokenForAnotherOutlet: 401
        case .replaced: 403
        case .outOfStep: 409
        case .tooLarge: 413
        case .inadmissible: 422
        case .internalError: 500
        }
    }

    package var json: JSONValue { ["error": .string(rawValue), "protocol": .int(Message.version)] }
}

/// What every message has in common.
package enum Message {
    /// In every path (`/v1/…`) and every message; a change that an older reader cannot take grows it.
    package static let version: Int64 = 1
    /// Largest body after decompression, in bytes.
    package static let largest = 32 * 1024 * 1024
    /// Of every message to head office but a push: some hundred bytes of facts.
    package static let largestQuestion = 64 * 1024

    /// Of every body, both ways; what lacks it does not come from the other side.
    package static let contentType = "application/x-branchnode"

    package static let enrolmentPath = "/v1/enrolment"
    package static let helloPath = "/v1/hello"
    package static let pushPath = "/v1/push"
    package static let pullPath = "/v1/pull"
    package static let outletHeader = "branchnode-outlet"
}
