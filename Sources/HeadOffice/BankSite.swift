import Bank
package import HeadOfficeStore
package import Hummingbird
package import Pages
import Vault

/// Head office's pages and the nodes' endpoint over its store.
package struct BankSite: Sendable {
    let store: BankStore
    let site: Site

    package init(
        store: BankStore, library: PageLibrary, assets: PageAssets, hosts: HostList = HostList()
    ) {
        self.store = store
        site = Site(
            product: Text("page.head-office"), entries: Navigation.entries, library: library,
            assets: assets, door: Door(store.logIns), hosts: hosts,
            freshness: { Freshness(readAt: Moment(unixMilliseconds: store.now())) },
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
        // NB: first, because a node is no browser: the pages' guards are for what comes after.
        ExchangeRoutes(store).add(to: router)
        let rooms = site.open(on: router)
        rooms.addRoutes(ViewRoutes(bank: self).routes)
        rooms.addRoutes(OwnersRoutes(bank: self).routes)
        rooms.addRoutes(DisputesRoutes(bank: self).routes)
        rooms.addRoutes(ParametersRoutes(bank: self).routes)
        rooms.addRoutes(DifferencesRoutes(bank: self).routes)
        rooms.addRoutes(NodesRoutes(bank: self).routes)
        return router
    }

    /// Asks the store away from the event loops.
    func ask<Value: Sendable>(
        _ question: @escaping @Sendable (BankStore) throws -> Value
    ) async throws -> Value {
        try await offLoop { [store] in try question(store) }
    }
}
