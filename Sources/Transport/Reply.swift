/// What arrives of one response, filled by libcurl's callbacks; a class, since they reach it by
/// its address.
final class Reply {
    /// Bytes sent so far, those of an attempt over a dead connection among them.
    var requestSize = 0
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    private(set) var headerSize = 0
    private(set) var isTooLarge = false
    private var isHeadWhole = false
    private let bodyLimit: Int

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Whether the response told where it ends. libcurl is content where a connection closes
    /// within the headers, or at any byte of a body without a length.
    func isWhole(status: Int) -> Bool {
        isHeadWhole
            && (headers["content-length"] != nil
                || headers["transfer-encoding"]?.lowercased() == "chunked"
                || status == 204 || status == 304)
    }

    /// The reply whose address was given to libcurl; `send` keeps it alive meanwhile.
    static func at(_ context: UnsafeMutableRawPointer?) -> Reply {
        guard let context else { preconditionFailure("libcurl hands back the given context") }
        return Unmanaged<Reply>.fromOpaque(context).takeUnretainedValue()
    }

    /// False ends the transfer.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= bodyLimit - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// One line a call, the status line among them; false ends the transfer.
    func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerSize += bytes.count
        guard headerSize <= LineLimits.headerLimit else { return false }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // An interim response (100, 103) may have come before.
            headers = [:]
            isHeadWhole = false
        } else if line == "\r\n" || line == "\n" {
            isHeadWhole = true
        } else if let colon = line.firstIndex(of: ":") {
            let name = line[..<colon].lowercased()
            let value = String(line[line.index(after: colon)...].trimmed)
            headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        }
        return true
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let rest = drop { $0.isWhitespace }
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return rest[...last]
    }
}
