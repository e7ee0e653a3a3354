import Bank
import HTTPTypes
import HeadOfficeStore
import Hummingbird
import Pages
import Texts

/// The disputes of a first-tier branch, and the supervisor's rulings on them.
struct DisputesRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("disputes", use: list)
            .get("disputes/:id", use: show)
            .post("disputes/:id/ruling", use: rule)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .disputes, atLeast: .firstTier)
        let page = try await bank.ask { store in
            let names = try DisputeNames(store)
            let codes = try store.codes(for: session)
            let entries = try codes.flatMap {
                try store.disputes(of: $0, by: session.staffID.rawValue)
            }
            return DisputesPage(
                rows: entries.map {
                    .init(
                        number: $0.dispute.first.customer, id: $0.dispute.id,
                        view: names.view($0.dispute))
                })
        }
        return try await bank.site.respond(page, request, context)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .disputes, atLeast: .firstTier)
        let id: DisputeStepID = try context.identity("id")
        return try await page(id, session, request, context)
    }

    /// What was typed comes back with the sentence where the rules refuse it.
    @Sendable private func rule(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .rule, atLeast: .firstTier)
        let id: DisputeStepID = try context.identity("id")
        guard let outlet = context.form["outlet"] else { throw Trouble.malformed }
        let (manager, opinion) = (context.form["manager"], context.form["opinion"] ?? "")
        do {
            try await bank.ask { store in
                guard let entry = try store.entry(id, for: session) else {
                    throw Trouble.notFound
                }
                _ = try store.adjudicate(
                    entry.dispute.first.customer, to: UnitCode(outlet),
                    manager: manager.map { StaffID($0) }, firstTier: entry.dispute.first.firstTier,
                    by: session.staffID, opinion: opinion)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await page(
                id, session, status: .unprocessableContent, opinion: opinion,
                failure: Text(refusal.key, refusal.facts), request, context)
        }
        return bank.site.redirect(
            to: "/disputes/\(PageLink.encoded(id.rawValue))",
            saying: Text("flash.dispute-ruled"), request)
    }

    private func page(
        _ id: DisputeStepID, _ session: Session, status: HTTPResponse.Status = .ok,
        opinion: String = "", failure: Text? = nil, _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let language = context.language
        let page = try await bank.ask { store in
            guard let entry = try store.entry(id, for: session) else { throw Trouble.notFound }
            return try DisputePage(
                store, entry, for: session, in: language, opinion: opinion, failure: failure)
        }
        return try await bank.site.respond(page, status: status, request, context)
    }
}

extension DisputePage {
    fileprivate init(
        _ store: BankStore, _ entry: DisputeEntry, for session: Session, in language: Language,
        opinion: String, failure: Text?
    ) throws {
        let names = try DisputeNames(store)
        let first = entry.dispute.first
        let ownership = try store.ownership(
            of: first.customer, firstTier: first.firstTier, by: session.staffID.rawValue
        ).first
        let showsAmounts = session.reach(for: .holdings) >= .firstTier
        let sides = [(first.outlet, entry.applicant), (first.counterParty, entry.counterParty)]
        var form: Ruling?
        if session.reach(for: .rule) >= .firstTier {
            let outlets = try store.outletsServing(first.customer, firstTier: first.firstTier)
            form = Ruling(
                id: first.id,
                outlets: outlets.map { .init(code: $0, name: names.units[$0] ?? $0.rawValue) },
                managers: try outlets.flatMap { try store.managers(of: $0) }.map {
                    .init(
                        id: $0.id,
                        label: "\(names.units[$0.unit] ?? "") · \($0.name) \($0.id)")
                }, opinion: opinion, failure: failure)
        }
        self.init(
            number: first.customer, id: first.id, view: names.view(entry.dispute),
            figures: sides.compactMap { outlet, evidence in
                guard let outlet, let evidence else { return nil }
                return Figures(
                    outlet: names.units[outlet] ?? outlet.rawValue, evidence,
                    showsAmounts: showsAmounts)
            },
            answer: ownership.map { .init($0, names.units, for: session, in: language) },
            form: form)
    }
}

/// The names that disputes name by code.
private struct DisputeNames {
    let units: [UnitCode: String]
    private let people: [StaffID: String]

    init(_ store: BankStore) throws {
        units = Dictionary(try store.units().map { ($0.code, $0.name) }) { first, _ in first }
        people = try store.staffNames()
    }

    func view(_ dispute: Dispute) -> DisputeView {
        DisputeView(dispute, units: units, people: people)
    }
}

extension BankStore {
    /// The first-tier branches whose disputes the reader may see.
    fileprivate func codes(for session: Session) throws -> [UnitCode] {
        let scope = try Scope(self, session, for: .disputes)
        return scope.unit.map { [$0] } ?? firstTierCodes
    }

    fileprivate func entry(_ id: DisputeStepID, for session: Session) throws -> DisputeEntry? {
        for code in try codes(for: session) {
            if let entry = try dispute(id, of: code, by: session.staffID.rawValue) {
                return entry
            }
        }
        return nil
    }
}
