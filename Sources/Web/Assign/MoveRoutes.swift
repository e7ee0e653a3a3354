import Bank
import HTTPTypes
import Hummingbird
import Pages
import Store
import Vault

/// The moves of managers' books: choose the manager, say to whom, check, confirm, and the receipt.
struct MoveRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("moves", use: list)
            .get("moves/new", use: begin)
            .get("moves/:number", use: show)
            .post("moves", use: take)
            .post("moves/:number/submission", use: submit)
            .post("moves/:number/cancellation", use: cancel)
    }

    @Sendable private func list(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        _ = try context.session(for: .assign, atLeast: .outlet)
        let page = try await branch.ask { try MovesPage($0) }
        return try await branch.site.respond(page, request, context)
    }

    /// The whole book is what the form begins with; a draft, as it was left.
    @Sendable private func begin(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let query = Form(encoded: request.uri.query ?? "") ?? Form()
        guard let manager = query["manager"],
            manager.utf8.count <= PageContext.identityMaximum
        else { throw Trouble.notFound }
        let draft = query["draft"].flatMap(Int64.init)
        let page = try await branch.ask { store in
            let entry = try draft.map {
                MoveEntry(try store.bookReceipt($0, by: session.staffID.rawValue).move)
            }
            return try MoveFormPage(
                store, entry ?? MoveEntry(manager: StaffID(manager)), by: session.staffID)
        }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func show(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let number = try number(context)
        let page = try await branch.ask { try MoveReceiptPage($0, number, by: session.staffID) }
        return try await branch.site.respond(page, request, context)
    }

    /// Shows what would be done, or does it; the form comes back where it is refused.
    @Sendable private func take(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        guard let entry = MoveEntry(context.form) else { throw Trouble.malformed }
        func again(_ failure: Text?) async throws -> Response {
            let page = try await branch.ask {
                try MoveFormPage($0, entry, by: session.staffID, failure: failure)
            }
            return try await branch.site.respond(
                page, status: failure == nil ? .ok : .unprocessableContent, request, context)
        }
        let act = context.form["act"] ?? "check"
        if act == "change" { return try await again(nil) }
        guard let day = entry.date.flatMap({ BusinessDay($0) }) else {
            return try await again(Text("program.invalid-date", ["text": entry.date ?? ""]))
        }
        let order = entry.order(on: day)
        do {
            switch act {
            case "check":
                let page = try await branch.ask {
                    try MoveCheckPage($0, entry, order, by: session.staffID)
                }
                return try await branch.site.respond(page, request, context)
            case "draft", "submit":
                let receipt = try await branch.ask {
                    try $0.moveBook(
                        order, by: session.staffID, asDraft: act == "draft",
                        changing: entry.draft)
                }
                return branch.site.redirect(
                    to: "/moves/\(receipt.move.number)",
                    saying: receipt.flash, request)
            default: throw Trouble.malformed
            }
        } catch let refusal as Refusal where refusal.reason != .notAllowed {
            return try await again(Text(refusal.key, refusal.facts))
        }
    }

    @Sendable private func submit(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let number = try number(context)
        let receipt = try await branch.ask {
            try $0.submitMove(number, by: session.staffID)
        }
        return branch.site.redirect(
            to: "/moves/\(number)", saying: receipt.flash, request)
    }

    @Sendable private func cancel(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let number = try number(context)
        _ = try await branch.ask { try $0.cancelMove(number, by: session.staffID) }
        return branch.site.redirect(
            to: "/moves/\(number)", saying: Text("flash.move-cancelled"), request)
    }

    private func number(_ context: PageContext) throws -> Int64 {
        let text: ID<BookMove> = try context.identity("number")
        guard let number = Int64(text.rawValue) else { throw Trouble.notFound }
        return number
    }
}

extension BookReceipt {
    fileprivate var flash: Text {
        move.state == .done && progress.refused > 0
            ? Text("flash.move-done-partly") : Text("flash.move-\(move.state.rawValue)")
    }
}
