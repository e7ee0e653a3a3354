package import Bank

/// Why head office refuses a message: the closed table of codes that travel.
package enum ExchangeError: String, Error, Sendable, CaseIterable {
    case malformed
    case tooLarge = "too-large"
    case unsupportedVersion = "unsupported-version"
    /// The message needs a certificate, and none was shown.
    case noCertificate = "no-certificate"
    /// The certificate is another authority's, or none at all.
    case certificateUnknown = "certificate-unknown"
    case certificateExpired = "certificate-expired"
    /// Head office's clock stands before the certificate's first instant.
    case certificateNotYetValid = "certificate-not-yet-valid"
    /// The node has shown a newer certificate since; perhaps a copy of it did.
    case certificateSuperseded = "certificate-superseded"
    /// An operator at head office shut the node out.
    case revoked
    /// A certificate is renewed in the last third of its time, not before.
    case renewalNotDue = "renewal-not-due"
    /// Head office vouches for the certificate, but knows of no such node.
    case notEnrolled = "not-enrolled"
    /// The outlet belongs to another first-tier branch, which the answer names.
    case wrongFirstTier = "wrong-first-tier"
    case tokenUnknown = "token-unknown"
    case tokenUsed = "token-used"
    case tokenExpired = "token-expired"
    case tokenForAnotherOutlet = "token-for-another-outlet"
    /// Another node was enrolled for the outlet since.
    case replaced
    /// The batch is not the one that follows what head office has of this node.
    case outOfStep = "out-of-step"
    /// The node may be a copy of another; nothing of it is applied.
    case suspectedCopy = "suspected-copy"
    /// The node shows what head office never said.
    case corrupted
    /// A record in the batch is not the outlet's to send, or not what its table admits.
    case inadmissible
    /// A record depends on one that was set apart.
    case dependsOnSetApart = "depends-on-set-apart"
    /// Head office has as much to do as it can; the answer says when to come again.
    case busy
    case internalError = "internal-error"

    /// The HTTP status that carries it.
    package var status: Int {
        switch self {
        case .malformed, .unsupportedVersion: 400
        case .noCertificate, .certificateUnknown, .certificateExpired, .certificateNotYetValid,
            .notEnrolled, .tokenUnknown, .tokenUsed, .tokenExpired, .tokenForAnotherOutlet:
            401
        case .replaced, .revoked, .certificateSuperseded, .suspectedCopy, .corrupted: 403
        case .outOfStep, .renewalNotDue: 409
        case .wrongFirstTier: 421
        case .tooLarge: 413
        case .inadmissible, .dependsOnSetApart: 422
        case .busy: 503
        case .internalError: 500
        }
    }

    /// What the node does about it.
    package var remedy: Remedy {
        switch self {
        case .outOfStep, .busy, .internalError: .retry
        case .inadmissible, .dependsOnSetApart: .quarantine
        case .malformed, .tooLarge, .unsupportedVersion, .notEnrolled, .tokenUnknown, .tokenUsed,
            .tokenExpired, .tokenForAnotherOutlet, .replaced, .suspectedCopy, .corrupted,
            .noCertificate, .certificateUnknown, .certificateExpired, .certificateNotYetValid,
            .certificateSuperseded, .revoked, .renewalNotDue, .wrongFirstTier:
            .stop
        }
    }

    package var json: JSONValue { ["error": .string(rawValue), "protocol": .int(Message.version)] }
}

/// What is done about a failure: each one has exactly one of these (`sync.md`, statement 7).
package enum Remedy: String, Sendable, CaseIterable {
    /// It may go by itself: again later, after a pause that grows.
    case retry
    /// One transaction cannot be applied: it is set apart, and the others go on.
    case quarantine
    /// Only an operator can do something: tried again rarely, so that it is found out when they
    /// have.
    case stop
}

/// The outlet was moved to another first-tier branch than the one its node was enrolled under.
package struct WrongFirstTier: Error, Hashable, Sendable {
    /// Where it belongs.
    package let firstTier: UnitCode

    package init(firstTier: UnitCode) {
        self.firstTier = firstTier
    }

    package var json: JSONValue {
        [
            "error": .string(ExchangeError.wrongFirstTier.rawValue),
            "firstTier": JSONValue(firstTier), "protocol": .int(Message.version),
        ]
    }
}

/// What every message has in common.
package enum Message {
    /// In every path (`/v1/…`) and every message; a change that an older reader cannot take grows it.
    package static let version: Int64 = 1
    /// Largest answer after decompression, in bytes.
    package static let largest = 32 * 1024 * 1024
    /// Of every message to head office: a part of a batch with its head, or some facts.
    package static let largestQuestion = 64 * 1024

    /// Of every body, both ways; what lacks it does not come from the other side.
    package static let contentType = "application/x-branchnode"

    /// A message that asks and says nothing.
    package static let question: JSONValue = ["protocol": .int(version)]

    package static let authorityPath = "/v1/authority"
    package static let renewalPath = "/v1/renewal"
    package static let enrolmentPath = "/v1/enrolment"
    package static let helloPath = "/v1/hello"
    package static let pushPath = "/v1/push"
    package static let pullPath = "/v1/pull"
    /// Parts of what a suspected copy wanted to send.
    package static let reviewPath = "/v1/review"
    package static let recoveryPath = "/v1/recovery"
    package static let digestPath = "/v1/digest"
    package static let recordsPath = "/v1/records"
    package static let offerPath = "/v1/offer"
    package static let snapshotPath = "/v1/snapshot"
    package static let queryPath = "/v1/query"
}
