import Glibc
import Testing
import Transport

struct LineTests {
    @Test func `a request is sent and its response read`() throws {
        let server = TinyServer(
            .reply(
                "HTTP/1.1 201 Created\r\nContent-Length: 3\r\nX-Two: a\r\nx-two:  b \r\n\r\n{}\n"))
        defer { server.stop() }

        let response = try Line(.url(server.url)).send(
            LineRequest(
                .post, "/v1/push?x=1",
                headers: [("Content-Type", "application/json"), ("X-Empty", "")],
                body: Array("[1]".utf8)))

        #expect(response.status == 201)
        #expect(response.headers == ["content-length": "3", "x-two": "a, b"])
        #expect(String(decoding: response.body, as: UTF8.self) == "{}\n")
        #expect(
            server.seen.requests == [
                """
                POST /v1/push?x=1 HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: branchnode/1\r
                Accept: */*\r
                Content-Type: application/json\r
                X-Empty:\r
                Content-Length: 3\r
                \r
                [1]
                """
            ])
    }

    @Test(arguments: [0, 10, 2_000_000]) func `both ways are counted`(size: Int) throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"
        let server = TinyServer(.reply(head + String(repeating: "a", count: size)))
        defer { server.stop() }
        let line = Line(.url(server.url))

        let post = try line.send(
            LineRequest(.post, "/", body: Array(repeating: UInt8(ascii: "b"), count: size)))
        #expect(post.bytesSent == server.seen.bytes)
        #expect(post.bytesReceived == head.utf8.count + size)
        let get = try line.send(LineRequest(.get, "/"))
        #expect(post.bytesSent + get.bytesSent == server.seen.bytes)
    }

    @Test func `a post without a body waits for nothing`() throws {
        let server = TinyServer(.reply("HTTP/1.1 204\r\n\r\n"))
        defer { server.stop() }

        let response = try Line(.url(server.url)).send(LineRequest(.post, "/"))

        #expect(response.status == 204 && response.body.isEmpty)
        #expect(server.seen.requests[0].contains("Content-Length: 0\r\n"))
    }

    @Test func `a connection is kept from one request to the next`() throws {
        let server = TinyServer(.reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }
        let line = Line(.url(server.url))

        let first = try line.send(LineRequest(.post, "/a"))
        let second = try line.send(LineRequest(.get, "/b"))

        #expect(first.newConnection && !second.newConnection)
        #expect(server.seen.connections == 1)
        #expect(server.seen.requests.count == 2)
    }

    @Test func `a connection that the server closed is made anew`() throws {
        let server = TinyServer(.last("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }
        let line = Line(.url(server.url))

        let first = try line.send(LineRequest(.get, "/"))
        let second = try line.send(LineRequest(.get, "/"))

        #expect(first.newConnection && second.newConnection)
    }

    @Test func `a Unix socket is a line too`() throws {
        let path = "/tmp/line-\(getpid())-\(UInt32.random(in: 0...(.max))).socket"
        let server = TinyServer(
            socketPath: path, [.reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        defer {
            server.stop()
            unlink(path)
        }
        let line = Line(.socket(path: path))

        #expect(try line.send(LineRequest(.get, "/api")).body == Array("ok".utf8))
        #expect(try !line.send(LineRequest(.get, "/api")).newConnection)
    }

    @Test func `a redirect is shown, not followed`() throws {
        let server = TinyServer(
            .reply("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }

        let response = try Line(.url(server.url)).send(LineRequest(.get, "/"))

        #expect(response.status == 302)
        #expect(response.headers["location"] == "/other")
        #expect(server.seen.requests.count == 1)
    }

    @Test func `compressed bytes are handed over as they are`() throws {
        let server = TinyServer(
            .reply("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 4\r\n\r\nabcd"))
        defer { server.stop() }

        let response = try Line(.url(server.url)).send(
            LineRequest(.get, "/", headers: [("Accept-Encoding", "zstd")]))

        #expect(response.body == Array("abcd".utf8))
        #expect(server.seen.requests[0].contains("Accept-Encoding: zstd\r\n"))
    }

    @Test func `an interim response is not the response`() throws {
        let server = TinyServer(
            .reply(
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }

        let response = try Line(.url(server.url)).send(LineRequest(.get, "/"))

        #expect(response.status == 200)
        #expect(response.headers == ["content-length": "0"])
    }

    @Test func `a proxy of the environment is passed over`() throws {
        setenv("http_proxy", "http://127.0.0.1:1", 1)
        setenv("all_proxy", "http://127.0.0.1:1", 1)
        defer {
            unsetenv("http_proxy")
            unsetenv("all_proxy")
        }
        let server = TinyServer(.reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }

        #expect(try Line(.url(server.url)).send(LineRequest(.get, "/")).status == 200)
    }
}
