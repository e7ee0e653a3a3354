import HTTPTypes
import Hummingbird

/// The names under which the program answers, so that a foreign name that was bent to this
/// machine's address (DNS rebinding) reaches nothing.
package struct HostList: Sendable {
    private let names: Set<String>

    /// The loopback's names, and those that the operator configured.
    package init(_ configured: [String] = []) {
        names = Set(["127.0.0.1", "localhost", "[::1]"] + configured.map { $0.lowercased() })
    }

    /// Whether `authority`, a host with or without a port, is one of ours.
    func contains(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map(authority.index(after:))
            : authority.firstIndex(of: ":")
        return names.contains(authority[..<(end ?? authority.endIndex)].lowercased())
    }
}

/// Refuses what was sent to another name, before anything else looks at it.
struct HostCheck: RouterMiddleware {
    let hosts: HostList

    func handle(
        _ request: Request, context: PageContext,
        next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard hosts.contains(request.head.authority) else {
            return Response(status: .misdirectedRequest)
        }
        return try await next(request, context)
    }
}
