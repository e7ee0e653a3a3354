import Hummingbird
import Texts
import Vault

/// The way in and out, and the choice of language.
struct LogInRoutes {
    let site: Site

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("login", use: show)
            .post("login", use: logIn)
            .post("logout", use: logOut)
            .post("language", use: chooseLanguage)
    }

    @Sendable private func show(_ request: Request, _ context: PageContext) async throws -> Response
    {
        let next = Self.target(Form(encoded: request.uri.query ?? "")?["next"])
        guard context.session == nil else { return site.redirect(to: next, request) }
        return try await site.respond(LogInPage(next: next), request, context)
    }

    @Sendable private func logIn(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let staff = context.form["staff"] ?? ""
        let next = Self.target(context.form["next"])
        let failure: Text
        switch try await site.door.logIn(staff, context.form.exact("password"), context.source) {
        case .admitted(let token):
            // Whoever was signed in at this desk before is not any more.
            if let earlier = PageCookie.session.value(in: request) {
                try await site.door.logOut(earlier)
            }
            var response = site.redirect(to: next, request)
            response.setCookie(.session, token, for: request)
            return response
        case .refused: failure = Text("login.refused")
        case .locked(let minutes): failure = Text("login.locked", ["minutes": minutes])
        }
        let page = LogInPage(staff: staff, next: next, failure: failure)
        return try await site.respond(page, status: .unauthorized, request, context)
    }

    @Sendable private func logOut(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        if let token = PageCookie.session.value(in: request) { try await site.door.logOut(token) }
        var response = site.redirect(to: "/login", saying: Text("flash.signed-out"), request)
        response.setCookie(.session, nil, for: request)
        return response
    }

    @Sendable private func chooseLanguage(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        guard let language = context.form["language"].flatMap(Language.init(rawValue:)) else {
            throw Trouble.malformed
        }
        var response = site.redirect(to: Self.target(context.form["back"]), request)
        response.setCookie(.language, language.rawValue, for: request)
        return response
    }

    /// Only an address of this program; anything else leads to the first page.
    private static func target(_ address: String?) -> String {
        address.flatMap { PageLink.isLocal($0) ? $0 : nil } ?? "/"
    }
}
