import BrowserSupport
import HTTPTypes
import Pages
import Testing

struct ReceptionTests {
    @Test func `who is not signed in is led to log-in and back`() async throws {
        let site = try await TestSite()

        let answer = try await site.client.get("/customers?tier=gold")
        let today = try await site.client.get("/")

        #expect(answer.status == .notFound)
        #expect(today.status == .seeOther)
        #expect(today.headers[.location] == "/login")
        #expect(
            try await site.client.get("/broken?a=1").headers[.location]
                == "/login?next=%2Fbroken%3Fa%3D1")
    }

    @Test func `the right password gives a cookie that only this host's pages get`() async throws {
        let site = try await TestSite()

        let answer = try await site.client.post(
            "/login", "staff=330101M01&password=right&next=%2Fcustomers")

        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/customers")
        #expect(
            answer.cookies == [
                "__Host-session-8080=token-of-chen; Path=/; Secure; HttpOnly; SameSite=Strict"
            ])
    }

    @Test func `programs on other ports of one machine keep their own sign-ins`() async throws {
        let site = try await TestSite()
        let form = "staff=330101M01&password=right"

        let other = try await site.client.post(
            "/login", form, origin: "http://[::1]:8081", host: "[::1]:8081")
        let usual = try await site.client.post(
            "/login", form, origin: "http://localhost", host: "localhost")

        #expect(other.cookies.first?.hasPrefix("__Host-session-8081=") == true)
        #expect(usual.cookies.first?.hasPrefix("__Host-session=") == true)
        #expect(try await site.signedIn.get("/", host: "localhost:8081").status == .seeOther)
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", "",
    ])
    func `log-in leads nowhere else`(target: String) async throws {
        let site = try await TestSite()

        let answer = try await site.client.post(
            "/login", "staff=330101M01&password=right&next=\(PageLink.encoded(target))")

        #expect(answer.headers[.location] == "/")
    }

    @Test func `an unknown number and a wrong password read the same`() async throws {
        let client = try await TestSite().client.with(.acceptLanguage, "en-GB,en;q=0.9")

        let wrong = try await client.post("/login", "staff=330101M01&password=wrong")
        let unknown = try await client.post("/login", "staff=330101M99&password=wrong")

        #expect(wrong.status == .unauthorized)
        #expect(wrong.body.contains("The staff number or the password is wrong."))
        #expect(
            wrong.body.replacing("330101M01", with: "")
                == unknown.body.replacing("330101M99", with: ""))
        #expect(wrong.cookies.isEmpty)
        #expect(try await client.post("/login", "staff=locked").body.contains("5 min"))
    }

    @Test func `signing out takes the cookie away`() async throws {
        let site = try await TestSite()

        let answer = try await site.signedIn.post("/logout", "csrf=csrf-of-chen")

        #expect(answer.headers[.location] == "/login")
        #expect(
            answer.cookies.contains {
                $0.hasPrefix("__Host-session-8080=;") && $0.contains("Max-Age=0")
            }
        )
    }

    @Test(arguments: [
        ("csrf=csrf-of-chen", "http://localhost:8080" as String?, true),
        ("csrf=csrf-of-chen", nil, true),
        ("csrf=csrf-of-lin", "http://localhost:8080", false),
        ("", "http://localhost:8080", false),
        ("csrf=csrf-of-chen", "http://evil.example", false),
        ("csrf=csrf-of-chen", "null", false),
        ("csrf=csrf-of-chen", "http://localhost:9999", false),
        ("csrf=%ZZ", "http://localhost:8080", false),
    ])
    func `a form counts only from our page with the session's token`(
        form: String, origin: String?, counts: Bool
    ) async throws {
        let answer = try await TestSite().signedIn.post("/done", form, origin: origin)

        #expect((answer.status == .seeOther) == counts)
    }

    @Test func `another site cannot sign anybody in`() async throws {
        let answer = try await TestSite().client.post(
            "/login", "staff=330101M01&password=right", origin: "http://evil.example")

        #expect(answer.status == .forbidden)
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1:8080", true), ("[::1]:8080", true), ("LOCALHOST:1", true),
        ("evil.example", false), ("localhost.evil.example:8080", false), ("", false),
        ("[::2]:8080", false),
    ])
    func `the program answers to its own names only`(host: String, isOurs: Bool) async throws {
        let answer = try await TestSite().client.get("/login", host: host)

        #expect(answer.status == (isOurs ? .ok : .misdirectedRequest))
    }

    @Test func `every answer forbids what pages never need`() async throws {
        let site = try await TestSite()

        for path in ["/login", "/nowhere", "/assets/branchnode.css"] {
            let headers = try await site.client.get(path).headers
            #expect(headers[.contentSecurityPolicy]?.contains("default-src 'self'") == true)
            #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            #expect(headers[.contentSecurityPolicy]?.contains("unsafe") == false)
            #expect(headers[.xContentTypeOptions] == "nosniff")
        }
        #expect(try await site.client.get("/login").headers[.cacheControl] == "no-store")
    }

    @Test func `a body over a mebibyte is refused`() async throws {
        let answer = try await TestSite().signedIn.post(
            "/done", "csrf=csrf-of-chen&note=" + String(repeating: "a", count: 1 << 20))

        #expect(answer.status == .contentTooLarge)
    }

    @Test func `what the rules refuse, a role may not or nobody knows is a page in words`()
        async throws
    {
        let client = try await TestSite().signedIn.with(.acceptLanguage, "en")

        let forbidden = try await client.get("/supervisors")
        let broken = try await client.get("/broken")

        #expect(forbidden.status == .forbidden)
        #expect(forbidden.body.contains("Your role may not see or do this."))
        #expect(try await client.get("/refused").status == .unprocessableContent)
        #expect(broken.status == .internalServerError)
        #expect(broken.body.contains("Internal error"))
        #expect(!broken.body.contains("Broken"))
        #expect(try await client.get("/nowhere").status == .notFound)
    }

    @Test func `a text left by the page before is shown once`() async throws {
        let site = try await TestSite()
        let done = try await site.signedIn.post("/done", "csrf=csrf-of-chen")
        let cookie = "__Host-session-8080=token-of-chen; __Host-flash-8080=flash.contact-added"

        let shown = try await site.client.with(.cookie, cookie).get("/")
        let forged = try await site.client
            .with(.cookie, "__Host-session-8080=token-of-chen; __Host-flash-8080=login.refused")
            .get("/")

        #expect(done.cookies.contains { $0.hasPrefix("__Host-flash-8080=flash.contact-added;") })
        #expect(shown.body.contains("营销记录已保存。"))
        #expect(shown.cookies.contains { $0.hasPrefix("__Host-flash-8080=; ") })
        #expect(!forged.body.contains("工号或密码不正确"))
    }

    @Test func `the language is what was chosen, else what the browser asks for, else Chinese`()
        async throws
    {
        let client = try await TestSite().client

        let chosen = try await client.post("/language", "language=en&back=%2Flogin")

        #expect(chosen.headers[.location] == "/login")
        #expect(chosen.cookies.first?.hasPrefix("__Host-lang=en; Path=/; Secure") == true)
        #expect(try await client.get("/login").body.contains("lang=\"zh-CN\">"))
        #expect(
            try await client.with(.cookie, "__Host-lang=en").get("/login").body
                .contains("<html lang=\"en\">"))
        #expect(
            try await client.with(.acceptLanguage, "de").get("/login").body
                .contains("<html lang=\"zh-CN\">"))
    }

    @Test func `an asset is asked for again and not sent again; nothing else is served`()
        async throws
    {
        let client = try await TestSite().client

        let sheet = try await client.get("/assets/branchnode.css")
        let again = try await client.with(.ifNoneMatch, sheet.headers[.eTag] ?? "")
            .get("/assets/branchnode.css")

        #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
        #expect(sheet.body.contains("--blue"))
        #expect(again.status == .notModified)
        #expect(try await client.get("/assets/bootstrap.min.css").status == .ok)
        for path in [
            "/assets/..%2Ftemplates%2Flayout.mustache", "/assets/../templates/layout.mustache",
        ] {
            #expect(try await client.get(path).status == .notFound)
        }
    }
}
