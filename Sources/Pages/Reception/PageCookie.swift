import Hummingbird

/// The cookies of the pages. All are for this host alone, out of reach of scripts, and never sent
/// along from another site.
///
/// Chromium keeps a `Secure` cookie, `__Host-` included, also from `http://127.0.0.1` and
/// `http://localhost`, which it takes for trustworthy; so loopback needs no second name.
enum PageCookie: String {
    case session = "__Host-session"
    case flash = "__Host-flash"
    case language = "__Host-lang"

    /// Seconds that the browser keeps it; nil until it is closed.
    private var lifetime: Int? {
        switch self {
        case .session: nil
        case .flash: 60
        case .language: 365 * 24 * 60 * 60
        }
    }

    /// Set by a value, removed by nil.
    func header(_ value: String?) -> String {
        let age = value == nil ? 0 : lifetime
        return "\(rawValue)=\(value ?? ""); Path=/; Secure; HttpOnly; SameSite=Strict"
            + (age.map { "; Max-Age=\($0)" } ?? "")
    }
}

extension Request {
    func cookie(_ cookie: PageCookie) -> String? {
        cookies[cookie.rawValue]?.value
    }
}

extension Response {
    mutating func setCookie(_ cookie: PageCookie, _ value: String?) {
        headers[values: .setCookie].append(cookie.header(value))
    }
}
