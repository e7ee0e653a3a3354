import Bank
import HTTPTypes
import Hummingbird
import Pages
import Store
import Vault

/// Targets by hand: the check, adding, taking back, keeping.
struct TargetsRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("targets", use: show)
            .post("targets", use: add)
            .post("targets/check", use: check)
            .post("targets/:number/cancellation", use: cancel)
            .post("targets/:number/renewal", use: renew)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .addTarget, atLeast: .outlet)
        let text = Form(encoded: request.uri.query ?? "")?["number"] ?? ""
        return try await page(TargetsQuestion(asked: text), session, request, context)
    }

    /// What was typed stays out of addresses: it may be no customer number at all.
    @Sendable private func check(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .addTarget, atLeast: .outlet)
        return try await page(
            TargetsQuestion(asked: context.form["number"] ?? ""), session, request, context)
    }

    /// What was typed comes back with the sentence where the rules refuse it.
    @Sendable private func add(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .addTarget, atLeast: .outlet)
        guard let number = context.form["customer"],
            let code = context.form["code"].flatMap(ManualAddition.ReasonCode.init)
        else { throw Trouble.malformed }
        let reason = context.form["reason"] ?? ""
        do {
            try await branch.ask {
                _ = try $0.addTarget(
                    CustomerNumber(number), by: session.staffID, code: code, because: reason)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await page(
                TargetsQuestion(
                    number: number, code: code, reason: reason,
                    failure: Text(refusal.key, refusal.facts)),
                session, status: .unprocessableContent, request, context)
        }
        return branch.site.redirect(to: "/targets", saying: Text("flash.target-added"), request)
    }

    @Sendable private func cancel(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .addTarget, atLeast: .outlet)
        let number: CustomerNumber = try context.identity("number")
        try await branch.ask { try $0.cancelAddition(of: number, by: session.staffID) }
        return branch.site.redirect(
            to: "/targets", saying: Text("flash.target-cancelled"), request)
    }

    @Sendable private func renew(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let number: CustomerNumber = try context.identity("number")
        let reason = context.form["reason"] ?? ""
        do {
            try await branch.ask {
                _ = try $0.renewTarget(number, by: session.staffID, because: reason)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await page(
                TargetsQuestion(
                    renewing: number, reason: reason, failure: Text(refusal.key, refusal.facts)),
                session, status: .unprocessableContent, request, context)
        }
        return branch.site.redirect(to: "/targets", saying: Text("flash.target-renewed"), request)
    }

    private func page(
        _ question: TargetsQuestion, _ session: Session, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        guard question.number.utf8.count <= PageContext.identityMaximum else {
            throw Trouble.malformed
        }
        let page = try await branch.ask { try TargetsPage($0, question, for: session) }
        return try await branch.site.respond(page, status: status, request, context)
    }
}

/// What the page is asked for, with what was typed into one of its forms and refused.
private struct TargetsQuestion: Sendable {
    var number = ""
    var renewing: CustomerNumber?
    var code = ManualAddition.ReasonCode.executive
    var reason = ""
    var failure: Text?
    /// Why the number cannot be looked at.
    var askFailure: Text?
}

extension TargetsQuestion {
    /// A person's key is not repeated.
    init(asked text: String) {
        if StrongKey.isPersonal(text) {
            askFailure = Text("targets.no-customer-number")
        } else {
            number = text
        }
    }
}

extension TargetsPage {
    fileprivate init(
        _ store: BranchStore, _ question: TargetsQuestion, for session: Session
    ) throws {
        let day = try store.lastClosed()
        let additions = try store.additions(for: session.staffID)
        let leaving = try store.leavingTargets(for: session.staffID)
        let names = try store.names(
            of: additions.map(\.addition.staff) + leaving.compactMap(\.manager))
        let supervises = session.reach(for: .assign) >= .outlet
        var (check, askFailure): (Check?, Text?) = (nil, question.askFailure)
        if !question.number.isEmpty {
            do {
                check = try Check(store, question, for: session, after: day)
            } catch let refusal as Refusal where refusal.reason != .notAllowed {
                askFailure = Text(refusal.key, refusal.facts)
            }
        }
        self.init(
            number: question.number, askFailure: askFailure, check: check,
            additions: additions.map { view in
                let addition = view.addition
                return Row(
                    number: addition.customer, name: Mask.name(view.name),
                    code: addition.reasonCode, reason: view.reason,
                    by: names[addition.staff] ?? addition.staff.rawValue, date: addition.date,
                    state: addition.state,
                    mayCancel: supervises || addition.staff == session.staffID)
            },
            leaving: leaving.map { target in
                let isAsked = question.renewing == target.customer
                return Leaving(
                    number: target.customer, name: Mask.name(target.name),
                    since: target.belowSince, leaves: target.leaves, on: day ?? target.belowSince,
                    manager: target.manager.map { names[$0] ?? $0.rawValue } ?? "–",
                    renewal: supervises
                        ? Renewal(
                            target.customer, reason: isAsked ? question.reason : "",
                            failure: isAsked ? question.failure : nil) : nil)
            })
    }
}

extension TargetsPage.Check {
    fileprivate init(
        _ store: BranchStore, _ question: TargetsQuestion, for session: Session,
        after day: BusinessDay?
    ) throws {
        let customer = CustomerNumber(question.number)
        let lines = try store.checkAddition(of: customer, by: session.staffID)
        let mayBe = lines.allSatisfy { $0.refusal == nil }
        self.init(
            customer: customer,
            name: try store.names(of: [customer])[customer].map(Mask.name) ?? "",
            lines: lines,
            entry: mayBe
                ? day.map {
                    TargetsPage.Entry(
                        customer: customer, after: $0.next, code: question.code,
                        reason: question.reason, failure: question.failure)
                } : nil)
    }
}
