import Bank
import Hummingbird
import Pages
import Store

/// Requests, objections, answers and releases, from the forms of the ownership page.
struct DisputeRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .post("ownership/:number/disputes", use: begin)
            .post("ownership/:number/answers", use: answer)
            .post("ownership/:number/withdrawal", use: withdraw)
            .post("ownership/:number/escalation", use: escalate)
            .post("ownership/:number/release", use: release)
    }

    @Sendable private func begin(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .requestTransfer)
        guard let manager = context.form["manager"].map({ StaffID($0) }) else {
            throw Trouble.malformed
        }
        let news = context.form["newEvidence"]
        let act: DisputeAct
        switch context.form["act"] {
        case "request": act = .request(to: manager, newEvidence: news)
        case "object": act = .object(to: manager, newEvidence: news)
        default: throw Trouble.malformed
        }
        return try await take(act, session, because: context.form["reason"], request, context)
    }

    @Sendable private func answer(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .answerTransfer, atLeast: .outlet)
        let from = context.form["from"].map { UnitCode($0) }
        let act: DisputeAct
        switch context.form["act"] {
        case "accept": act = .accept(from: from)
        case "refuse": act = .refuse(from: from)
        default: throw Trouble.malformed
        }
        return try await take(act, session, because: context.form["opinion"], request, context)
    }

    @Sendable private func withdraw(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .requestTransfer)
        return try await take(
            .withdraw, session, because: context.form["reason"], request, context)
    }

    @Sendable private func escalate(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .requestTransfer)
        return try await take(
            .escalate, session, because: context.form["reason"], request, context)
    }

    @Sendable private func release(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let number: CustomerNumber = try context.identity("number")
        let reason = context.form["reason"] ?? ""
        _ = try await branch.ask {
            try $0.release(number, by: session.staffID, because: reason)
        }
        return back(to: number, saying: Text("flash.released"), request)
    }

    private func take(
        _ act: DisputeAct, _ session: Session, because text: String?, _ request: Request,
        _ context: PageContext
    ) async throws -> Response {
        let number: CustomerNumber = try context.identity("number")
        let outcome = try await branch.ask {
            try $0.take(act, about: number, by: session.staffID, because: text ?? "")
        }
        return back(
            to: number, saying: Text("flash.dispute-\(outcome.step.kind.rawValue)"), request)
    }

    private func back(
        to number: CustomerNumber, saying flash: Text, _ request: Request
    ) -> Response {
        branch.site.redirect(
            to: "/ownership/\(PageLink.encoded(number.rawValue))", saying: flash, request)
    }
}
