import Bank
import Hummingbird
import Pages
import Store
import Vault

/// The supervisor's list of whom nobody looks after, and giving them to managers.
struct AssignRoutes {
    let branch: BranchSite

    var routes: RouteCollection<PageContext> {
        RouteCollection(context: PageContext.self)
            .get("pending", use: pending)
            .get("pending/elsewhere", use: elsewhere)
            .post("assignments/preview", use: preview)
            .post("assignments", use: assign)
    }

    @Sendable private func pending(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let question = PendingPage.Question(Form(encoded: request.uri.query ?? "") ?? Form())
        let page = try await branch.ask {
            try PendingPage($0, question, by: session.staffID)
        }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func elsewhere(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let question = ElsewherePage.Question(Form(encoded: request.uri.query ?? "") ?? Form())
        let page = try await branch.ask {
            try ElsewherePage($0, question, by: session.staffID)
        }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func preview(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let question = try PreviewQuestion(context.form)
        let page = try await branch.ask {
            try PreviewPage($0, question, by: session.staffID)
        }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func assign(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        guard let text = context.form["plan"],
            let order = AssignmentOrder(text, longest: PageContext.identityMaximum),
            !order.shares.isEmpty
        else { throw Trouble.malformed }
        let page = try await branch.ask { try AssignmentPage($0, order, by: session) }
        return try await branch.site.respond(page, request, context)
    }
}

/// What the form of the pending customers asks for.
private struct PreviewQuestion: Sendable {
    let scope: AssignmentScope
    let rule: Distribution.Rule
    let managers: [StaffID]
    let followsSuggestions: Bool

    init(_ form: Form) throws(Trouble) {
        managers = form.all("manager").filter { !$0.isEmpty }.map { StaffID($0) }
        guard let rule = Distribution.Rule(rawValue: form["rule"] ?? "count"),
            let tier = TierFilter(rawValue: form["tier"] ?? "all")
        else { throw .malformed }
        self.rule = rule
        let numbers = form.all("customer").map { CustomerNumber($0) }
        guard numbers.allSatisfy({ $0.rawValue.utf8.count <= PageContext.identityMaximum }) else {
            throw .malformed
        }
        scope = form["whom"] == "all" ? .all(tier) : .chosen(numbers)
        followsSuggestions = form["suggested"] != nil
        guard !managers.isEmpty, form["whom"] == "all" || !numbers.isEmpty else {
            throw .refused(Text("assignment.nothing-chosen"))
        }
    }
}

extension PreviewPage {
    fileprivate init(
        _ store: BranchStore, _ question: PreviewQuestion, by supervisor: StaffID
    ) throws {
        let plan = try store.planAssignment(
            of: question.scope, evenly: question.rule, among: question.managers,
            followingSuggestions: question.followsSuggestions, by: supervisor)
        let names = try store.names(of: plan.rows.map(\.customer)).mapValues(Mask.name)
        let managers = Dictionary(plan.books.map { ($0.manager.id, $0.manager.name) }) { one, _ in
            one
        }
        self.init(
            rule: plan.rule, date: plan.date,
            rows: plan.rows.map { row in
                let name = names[row.customer] ?? "–"
                return switch row.fate {
                case .goes(let customer, let manager):
                    Row(
                        number: row.customer, name: name, tier: customer.tier,
                        assets: customer.financialAssets,
                        to: managers[manager] ?? manager.rawValue)
                case .refused(let refusal):
                    Row(number: row.customer, name: name, refused: refusal)
                }
            },
            books: plan.books.map {
                BookRow(
                    manager: $0.manager.name, staff: $0.manager.id, before: $0.before,
                    after: $0.after, cap: $0.cap)
            },
            order: AssignmentOrder(
                plan.shares.map { .init(customer: $0.customer, manager: $0.manager) }))
    }
}

extension AssignmentPage {
    /// Assigns, and says what became of each.
    fileprivate init(_ store: BranchStore, _ order: AssignmentOrder, by session: Session) throws {
        let results = try store.assign(
            order.shares.map { AssignmentShare(customer: $0.customer, manager: $0.manager) },
            by: session.staffID)
        let names = try store.names(of: results.map(\.customer)).mapValues(Mask.name)
        let managers = try store.names(of: results.map(\.manager))
        self.init(
            rows: try results.map { result in
                let name = names[result.customer] ?? "–"
                let manager = managers[result.manager] ?? result.manager.rawValue
                if let refusal = result.refusal {
                    return Row(
                        number: result.customer, name: name, to: result.manager, manager,
                        refused: refusal)
                }
                return Row(
                    number: result.customer, name: name, to: result.manager, manager,
                    assigned: try store.ownership(of: result.customer).state)
            },
            entered: Text(
                "assignment.entered",
                [
                    "name": session.name, "staff": session.staffID,
                    "date": try store.lastClosed()?.next.description ?? "–",
                ]))
    }
}
