import Bank
import HTTPTypes
import Hummingbird
import Pages
import Store
import Vault

/// The list of customers and the page of one.
struct CustomerRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("customers", use: list)
            .get("customers/:number", use: show)
            .post("customers/:number/unmasking", use: unmask)
            .post("customers/:number/contacts", use: record)
            .post("customers/:number/profile", use: edit)
            .post("customers/:number/marketing", use: choose)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .holdings)
        let question = CustomersPage.Question(Form(encoded: request.uri.query ?? "") ?? Form())
        let page = try await branch.ask { try CustomersPage($0, question, for: session) }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        _ = try context.session(for: .profile)
        let number: CustomerNumber = try context.identity("number")
        if let survivor = try await branch.ask({ try $0.survivor(of: number) }) {
            return branch.site.redirect(
                to: "/customers/\(PageLink.encoded(survivor.rawValue))",
                saying: Text("flash.customer-merged"), request)
        }
        return try await page(of: number, request, context)
    }

    /// Shows one identifier in clear, this once: the page is not kept, and the next one masks it.
    @Sendable private func unmask(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let number: CustomerNumber = try context.identity("number")
        guard let field = context.form["field"].flatMap(CustomerPage.Identity.Field.init) else {
            throw Trouble.malformed
        }
        let reason = context.form["reason"] ?? ""
        let (session, _) = try await branch.session(context, for: .unmask, on: number)
        let clear = try await branch.ask {
            try $0.unmask(field.column, of: number, by: session.staffID, reason: reason)
        }
        return try await page(of: number, clear: (field, clear), request, context)
    }

    /// What was typed comes back with the sentence where the rules refuse it.
    @Sendable private func record(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let number: CustomerNumber = try context.identity("number")
        guard let way = context.form["way"].flatMap(Contact.Way.init) else {
            throw Trouble.malformed
        }
        let (note, followUp) = (context.form.exact("note"), context.form["followUp"])
        let (session, _) = try await branch.session(context, for: .marketingRecord, on: number)
        func again(_ failure: Text) async throws -> Response {
            try await page(
                of: number, status: .unprocessableContent,
                recording: CustomerPage.Recording(
                    way: way, note: note, followUp: followUp ?? "", failure: failure),
                request, context)
        }
        let day = followUp.flatMap { BusinessDay($0) }
        if let followUp, day == nil {
            return try await again(Text("program.invalid-date", ["text": followUp]))
        }
        do {
            _ = try await branch.ask {
                try $0.addContact(
                    with: number, by: session.staffID, way: way, note: note, followUpOn: day)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await again(Text(refusal.key, refusal.facts))
        }
        return branch.site.redirect(
            to: "/customers/\(PageLink.encoded(number.rawValue))",
            saying: Text("flash.contact-added"), request)
    }

    @Sendable private func edit(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let number: CustomerNumber = try context.identity("number")
        guard let field = context.form["field"].flatMap(ProfileField.init) else {
            throw Trouble.malformed
        }
        let value = context.form["value"] ?? ""
        let (session, _) = try await branch.session(context, for: .profileUpdate, on: number)
        do {
            _ = try await branch.ask {
                try $0.edit(field, of: number, to: value, by: session.staffID)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await page(
                of: number, status: .unprocessableContent,
                editing: CustomerPage.Profile.Editing(
                    field: field, value: value, failure: Text(refusal.key, refusal.facts)),
                request, context)
        }
        return branch.site.redirect(
            to: "/customers/\(PageLink.encoded(number.rawValue))",
            saying: Text("flash.profile-saved"), request)
    }

    /// What the customer said of marketing messages. Any member of the outlet's staff may write a
    /// refusal down.
    @Sendable private func choose(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let number: CustomerNumber = try context.identity("number")
        guard let choice = context.form["choice"].flatMap(MarketingChoice.init) else {
            throw Trouble.malformed
        }
        let note = context.form["note"] ?? ""
        let session = try context.session(for: .profileUpdate)
        do {
            _ = try await branch.ask {
                try $0.note(choice, of: number, by: session.staffID, because: note)
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await page(
                of: number, status: .unprocessableContent,
                editing: CustomerPage.Profile.Editing(
                    note: note, choiceFailure: Text(refusal.key, refusal.facts)), request, context)
        }
        return branch.site.redirect(
            to: "/customers/\(PageLink.encoded(number.rawValue))",
            saying: Text("flash.marketing-\(choice.rawValue)"), request)
    }

    private func page(
        of number: CustomerNumber, clear: (CustomerPage.Identity.Field, String)? = nil,
        status: HTTPResponse.Status = .ok, recording: CustomerPage.Recording? = nil,
        editing: CustomerPage.Profile.Editing? = nil,
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let (session, _) = try await branch.session(context, for: .profile, on: number)
        let page = try await branch.ask {
            try CustomerPage(
                $0, number, for: session, clear: clear, recording: recording, editing: editing)
        }
        return try await branch.site.respond(page, status: status, request, context)
    }
}

extension CustomerPage.Identity.Field {
    /// The store's name of it.
    fileprivate var column: String { self == .idNumber ? "idNumber" : rawValue }
}
