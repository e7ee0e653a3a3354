/// One HTTP request; what is compressed in it, the caller compressed.
package struct LineRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method: Method
    /// Begins with a slash; percent-encoded, with its query.
    package var path: String
    package var headers: [(String, String)]
    /// Sent with POST only.
    package var body: [UInt8]

    package init(
        _ method: Method, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// What came back, of whatever status; a redirect is a response like any other.
package struct LineResponse: Sendable {
    package let status: Int
    /// By lower-case name; the values of a repeated header, joined by ", ".
    package let headers: [String: String]
    /// As sent: compressed where the request accepted that.
    package let body: [UInt8]
    /// Whether a connection was made for it, with its greeting, rather than the last one used.
    package let newConnection: Bool
    /// Request line, headers and body, without what TLS and TCP add.
    package let bytesSent: Int
    /// Status line, headers and body, likewise.
    package let bytesReceived: Int
}
