import Testing
import Transport

struct LineErrorTests {
    @Test(arguments: [
        "http://example.com", "http://10.0.0.1:80", "http://localhost.example.com",
        "http://127.0.0.1.example.com", "http://[::2]", "http://[::ffff:10.0.0.1]",
        "ftp://127.0.0.1", "file:///etc/passwd", "127.0.0.1", "example.com", "", "https://",
        "http://127.0.0.1@example.com", "https://user:secret@example.com",
        "https://example.com?x=", "https://example.com#x",
    ])
    func `an address that is neither https nor this machine is refused`(url: String) {
        let error = #expect(throws: LineError.self) {
            try Line(.url(url)).send(LineRequest(.get, "/"))
        }
        guard case .insecure(let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!text.contains("secret"))
    }

    @Test(arguments: [
        "http://127.0.0.1:1", "http://127.8.9.1:1/", "http://localhost:1", "http://[::1]:1",
        "https://127.0.0.1:1", "https://127.0.0.1:1/prefix",
    ])
    func `where nobody listens there is no line`(url: String) {
        let error = #expect(throws: LineError.self) {
            try Line(.url(url)).send(LineRequest(.get, "/"))
        }
        #expect(error?.isNoLine == true)
    }

    @Test func `a name that does not exist, or a socket that is not there, is no line`() {
        for endpoint in [
            LineEndpoint.url("https://no-such-host.invalid"),
            .socket(path: "/tmp/no-such-line.socket"),
            .socket(path: "/tmp/" + String(repeating: "long", count: 50)),
        ] {
            let error = #expect(throws: LineError.self) {
                try Line(endpoint).send(LineRequest(.get, "/"))
            }
            #expect(error?.isNoLine == true)
        }
    }

    @Test func `a silent server is given up in time`() {
        let server = TinyServer(.silence)
        defer { server.stop() }
        var limits = LineLimits()
        limits.timeout = 0.3
        let line = Line(.url(server.url), limits: limits)

        let start = ContinuousClock.now
        #expect(throws: LineError.timedOut) { try line.send(LineRequest(.get, "/")) }
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
        "HTTP/1.1 200 OK\r\n\r\nA body that may go on.",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\n"
            + String(repeating: "X: " + String(repeating: "y", count: 1000) + "\r\n", count: 100)
            + "\r\n",
    ])
    func `a response that was cut, or is none, breaks`(text: String) {
        let server = TinyServer(.last(text))
        defer { server.stop() }

        let error = #expect(throws: LineError.self) {
            try Line(.url(server.url)).send(LineRequest(.get, "/"))
        }
        guard case .broken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["Content-Length: 101\r\n", "Transfer-Encoding: chunked\r\n", ""])
    func `a response that is too large is refused, announced or not`(header: String) {
        let body = String(repeating: "a", count: 101)
        let chunked = header.hasPrefix("Transfer") ? "65\r\n\(body)\r\n0\r\n\r\n" : body
        let server = TinyServer(.last("HTTP/1.1 200 OK\r\n\(header)\r\n\(chunked)"))
        defer { server.stop() }
        let line = Line(.url(server.url), limits: LineLimits(bodyLimit: 100))

        #expect(throws: LineError.tooLarge(limit: 100)) { try line.send(LineRequest(.get, "/")) }
    }

    @Test func `a response as large as allowed is taken`() throws {
        let body = String(repeating: "a", count: 100)
        let server = TinyServer(.last("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\(body)"))
        defer { server.stop() }
        let line = Line(.url(server.url), limits: LineLimits(bodyLimit: 100))

        #expect(try line.send(LineRequest(.get, "/")).body == Array(body.utf8))
    }

    @Test func `a line that failed works again`() throws {
        let server = TinyServer(
            .last("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
            .reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }
        let line = Line(.url(server.url))

        #expect(throws: LineError.self) { try line.send(LineRequest(.get, "/")) }
        #expect(try line.send(LineRequest(.get, "/")).status == 200)
    }

    @Test func `a server that does not speak TLS breaks, and gets nothing in clear`() {
        let server = TinyServer(.last("HTTP/1.1 400 Bad Request\r\n\r\n"))
        defer { server.stop() }
        var limits = LineLimits()
        limits.timeout = 1
        let line = Line(.url("https://127.0.0.1:\(server.port)"), limits: limits)

        #expect(throws: LineError.self) {
            try line.send(LineRequest(.post, "/", body: Array("secret".utf8)))
        }
        #expect(server.seen.requests.allSatisfy { !$0.contains("secret") })
    }
}

extension LineError {
    fileprivate var isNoLine: Bool {
        guard case .noLine = self else { return false }
        return true
    }
}
