import Bank
package import Hummingbird
package import Pages
package import Store
package import Sync
import Vault

/// The outlet's pages over its store.
package struct BranchSite: Sendable {
    let store: BranchStore
    /// One exchange with head office; how it ended stands in the store's line state.
    let sync: @Sendable () async throws -> Void
    /// Head office's answer to a query; throws `Unanswered` where there is none. It does not take long.
    let enquire: @Sendable (QueryRequest) async throws -> QueryReply
    let site: Site

    package init(
        store: BranchStore, library: PageLibrary, assets: PageAssets, hosts: HostList = HostList(),
        sync: @escaping @Sendable () async throws -> Void,
        enquire: @escaping @Sendable (QueryRequest) async throws -> QueryReply
    ) {
        self.store = store
        self.sync = sync
        self.enquire = enquire
        site = Site(
            product: Text("page.branch"), entries: Navigation.entries, library: library,
            assets: assets,
            door: Door(
                store.logIns,
                // Whoever is of a unit that is neither the outlet nor above it has no role here,
                // whatever they are elsewhere.
                roles: { try store.isUnder($0.unit) ? $0.roles : [] }), hosts: hosts,
            freshness: { try await offLoop { try Freshness(store) } },
            explain: { error in
                (error as? StoreError).map { Trouble.failed(Text($0.key, $0.facts)) }
            },
            remember: { session, subject in
                try await offLoop {
                    try store.audit(.refused, by: session.staffID.rawValue, on: subject)
                }
            })
    }

    package func router() -> Router<PageContext> {
        let router = Router(context: PageContext.self)
        let rooms = site.open(on: router)
        rooms.addRoutes(TodayRoutes(branch: self).routes)
        rooms.addRoutes(CustomerRoutes(branch: self).routes)
        rooms.addRoutes(OwnerRoutes(branch: self).routes)
        rooms.addRoutes(DisputeRoutes(branch: self).routes)
        rooms.addRoutes(AssignRoutes(branch: self).routes)
        rooms.addRoutes(MoveRoutes(branch: self).routes)
        rooms.addRoutes(DeputyRoutes(branch: self).routes)
        rooms.addRoutes(TargetsRoutes(branch: self).routes)
        rooms.addRoutes(AnalyseRoutes(branch: self).routes)
        rooms.addRoutes(SyncRoutes(branch: self).routes)
        return router
    }

    /// Asks the store away from the event loops.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable (BranchStore) throws -> Value
    ) async throws -> Value {
        try await offLoop { [store] in try question(store) }
    }
}

extension Freshness {
    fileprivate init(_ store: BranchStore) throws {
        let line = try store.lineState()
        self.init(
            businessDate: line.lastClosed, syncedAt: line.contactedAt.map(Moment.init),
            isOnline: line.isOnline)
    }
}
