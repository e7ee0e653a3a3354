import Bank
import HeadOfficeStore
import Hummingbird
import Pages
import Sync
import Texts

/// Who looks after a customer in each first-tier branch, and why.
struct OwnersRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("owner", use: look)
            .post("owner", use: find)
            .get("ownership/:number", use: explain)
    }

    @Sendable private func look(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp, atLeast: .firstTier)
        guard let text = Form(encoded: request.uri.query ?? "")?["number"] else {
            return try await bank.site.respond(OwnersPage(), request, context)
        }
        guard text.utf8.count <= PageContext.identityMaximum else { throw Trouble.malformed }
        let page = try await bank.ask { store in
            let scope = try Scope(store, session, for: .ownerLookUp)
            let names = try store.unitNames()
            let answers = try store.owners(of: CustomerNumber(text), by: session.staffID.rawValue)
                .filter { scope.unit == nil || $0.firstTier == scope.unit }
            return OwnersPage(number: text, answers: answers.map { .init($0, names) })
        }
        return try await bank.site.respond(page, request, context)
    }

    /// By any strong key, which stays out of addresses and so out of every history and log.
    @Sendable private func find(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp, atLeast: .firstTier)
        guard let key = context.form["key"], key.utf8.count <= Self.longestKey else {
            throw Trouble.malformed
        }
        let page = try await bank.ask { store in
            let scope = try Scope(store, session, for: .ownerLookUp)
            let names = try store.unitNames()
            let search = try store.owners(
                by: key, firstTier: scope.unit, actor: session.staffID.rawValue)
            // What nobody knows is not shown again: it may be a card's number.
            return if let number = search.number, !search.found.isEmpty {
                OwnersPage(
                    number: number.rawValue, answers: search.found.map { .init($0.owner, names) })
            } else {
                OwnersPage(found: search.found.map { .init($0.owner, names, name: $0.name ?? "–") })
            }
        }
        return try await bank.site.respond(page, request, context)
    }

    /// As at an outlet.
    private static let longestKey = 160

    @Sendable private func explain(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp, atLeast: .firstTier)
        let number: CustomerNumber = try context.identity("number")
        let language = context.language
        let page = try await bank.ask { store in
            let scope = try Scope(store, session, for: .ownerLookUp)
            let names = try store.unitNames()
            let entries = try store.ownership(
                of: number, firstTier: scope.unit, by: session.staffID.rawValue)
            return OwnershipPage(
                number: number,
                answers: entries.map { .init($0, names, for: session, in: language) })
        }
        return try await bank.site.respond(page, request, context)
    }
}

extension OwnersPage.Answer {
    fileprivate init(
        _ entry: OwnerEntry, _ names: [UnitCode: String], name: String? = nil
    ) {
        self.init(
            firstTier: names[entry.firstTier] ?? entry.firstTier.rawValue,
            owner: Owner(entry), state: entry.ownership.state, customer: entry.customer,
            name: name)
    }
}

extension Owner {
    fileprivate init?(_ entry: OwnerEntry) {
        guard let owner = entry.ownership.owner else { return nil }
        self.init(
            manager: entry.managerName ?? owner.manager?.rawValue,
            outlet: entry.outletName ?? owner.outlet.rawValue, since: owner.since)
    }
}

extension OwnershipPage.Answer {
    /// The claims are for supervisors, analysts and auditors; the amounts for supervisors.
    init(
        _ entry: OwnershipEntry, _ names: [UnitCode: String], for session: Session,
        in language: Language
    ) {
        let isEntitled = session.reach(for: .consolidatedViews) > .none
        let reasons = Reasons(
            claims: isEntitled ? entry.claims.map(\.claim) : [],
            decision: isEntitled ? entry.decision : nil,
            record: entry.record.map { ($0.owner, $0.rule) },
            provisional: isEntitled ? entry.provisional : nil)
        self.init(
            firstTier: names[entry.owner.firstTier] ?? entry.owner.firstTier.rawValue,
            state: entry.owner.ownership.state, owner: Owner(entry.owner),
            claims: isEntitled
                ? entry.claims.map { .init($0.claim, $0.outcome, names) } : nil,
            trace: reasons.sentences(
                in: language, showsAmounts: session.reach(for: .holdings) >= .subtree),
            decision: entry.record.map {
                OwnershipPage.Decision(
                    record: Int($0.number), rule: $0.rule,
                    kind: isEntitled
                        ? Decision.decidingClaim(entry.decision, entry.claims.map(\.claim))?.kind
                        : nil,
                    rulesVersion: $0.rulesVersion, digest: $0.digest)
            },
            history: isEntitled
                ? entry.history.periods.map {
                    $0.sentence(in: language, outlet: names[$0.outlet])
                } : [])
    }
}

extension OwnershipPage.Claim {
    fileprivate init(
        _ claim: Claim, _ outcome: Decision.Outcome?, _ names: [UnitCode: String]
    ) {
        let outlet = claim.outlet ?? claim.author
        self.init(
            outlet: names[outlet] ?? "", code: outlet, manager: "", staff: claim.manager,
            kind: claim.kind, date: claim.businessDate, outcome: outcome, isOwn: false)
    }
}

extension BankStore {
    fileprivate func unitNames() throws -> [UnitCode: String] {
        Dictionary(try units().map { ($0.code, $0.name) }) { first, _ in first }
    }
}
