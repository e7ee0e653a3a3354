import Hummingbird

/// The cookies of the pages. All are for this host alone, out of reach of scripts, and never sent
/// along from another site.
///
/// Chromium keeps a `Secure` cookie, `__Host-` included, also from `http://127.0.0.1` and
/// `http://localhost`, which it takes for trustworthy (tried with 156); so loopback needs no second
/// name. A browser gives one host's cookies to every port of it, so those of a sign-in carry the
/// port in their name: several programs on one machine then leave each other's alone.
enum PageCookie {
    case session, flash, language

    /// Set by a value, removed by nil; what the answer to `request` says.
    func header(_ value: String?, for request: Request) -> String {
        let age = value == nil ? 0 : lifetime
        return "\(name(for: request))=\(value ?? ""); Path=/; Secure; HttpOnly; SameSite=Strict"
            + (age.map { "; Max-Age=\($0)" } ?? "")
    }

    func value(in request: Request) -> String? {
        request.cookies[name(for: request)]?.value
    }

    private func name(for request: Request) -> String {
        switch self {
        case .session: "__Host-session\(Self.port(of: request))"
        case .flash: "__Host-flash\(Self.port(of: request))"
        case .language: "__Host-lang"
        }
    }

    /// Seconds that the browser keeps it; nil until it is closed.
    private var lifetime: Int? {
        switch self {
        case .session: nil
        case .flash: 60
        case .language: 365 * 24 * 60 * 60
        }
    }

    /// `-8080`; nothing where the browser went to the usual port.
    private static func port(of request: Request) -> String {
        let authority = request.head.authority ?? ""
        guard let colon = authority.lastIndex(of: ":"),
            let port = UInt16(authority[authority.index(after: colon)...])
        else { return "" }
        return "-\(port)"
    }
}

extension Response {
    mutating func setCookie(_ cookie: PageCookie, _ value: String?, for request: Request) {
        headers[values: .setCookie].append(cookie.header(value, for: request))
    }
}
