import Bank
import BrowserSupport
import Hummingbird
import Pages
import Texts
import Vault
import Web

/// A site with one member of staff, whose session the store knows as `token-of-chen`.
struct TestSite {
    let router = Router(context: PageContext.self)
    var client: Client { Client(router) }
    var signedIn: Client { client.with(.cookie, "__Host-session-8080=token-of-chen") }

    init() async throws {
        let library = try await PageLibrary()
        let site = Site(
            product: Text("page.branch"), entries: Navigation.entries, library: library,
            assets: try PageAssets(library: library), door: Self.door,
            freshness: {
                Freshness(businessDate: .today, syncedAt: .morning, isOnline: false)
            })
        let rooms = site.open(on: router)
        rooms.get("/") { request, context in
            try await site.respond(Sample.todayOfNothing, request, context)
        }
        rooms.post("done") { request, _ in
            site.redirect(to: "/", saying: Text("flash.contact-added"), request)
        }
        rooms.get("broken") { _, _ -> Response in throw Broken() }
        rooms.get("supervisors") { _, context -> Response in
            _ = try context.session(for: .assign)
            return Response(status: .ok)
        }
        rooms.get("refused") { _, _ -> Response in throw Refusal(.notTarget) }
    }

    private struct Broken: Error {}

    private static let door = Door(
        logIn: { staff, password, _ in
            switch (staff, password) {
            case ("330101M01", "right"): .admitted(token: "token-of-chen")
            case ("locked", _): .locked(minutes: 5)
            default: .refused
            }
        },
        session: { $0 == "token-of-chen" ? .chen : nil },
        logOut: { _ in })
}
