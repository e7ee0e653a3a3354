import Bank
import Hummingbird
import Pages
import Store
import Vault

/// Who looks after a customer of the first-tier branch, and why; with a line or without.
struct OwnerRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("owner", use: look)
            .get("ownership/:number", use: explain)
    }

    @Sendable private func look(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp)
        guard let text = Form(encoded: request.uri.query ?? "")?["number"] else {
            return try await branch.site.respond(OwnerPage(), request, context)
        }
        guard text.utf8.count <= PageContext.identityMaximum else { throw Trouble.malformed }
        let asked = CustomerNumber(text)
        let number = try await branch.ask { try $0.survivor(of: asked) } ?? asked
        try await require(session, mayAskFor: number)
        let answer = try await branch.ask { try OwnerPage.Answer($0, number, for: session) }
        return try await branch.site.respond(
            OwnerPage(number: text, answer: answer), request, context)
    }

    @Sendable private func explain(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .ownerLookUp)
        let number: CustomerNumber = try context.identity("number")
        try await require(session, mayAskFor: number)
        let language = context.language
        let page = try await branch.ask {
            try OwnershipPage($0, number, for: session, in: language)
        }
        return try await branch.site.respond(page, request, context)
    }

    /// A teller asks for whoever stands at the counter, not for the branch's other customers.
    private func require(_ session: Session, mayAskFor number: CustomerNumber) async throws {
        guard session.reach(for: .ownerLookUp) < .firstTier else { return }
        guard try await branch.ask({ try $0.serves(number) }) else { throw Trouble.forbidden }
    }
}

extension OwnerPage.Answer {
    fileprivate init(
        _ store: BranchStore, _ number: CustomerNumber, for session: Session
    ) throws {
        let answer = try store.owner(of: number, by: session.staffID.rawValue)
        let isHere = try store.serves(number)
        self.init(
            customer: number, owner: try store.shown(answer.ownership.owner),
            state: answer.ownership.state, asOf: answer.asOf.map(Moment.init),
            pendingHere: answer.pendingHere,
            opensCustomer: isHere && session.reaches(answer.ownership, for: .profile))
    }
}
