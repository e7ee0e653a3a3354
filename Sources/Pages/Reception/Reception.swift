import Hummingbird
import Texts

/// Finds out who asks and in which language, and turns whatever goes wrong into a page.
struct Reception: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Self.language(of: request)
        context.flash = Self.flash(of: request)
        do {
            if let token = PageCookie.session.value(in: request) {
                context.session = try await site.door.session(token)
            }
            return try await next(request, context)
        } catch {
            return await site.trouble(error, request, context)
        }
    }

    /// What was chosen last; else English for a browser that asks for it, and Chinese.
    static func language(of request: Request) -> Language {
        if let chosen = PageCookie.language.value(in: request).flatMap(Language.init(rawValue:)) {
            return chosen
        }
        let wanted = request.headers[.acceptLanguage] ?? ""
        return wanted.lowercased().hasPrefix("en") ? .english : .chinese
    }

    /// A cookie can be forged by whoever holds the machine, so only our own texts are shown.
    private static func flash(of request: Request) -> Text? {
        guard let key = PageCookie.flash.value(in: request), key.hasPrefix("flash."),
            Words.table[key] != nil
        else { return nil }
        return Text(key)
    }
}

/// Lets only those through who are signed in; a page asked for by address leads to log-in first.
struct Admission: RouterMiddleware {
    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard context.session == nil else { return try await next(request, context) }
        guard request.method == .get else { throw Trouble.signedOut }
        let target = request.uri.string
        let logIn = PageLink("/login").with("next", target == "/" ? nil : target)
        return Response(status: .seeOther, headers: [.location: logIn.text])
    }
}
