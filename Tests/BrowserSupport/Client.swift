package import Bank
package import HTTPTypes
package import Hummingbird
import Logging
package import Pages

/// A browser's part: sends one request to the router itself and reads the whole answer.
package struct Client: Sendable {
    private let responder: any HTTPResponder<PageContext>
    private var headers: HTTPFields = [:]

    package struct Answer: Sendable {
        package let status: HTTPResponse.Status
        package let headers: HTTPFields
        package let body: String

        package var cookies: [String] { headers[values: .setCookie] }
    }

    package init(_ router: Router<PageContext>) {
        responder = router.buildResponder()
    }

    /// The same browser, sending one more header with each request.
    package func with(_ name: HTTPField.Name, _ value: String) -> Client {
        var client = self
        client.headers[name] = value
        return client
    }

    package func get(_ path: String, host: String = "localhost:8080") async throws -> Answer {
        try await send(.get, path, host: host, body: nil)
    }

    package func post(
        _ path: String, _ form: String, origin: String? = "http://localhost:8080",
        host: String = "localhost:8080"
    ) async throws -> Answer {
        var client = self
        client.headers[.contentType] = "application/x-www-form-urlencoded"
        client.headers[.origin] = origin
        return try await client.send(.post, path, host: host, body: form)
    }

    /// A browser in which somebody has signed in, as the program itself lets them in.
    package func signIn(_ staff: StaffID, password: String) async throws -> Client {
        let answer = try await post("/login", "staff=\(staff)&password=\(password)")
        let session = answer.cookies.first { $0.hasPrefix("__Host-session") }
        return with(.cookie, session?.split(separator: ";").first.map(String.init) ?? "")
    }

    /// Posts a form of a page, with the token that the page carries.
    package func submit(_ path: String, _ form: String, from page: String) async throws -> Answer {
        let token = try await get(page).body.split(separator: "name=\"csrf\" value=\"").dropFirst()
            .first?.prefix { $0 != "\"" }
        return try await post(path, "csrf=\(token ?? "")&\(form)")
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
