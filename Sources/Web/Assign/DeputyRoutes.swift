import Bank
import HTTPTypes
import Hummingbird
import Pages
import Store
import Vault

/// Who stands in for whom during leave.
struct DeputyRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("deputies", use: list)
            .post("deputies", use: name)
            .post("deputies/:number/ending", use: end)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .delegate)
        let page = try await branch.ask { try DeputiesPage($0, for: session) }
        return try await branch.site.respond(page, request, context)
    }

    /// What was typed comes back with the sentence where the rules refuse it.
    @Sendable private func name(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .delegate)
        let form = context.form
        guard let manager = form["manager"].map({ StaffID($0) }),
            let deputy = form["deputy"].map({ StaffID($0) }),
            [manager, deputy].allSatisfy({
                $0.rawValue.utf8.count <= PageContext.identityMaximum
            })
        else { throw Trouble.malformed }
        func again(_ failure: Text) async throws -> Response {
            let page = try await branch.ask {
                try DeputiesPage($0, for: session, typed: form, failure: failure)
            }
            return try await branch.site.respond(
                page, status: .unprocessableContent, request, context)
        }
        let dates = [form["from"] ?? "", form["through"] ?? ""]
        guard let first = BusinessDay(dates[0]), let last = BusinessDay(dates[1]) else {
            let wrong = dates.first { BusinessDay($0) == nil } ?? ""
            return try await again(Text("program.invalid-date", ["text": wrong]))
        }
        let reason = form["reason"] ?? ""
        do {
            _ = try await branch.ask {
                try $0.delegate(
                    manager, to: deputy, from: first, through: last, by: session.staffID,
                    because: reason)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await again(Text(refusal.key, refusal.facts))
        }
        return branch.site.redirect(
            to: "/deputies", saying: Text("flash.deputy-named"), request)
    }

    @Sendable private func end(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .delegate)
        let text: ID<Delegation> = try context.identity("number")
        guard let number = Int64(text.rawValue) else { throw Trouble.notFound }
        _ = try await branch.ask { try $0.endDelegation(number, by: session.staffID) }
        return branch.site.redirect(
            to: "/deputies", saying: Text("flash.deputy-ended"), request)
    }
}

extension DeputiesPage {
    /// A supervisor sees and names all; a manager those that concern them, and names their own.
    fileprivate init(
        _ store: BranchStore, for session: Session, typed: Form = Form(), failure: Text? = nil
    ) throws {
        let isOutlets = session.reach(for: .delegate) >= .outlet
        let day = try store.workingDate()
        let all = try store.delegations().filter {
            isOutlets || $0.manager == session.staffID || $0.deputy == session.staffID
        }
        let names = try store.names(of: all.flatMap { [$0.manager, $0.deputy] })
        let managers = try store.books().map(\.manager)
        func choices(_ staff: [Staff], _ field: String) -> [Choice] {
            staff.map {
                Choice(
                    id: $0.id, name: $0.name, isChosen: typed[field] == $0.id.rawValue)
            }
        }
        self.init(
            books: try store.deputised(by: session.staffID).map { manager in
                Book(
                    manager: names[manager] ?? manager.rawValue,
                    rows: try store.customers(of: manager, by: session.staffID.rawValue).map {
                        Row(
                            number: $0.position.number, name: Mask.name($0.name),
                            tier: $0.position.standing.tier,
                            assets: $0.position.here,
                            contact: $0.lastContact)
                    })
            },
            delegations: all.map {
                Delegation(
                    $0, manager: names[$0.manager] ?? $0.manager.rawValue,
                    deputy: names[$0.deputy] ?? $0.deputy.rawValue, on: day)
            },
            form: Naming(
                managers: choices(
                    isOutlets ? managers : managers.filter { $0.id == session.staffID }, "manager"),
                deputies: choices(
                    isOutlets ? managers : managers.filter { $0.id != session.staffID }, "deputy"),
                from: typed["from"] ?? day.description, through: typed["through"] ?? "",
                reason: typed["reason"] ?? "", failure: failure))
    }
}
