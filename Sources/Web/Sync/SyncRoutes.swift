import Bank
import Hummingbird
import Pages
import Store
import Vault

/// The line to head office, and an exchange at somebody's wish.
struct SyncRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("sync", use: show)
            .post("sync/exchanges", use: exchange)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let (line, timed, entries) = try await branch.ask {
            (try $0.lineState(), try $0.lastTimedClose(), try $0.quarantine())
        }
        let failure = line.failure.map {
            SyncPage.Failure(sentence: Text("line.\($0)"), at: line.attemptedAt.map(Moment.init))
        }
        let page = SyncPage(
            line: line.shown, lastError: failure, headOffice: branch.store.node.headOffice,
            skewSeconds: line.skewMilliseconds.map { Int($0 / 1000) },
            watermark: Int(line.watermark),
            compared: line.digestAt.map {
                SyncPage.Compared(
                    at: Moment(unixMilliseconds: $0), isEqual: line.digestIsEqual ?? true)
            },
            timedClose: timed.map {
                SyncPage.Timed(
                    at: Moment(unixMilliseconds: $0.at),
                    failure: $0.failure.map { Text($0.key, $0.facts) })
            },
            quarantine: entries.map {
                SyncPage.Quarantined(
                    id: Int($0.id), record: $0.record,
                    reason: Text($0.reason.key, $0.reason.facts),
                    at: Moment(unixMilliseconds: $0.at))
            })
        return try await branch.site.respond(page, request, context)
    }

    /// That there is no line is an ordinary state: the page that follows says so.
    @Sendable private func exchange(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        _ = try context.signedIn()
        do {
            try await branch.sync()
        } catch {
            let isOurs = error is Refusal || error is StoreError
            let line = try await branch.ask { try $0.lineState() }
            guard !isOurs, line.failure != nil else { throw error }
            return branch.site.redirect(to: "/sync", saying: Text("flash.sync-failed"), request)
        }
        return branch.site.redirect(to: "/sync", saying: Text("flash.synced"), request)
    }
}
