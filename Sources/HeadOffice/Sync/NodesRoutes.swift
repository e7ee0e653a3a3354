import Bank
import HeadOfficeStore
import Hummingbird
import Pages
import Sync

/// Every outlet's node as head office last heard of it.
struct NodesRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self).get("nodes", use: show)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .nodes)
        let page = try await bank.ask { store in
            let scope = try Scope(store, session, for: .nodes)
            let now = store.now()
            return NodesPage(
                nodes: try store.nodes(by: session.staffID.rawValue)
                    .filter { scope.unit == nil || $0.firstTier == scope.unit }
                    .map { NodesPage.Node($0, at: now) })
        }
        return try await bank.site.respond(page, request, context)
    }
}

extension NodesPage.Node {
    fileprivate init(_ node: NodeView, at now: Int64) {
        let contact = LastContact(node.contactedAt, now: now)
        func seconds(_ milliseconds: Int64?) -> Int? { milliseconds.map { Int($0 / 1000) } }
        self.init(
            outlet: node.outlet.code, name: node.outlet.name,
            enrolment: node.standing,
            epoch: node.epoch.map { Int($0) },
            contact: contact, lagSeconds: contact.isHeard ? seconds(node.lag) : nil,
            pending: node.pending.map { Int($0) }, skewSeconds: seconds(node.skewMilliseconds))
    }
}

extension NodeView {
    fileprivate var standing: NodesPage.Node.Enrolment {
        if epoch == nil { return .none }
        if revokedAt != nil { return .revoked }
        return verdict == .suspectedCopy || verdict == .corrupted ? .fenced : .enrolled
    }
}
