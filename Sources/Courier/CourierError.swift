package import Bank
package import Store
package import Sync
package import Transport

/// Why an exchange did not end well. Whatever it is, the node works on, and nothing that waits to
/// be sent is lost.
package enum CourierError: Error, Sendable {
    case line(LineError)
    /// Somebody answered who is not head office: a proxy's page, a captive portal.
    case notHeadOffice(status: Int)
    case refused(ExchangeError)
    /// Head office has as much to do as it can and wants the node to come again after so many
    /// milliseconds.
    case busy(Int64)
    /// The outlet was moved to this first-tier branch, whose head office side knows nothing of what
    /// the node has.
    case belongsElsewhere(UnitCode)
    /// The authority of whoever answered is not the one that the token names; it was shown nothing.
    case wrongAuthority
    /// This machine's clock and head office's differ so much that certificates count as out of date.
    case clock(skewMilliseconds: Int64)
    /// The node could not keep its new certificate.
    case notKept(any Error)
    /// The two sides do not agree on what was sent; nothing more is sent until an operator looks.
    case outOfStep
    /// What came down is not what head office may send; nothing of it was kept.
    case untrusted(UntrustedDelta)

    /// What `status` and the sync page show; the phrase is `line.<code>`.
    package var code: String {
        switch self {
        case .line(.insecure): "insecure"
        case .line(.noLine): "no-line"
        case .line(.timedOut): "timed-out"
        case .line(.broken): "broken"
        case .line(.notTrusted): "not-trusted"
        case .line(.tooLarge): "answer-too-large"
        case .line(.outOfDate): "not-in-date"
        case .notHeadOffice: "not-head-office"
        case .refused(let error): error.rawValue
        case .busy: ExchangeError.busy.rawValue
        case .belongsElsewhere: ExchangeError.wrongFirstTier.rawValue
        case .wrongAuthority: "wrong-authority"
        case .clock: "clock"
        case .notKept: "failed-here"
        case .outOfStep: "out-of-step"
        case .untrusted: "untrusted"
        }
    }

    /// What the node does about it: the part of the closed table that head office's codes are not.
    package var remedy: Remedy {
        switch self {
        case .refused(let error): error.remedy
        // What stands between may be mended at any time, and a cut says nothing.
        case .line(.noLine), .line(.timedOut), .line(.broken), .notHeadOffice, .busy, .outOfStep,
            .notKept:
            .retry
        case .line(.insecure), .line(.notTrusted), .line(.tooLarge), .line(.outOfDate),
            .belongsElsewhere, .wrongAuthority, .clock, .untrusted:
            .stop
        }
    }

    /// Whether head office may have done what it was asked all the same, so that it is to be asked
    /// again in the same words.
    package var mayHaveBeenDone: Bool {
        switch self {
        case .line(.broken), .line(.timedOut), .line(.tooLarge), .notHeadOffice, .notKept: true
        case .refused(let error): error == .internalError
        case .line(.insecure), .line(.noLine), .line(.notTrusted), .line(.outOfDate), .busy,
            .belongsElsewhere, .wrongAuthority, .clock, .outOfStep, .untrusted:
            false
        }
    }

    /// Head office's clock less this machine's, where the error tells; milliseconds.
    package var skewMilliseconds: Int64? {
        guard case .clock(let skew) = self else { return nil }
        return skew
    }
}
