import CCurl
import Glibc

/// The other end of a line.
package enum LineEndpoint: Sendable {
    /// `https://host[:port]`; plain `http` only to this machine itself. A path in it goes before
    /// each request's.
    case url(String)
    /// A Unix socket, spoken to in plain HTTP.
    case socket(path: String)

    /// Whether it is one that a line may lead to.
    package var isUsable: Bool { (try? LineAddress(self)) != nil }
}

/// An endpoint that was found fit to send to.
struct LineAddress {
    let scheme: String
    /// What a request's path is put behind.
    let base: String
    let socket: String?

    init(_ endpoint: LineEndpoint) throws(LineError) {
        switch endpoint {
        case .socket(let path):
            self.init(scheme: "http", base: "http://localhost", socket: path)
        case .url(let url):
            // libcurl's own reading, so that what is checked is what is connected to.
            guard let parts = URLParts(url), let scheme = parts[CURLUPART_SCHEME],
                let host = parts[CURLUPART_HOST]
            else { throw .insecure("not a URL") }
            guard parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil,
                parts[CURLUPART_PORT] != "0", parts[CURLUPART_QUERY] == nil,
                parts[CURLUPART_FRAGMENT] == nil,
                scheme == "https" || scheme == "http" && Self.isLoopback(host)
            else { throw .insecure("\(scheme)://\(host)") }
            let base = url.last == "/" ? String(url.dropLast()) : url
            self.init(scheme: scheme, base: base, socket: nil)
        }
    }

    private init(scheme: String, base: String, socket: String?) {
        self.scheme = scheme
        self.base = base
        self.socket = socket
    }

    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 {
            return UInt32(bigEndian: address.s_addr) >> 24 == 127
        }
        return host == "localhost" || host == "[::1]"
    }
}

/// A URL, taken apart by libcurl.
private final class URLParts {
    private let handle: OpaquePointer

    /// Nil unless it is an absolute URL.
    init?(_ url: String) {
        guard let handle = curl_url() else { return nil }
        self.handle = handle
        guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK else { return nil }
    }

    deinit {
        curl_url_cleanup(handle)
    }

    subscript(part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
