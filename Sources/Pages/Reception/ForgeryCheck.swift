import HTTPTypes
import Hummingbird
import Sealing

/// Refuses what another site made a browser send, and reads a posted form once for those behind.
///
/// A browser names the origin of every post; one that is not ours is refused. Within a session the
/// form must also carry the session's token, or the header `X-CSRF-Token`. What comes without
/// an origin is no browser and has no session to abuse; log-in itself has no session yet, so
/// there the origin stands alone.
struct ForgeryCheck: RouterMiddleware {
    let hosts: HostList

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard ![.get, .head, .options].contains(request.method) else {
            return try await next(request, context)
        }
        guard isOurs(request) else { throw Trouble.forged }
        var (request, context) = (request, context)
        if request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true {
            let body = try await request.collectBody(upTo: PageContext.bodyMaximum)
            guard let form = Form(encoded: String(buffer: body)) else { throw Trouble.malformed }
            context.form = form
        }
        if let session = context.session {
            let sent = context.form["csrf"] ?? request.headers[Self.tokenHeader] ?? ""
            guard constantTimeEqual(Array(sent.utf8), Array(session.csrf.utf8)) else {
                throw Trouble.forged
            }
        }
        return try await next(request, context)
    }

    private func isOurs(_ request: Request) -> Bool {
        if let site = request.headers[Self.siteHeader], site != "same-origin", site != "none" {
            return false
        }
        guard let origin = request.headers[.origin] else { return true }
        let authority = origin.split(separator: "://", maxSplits: 1).last.map(String.init)
        return hosts.contains(authority) && authority == request.head.authority
    }

    private static let siteHeader = fieldName("Sec-Fetch-Site")
    private static let tokenHeader = fieldName("X-CSRF-Token")

    private static func fieldName(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no name") }
        return field
    }
}
