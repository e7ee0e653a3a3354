import HTTPTypes
import Hummingbird
import Logging
import Pages
import Words

/// A browser's part: sends one request to the router itself and reads the whole answer.
struct Client {
    let responder: any HTTPResponder<PageContext>
    var headers: HTTPFields = [:]

    struct Answer {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: String

        var cookies: [String] { headers[values: .setCookie] }
    }

    init(_ router: Router<PageContext>) {
        responder = router.buildResponder()
    }

    /// The same browser, sending one more header with each request.
    func with(_ name: HTTPField.Name, _ value: String) -> Client {
        var client = self
        client.headers[name] = value
        return client
    }

    func get(_ path: String, host: String = "localhost:8080") async throws -> Answer {
        try await send(.get, path, host: host, body: nil)
    }

    func post(
        _ path: String, _ form: String, origin: String? = "http://localhost:8080",
        host: String = "localhost:8080"
    ) async throws -> Answer {
        var client = self
        client.headers[.contentType] = "application/x-www-form-urlencoded"
        client.headers[.origin] = origin
        return try await client.send(.post, path, host: host, body: form)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, host: String, body: String?
    ) async throws -> Answer {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body ?? "")))
        let context = PageContext("192.0.2.7", storage: CoreRequestContextStorage(source: Source()))
        let response = try await responder.respond(to: request, context: context)
        let page = Collected()
        try await response.body.write(Writer(page: page))
        return Answer(
            status: response.status, headers: response.headers, body: String(buffer: page.buffer))
    }
}

private struct Source: RequestContextSource {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// The body as it grows; a reference, because a writer is passed on by value.
private final class Collected: @unchecked Sendable {
    var buffer = ByteBuffer()
}

private struct Writer: ResponseBodyWriter {
    let page: Collected

    func write(_ buffer: ByteBuffer) async throws { page.buffer.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
