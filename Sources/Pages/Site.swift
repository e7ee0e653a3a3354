import Bank
import HTTPTypes
package import Hummingbird
import Logging

/// One program's pages: what they share, and how a page becomes a response.
package struct Site: Sendable {
    let product: Text
    let entries: [Entry]
    let library: PageLibrary
    let assets: PageAssets
    let door: Door
    let hosts: HostList
    private let freshness: @Sendable () async throws -> Freshness?
    private let explain: @Sendable (any Error) -> Trouble?
    private let remember: @Sendable (_ refused: Session, _ subject: String?) async throws -> Void

    /// - Parameters:
    ///   - freshness: what every page is as of; nil where each figure says so itself.
    ///   - explain: the program's one table from its errors to what a reader is told; nil for an
    ///     error that is nobody's business but the log's.
    ///   - remember: writes down who asked for what their role does not reach.
    package init(
        product: Text, entries: [Entry], library: PageLibrary, assets: PageAssets, door: Door,
        hosts: HostList = HostList(),
        freshness: @escaping @Sendable () async throws -> Freshness?,
        explain: @escaping @Sendable (any Error) -> Trouble? = { _ in nil },
        remember: @escaping @Sendable (Session, String?) async throws -> Void = { _, _ in }
    ) {
        self.product = product
        self.entries = entries
        self.library = library
        self.assets = assets
        self.door = door
        self.hosts = hosts
        self.freshness = freshness
        self.explain = explain
        self.remember = remember
    }

    /// Puts the guards, log-in and assets on the router and gives the group for pages that need
    /// someone signed in.
    ///
    /// NB: the router applies a middleware only to routes added later, so this comes first.
    package func open(on router: Router<PageContext>) -> RouterGroup<PageContext> {
        router.add(middleware: SecurityHeaders())
        router.add(middleware: HostCheck(hosts: hosts))
        router.add(middleware: Reception(site: self))
        router.add(middleware: ForgeryCheck(hosts: hosts))
        router.addRoutes(assets.routes)
        router.addRoutes(LogInRoutes(site: self).routes)
        return router.group().add(middleware: Admission())
            .add(middleware: Witness(remember: remember))
    }

    package func respond(
        _ page: some Page, status: HTTPResponse.Status = .ok, _ request: Request,
        _ context: PageContext
    ) async throws -> Response {
        let freshness = context.session == nil ? nil : try await freshness()
        return html(page, status: status, freshness, request, context)
    }

    /// Sends the reader on after a form was posted, with a text to show once at the next page.
    package func redirect(
        to path: String, saying flash: Text? = nil, _ request: Request
    ) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        if let flash { response.setCookie(.flash, flash.key, for: request) }
        return response
    }

    /// The page for an error; the one place where an unknown error is logged.
    func trouble(
        _ error: any Error, _ request: Request, _ context: PageContext
    ) async -> Response {
        let trouble = known(error) ?? .internalError
        if trouble.status.code >= 500 {
            context.logger.error(
                "request failed",
                metadata: [
                    "error": .string("\(error)"), "route": .string(context.endpointPath ?? "-"),
                ])
        }
        // The page about a failure is shown without its as-of line where that fails too: the
        // failure is in the log already.
        let freshness = context.session == nil ? nil : (try? await freshness()) ?? nil
        let page = TroublePage(trouble, isSignedIn: context.session != nil)
        return html(page, status: trouble.status, freshness, request, context)
    }

    private func known(_ error: any Error) -> Trouble? {
        if let trouble = error as? Trouble { return trouble }
        if let explained = explain(error) { return explained }
        if let refusal = error as? Refusal { return Trouble(refusal) }
        guard let error = error as? any HTTPResponseError else { return nil }
        return switch error.status.code {
        case 404, 405: .notFound
        case 413: .tooLarge
        case 400..<500: .malformed
        default: nil
        }
    }

    private func html(
        _ page: some Page, status: HTTPResponse.Status, _ freshness: Freshness?,
        _ request: Request, _ context: PageContext
    ) -> Response {
        let path = page.address ?? (request.method == .get ? request.uri.string : "/")
        let frame = Frame(
            product: product, title: page.title, language: context.language, path: path,
            session: context.session, entries: entries, freshness: freshness,
            flash: context.flash)
        let document = library.render(page, in: frame, context.language)
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document)))
        if context.flash != nil { response.setCookie(.flash, nil, for: request) }
        return response
    }
}
