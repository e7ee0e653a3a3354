import Bank
import HTTPTypes
import HeadOfficeStore
import Hummingbird
import Pages

/// The rule parameters: what is in force, proposing, and deciding what others proposed.
struct ParametersRoutes {
    let bank: BankSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("parameters", use: list)
            .get("parameters/:name", use: show)
            .post("parameters/:name/proposals", use: propose)
            .post("proposals/:number/approval", use: approve)
            .post("proposals/:number/refusal", use: refuse)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .readParameters, atLeast: .firstTier)
        let scope = Form(encoded: request.uri.query ?? "")?["scope"].map { UnitCode($0) }
        let page = try await bank.ask { try ParametersPage($0, at: scope, for: session) }
        return try await bank.site.respond(page, request, context)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .readParameters, atLeast: .firstTier)
        let parameter = try parameter(context)
        let page = try await bank.ask { try ParameterPage($0, parameter, for: session) }
        return try await bank.site.respond(page, request, context)
    }

    /// What was typed comes back with the sentence beside its field where the rules refuse it.
    @Sendable private func propose(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .parameters, atLeast: .firstTier)
        let parameter = try parameter(context)
        let form = context.form
        let typed = ParameterPage.Typed(
            scope: form["scope"] ?? "", value: form["value"] ?? "",
            date: form["effectiveFrom"] ?? "", reason: form["reason"] ?? "")
        func again(_ field: ParameterPage.Field, _ sentence: Text) async throws -> Response {
            let page = try await bank.ask {
                try ParameterPage(
                    $0, parameter, for: session, typed: typed, failure: (field, sentence))
            }
            return try await bank.site.respond(
                page, status: .unprocessableContent, request, context)
        }
        guard let day = BusinessDay(typed.date) else {
            return try await again(.date, Text("program.invalid-date", ["text": typed.date]))
        }
        do {
            try await bank.ask {
                _ = try $0.propose(
                    ParameterSetting(
                        name: parameter.name,
                        scope: ParameterSetting.Scope(rawValue: typed.scope), value: typed.value,
                        effectiveFrom: day),
                    because: typed.reason, by: session.staffID)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await again(refusal.parameterField, Text(refusal.key, refusal.facts))
        }
        return bank.site.redirect(
            to: "/parameters/\(PageLink.encoded(parameter.name))",
            saying: Text("flash.parameter-proposed"), request)
    }

    @Sendable private func approve(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        try await decide(.parameterApproval, "flash.parameter-approved", request, context) {
            _ = try $0.approveParameter($1, by: $2)
        }
    }

    @Sendable private func refuse(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        try await decide(.readParameters, "flash.parameter-refused", request, context) {
            _ = try $0.refuseParameter($1, by: $2)
        }
    }

    private func decide(
        _ function: Function, _ flash: String, _ request: Request, _ context: PageContext,
        _ decision: @escaping @Sendable (BankStore, Int64, StaffID) throws -> Void
    ) async throws -> Response {
        let session = try context.session(for: function, atLeast: .firstTier)
        let text: ID<ParameterProposal> = try context.identity("number")
        guard let number = Int64(text.rawValue) else { throw Trouble.notFound }
        do {
            try await bank.ask { try decision($0, number, session.staffID) }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            let page = try await bank.ask {
                try ParametersPage(
                    $0, at: nil, for: session,
                    failure: (number, Text(refusal.key, refusal.facts)))
            }
            // Of a proposal that is open no more, or never was, the list has no row to say it beside.
            guard page.proposals.contains(where: { $0.decisionFailure != nil }) else {
                throw refusal
            }
            return try await bank.site.respond(
                page, status: .unprocessableContent, request, context)
        }
        return bank.site.redirect(to: "/parameters", saying: Text(flash), request)
    }

    private func parameter(_ context: PageContext) throws -> Parameter {
        let name: ID<Parameter> = try context.identity("name")
        guard let parameter = Parameter.all[name.rawValue] else { throw Trouble.notFound }
        return parameter
    }
}
