import CCurl

/// A line to one other side: libcurl with one connection, kept between requests.
///
/// Not `Sendable`: whoever makes it is the only one to use it, one request after the other; each
/// blocks its thread until it is answered or has failed.
///
/// It follows no redirect, asks no proxy, keeps no cookies, reads no configuration of the user's
/// and speaks HTTP/1.1, over TLS 1.2 or later. NB: where a kept connection turns out to be dead
/// before the first byte of a response, libcurl sends the request once more over a new one; so
/// whatever is sent must be safe to receive twice.
package final class Line {
    private let address: Result<LineAddress, LineError>
    private let trust: LineTrust
    private let limits: LineLimits
    private let easy = EasyHandle()

    /// An endpoint that may not be used makes each request fail with `insecure`.
    package init(
        _ endpoint: LineEndpoint, trust: LineTrust = .system, limits: LineLimits = LineLimits()
    ) {
        address = Result { () throws(LineError) in try LineAddress(endpoint) }
        self.trust = trust
        self.limits = limits
    }

    /// Sends a request and waits for its response, whatever status it has.
    ///
    /// The caller asks for compression (`Accept-Encoding`) and undoes it, with its own bound.
    ///
    /// - Parameter seconds: for the request as a whole, where that is not the line's own limit.
    package func send(
        _ request: LineRequest, within seconds: Double? = nil
    ) throws(LineError) -> LineResponse {
        let address = try address.get()
        let reply = Reply(bodyLimit: limits.bodyLimit)
        let headers = request.headerList
        defer { curl_slist_free_all(headers) }

        easy.reset()
        easy.set(CURLOPT_URL, address.base + request.path)
        easy.set(CURLOPT_HTTPHEADER, UnsafeRawPointer(headers))
        speakPlainly(to: address)
        keepLimits(within: seconds ?? limits.timeout)
        checkOther()
        receive(into: reply)
        let code = perform(request)

        guard code == CURLE_OK else {
            if reply.isTooLarge { throw .tooLarge(limit: limits.bodyLimit) }
            throw LineError(
                code, easy.failure(code), verified: easy.number(CURLINFO_SSL_VERIFYRESULT),
                bodyLimit: limits.bodyLimit)
        }
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        guard reply.isWhole(status: status) else {
            throw .broken("the response does not say where it ends")
        }
        return LineResponse(
            status: status, headers: reply.headers, body: reply.body,
            newConnection: easy.number(CURLINFO_NUM_CONNECTS) > 0,
            bytesSent: reply.requestSize, bytesReceived: reply.headerSize + reply.body.count)
    }

    private func speakPlainly(to address: LineAddress) {
        easy.set(CURLOPT_PROTOCOLS_STR, address.scheme)
        if let socket = address.socket { easy.set(CURLOPT_UNIX_SOCKET_PATH, socket) }
        easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        easy.set(CURLOPT_NOPROXY, "*")
        easy.set(CURLOPT_USERAGENT, "branchnode/1")
        easy.set(CURLOPT_MAXCONNECTS, 1)
        easy.set(CURLOPT_MAXAGE_CONN, LineLimits.longestIdleSeconds)
        easy.set(CURLOPT_TCP_KEEPALIVE, 1)
        // Timeouts by signals would hit other threads.
        easy.set(CURLOPT_NOSIGNAL, 1)
    }

    private func keepLimits(within seconds: Double) {
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectTimeout * 1000))
        easy.set(CURLOPT_TIMEOUT_MS, Int(seconds * 1000))
        easy.set(CURLOPT_LOW_SPEED_LIMIT, LineLimits.slowestBytesPerSecond)
        easy.set(CURLOPT_LOW_SPEED_TIME, LineLimits.slowSeconds)
        easy.set(CURLOPT_MAXFILESIZE_LARGE, large: limits.bodyLimit)
    }

    private func checkOther() {
        easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        switch trust {
        case .system:
            break
        case .anybody:
            easy.set(CURLOPT_SSL_VERIFYPEER, 0)
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        case .authority(let authority, let identity):
            // Debian's libcurl looks in both as well, and would trust whatever the system trusts.
            easy.set(CURLOPT_CAINFO, nil as String?)
            easy.set(CURLOPT_CAPATH, nil as String?)
            easy.set(CURLOPT_CAINFO_BLOB, copying: authority)
            guard let identity else { return }
            easy.set(CURLOPT_SSLCERT_BLOB, copying: identity.certificate)
            easy.set(CURLOPT_SSLKEY_BLOB, copying: identity.key)
        }
    }

    private func receive(into reply: Reply) {
        let context = UnsafeRawPointer(Unmanaged.passUnretained(reply).toOpaque())
        easy.set(CURLOPT_WRITEDATA, context)
        easy.set(CURLOPT_HEADERDATA, context)
        easy.set(CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
            let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
            return Reply.at(context).takeBody(bytes) ? count : 0
        }
        easy.set(CURLOPT_HEADERFUNCTION) { bytes, _, count, context in
            let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
            return Reply.at(context).takeHeader(bytes) ? count : 0
        }
        count(into: context)
    }

    /// Counts what is sent where libcurl sends it: its own count of a request's size holds the
    /// body only if that went out with the headers.
    private func count(into context: UnsafeRawPointer) {
        easy.set(CURLOPT_VERBOSE, 1)
        easy.set(CURLOPT_DEBUGDATA, context)
        easy.set(
            CURLOPT_DEBUGFUNCTION,
            watcher: { _, type, _, count, context in
                if type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT {
                    Reply.at(context).requestSize += count
                }
                return 0
            })
    }

    private func perform(_ request: LineRequest) -> CURLcode {
        switch request.method {
        case .get:
            return easy.perform()
        case .post:
            easy.set(CURLOPT_POST, 1)
            easy.set(CURLOPT_POSTFIELDSIZE_LARGE, large: request.body.count)
            // Without an address, libcurl would read the body from standard input.
            let body = request.body.isEmpty ? [0] : request.body
            return body.withUnsafeBytes { bytes in
                easy.set(CURLOPT_POSTFIELDS, bytes.baseAddress)
                return easy.perform()
            }
        }
    }
}

extension LineRequest {
    /// The headers as libcurl takes them; the caller frees the list.
    fileprivate var headerList: UnsafeMutablePointer<curl_slist>? {
        precondition(path.hasPrefix("/"), "a request's path begins with a slash")
        // Taken away: a wait for "100 Continue", and the content type of a web form.
        var lines = ["Expect:"]
        if !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        for (name, value) in headers {
            precondition(
                !(name + value).utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 },
                "a header is one line")
            // In libcurl's spelling, a colon without a value takes a header away.
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }
}
