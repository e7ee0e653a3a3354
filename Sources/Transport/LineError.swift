import CCurl

/// Why a request brought no response. The texts are libcurl's, for the operator: names of hosts
/// and causes, never a body.
package enum LineError: Error, Equatable, Sendable {
    /// The address is none that `Line` may send to; no line would help.
    case insecure(String)
    /// The other side cannot be reached: no name, nobody answers, no way.
    case noLine(String)
    case timedOut
    /// Cut on the way, or an answer that is not HTTP. The request may have arrived.
    case broken(String)
    /// The certificate of one side is not what the other's authority vouches for.
    case notTrusted(String)
    /// The other side's certificate is past its dates, or not yet in them, by this machine's clock.
    case outOfDate(String)
    /// The response's body has more bytes than the line takes.
    case tooLarge(limit: Int)

    /// What OpenSSL says of such a certificate (`X509_V_ERR_CERT_NOT_YET_VALID` and
    /// `X509_V_ERR_CERT_HAS_EXPIRED`).
    private static let dateFaults = [9, 10]

    init(_ code: CURLcode, _ text: String, verified: Int, bodyLimit: Int) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
            self = .noLine(text)
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION where Self.dateFaults.contains(verified):
            self = .outOfDate(text)
        // NB: not CURLE_SSL_CONNECT_ERROR, which is also what a line cut during the greeting gives.
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CLIENTCERT:
            self = .notTrusted(text)
        case CURLE_FILESIZE_EXCEEDED:
            self = .tooLarge(limit: bodyLimit)
        default:
            self = .broken(text)
        }
    }
}
