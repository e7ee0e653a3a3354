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
            .post("assignments", use: assign)
    }

    @Sendable private func pending(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        _ = try context.session(for: .assign, atLeast: .outlet)
        let question = PendingPage.Question(Form(encoded: request.uri.query ?? "") ?? Form())
        let page = try await branch.ask { try PendingPage($0, question) }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func elsewhere(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        _ = try context.session(for: .assign, atLeast: .outlet)
        let number = Form(encoded: request.uri.query ?? "")?["page"].flatMap(Int.init) ?? 1
        let page = try await branch.ask { try ElsewherePage($0, page: number) }
        return try await branch.site.respond(page, request, context)
    }

    @Sendable private func assign(
        _ request: Request, _ context: PageContext
    ) async throws -> Response {
        let session = try context.session(for: .assign, atLeast: .outlet)
        let numbers = context.form.all("customer").map { CustomerNumber($0) }
        guard !numbers.isEmpty, let manager = context.form["manager"] else {
            throw Trouble.refused(Text("assignment.nothing-chosen"))
        }
        guard numbers.allSatisfy({ $0.rawValue.utf8.count <= PageContext.identityMaximum }) else {
            throw Trouble.malformed
        }
        let page = try await branch.ask {
            try AssignmentPage($0, numbers, to: StaffID(manager), by: session.staffID)
        }
        return try await branch.site.respond(page, request, context)
    }
}

extension PendingPage {
    fileprivate init(_ store: BranchStore, _ question: Question) throws {
        let all = try store.pendingCustomers()
        let books = try store.books()
        let rows = all.sorted(by: question.sort, number: \.number) { $0.rank($1) }
        self.init(
            rows: Paging.rows(of: rows, on: question.page).map {
                Row(
                    number: $0.number, name: Mask.name($0.name), tier: $0.tier,
                    assets: $0.financialAssets, daysWaiting: $0.daysWaiting)
            },
            total: all.count, elsewhere: try store.ownedElsewhere().count,
            managers: books.map {
                Manager(
                    id: $0.manager.id, name: $0.manager.name, book: $0.customers, bookCap: $0.cap)
            },
            bookCap: books.first?.cap ?? 200, question: question,
            provisionalOn: try store.provisionalDate())
    }
}

extension PendingCustomer {
    fileprivate func rank(_ order: PendingPage.Order) -> Rank {
        switch order {
        case .name: .text(name)
        case .number: .text(number.rawValue)
        case .tier: .place(tier)
        case .assets: .number(financialAssets.rawValue)
        case .waiting: .number(Int64(daysWaiting))
        }
    }
}

extension ElsewherePage {
    fileprivate init(_ store: BranchStore, page: Int) throws {
        let all = try store.ownedElsewhere()
        let shown = Paging.rows(of: all, on: page)
        let names = try store.names(of: shown.compactMap(\.owner.manager))
        self.init(
            rows: shown.map { customer in
                Row(
                    number: customer.number, name: Mask.name(customer.name),
                    owner: Owner(
                        manager: customer.owner.manager.map { names[$0] ?? $0.rawValue },
                        outlet: customer.outletName, since: customer.owner.since),
                    state: customer.state)
            },
            pending: try store.pendingCustomers().count, total: all.count, page: page)
    }
}

extension AssignmentPage {
    /// Assigns, and says what became of each.
    fileprivate init(
        _ store: BranchStore, _ numbers: [CustomerNumber], to manager: StaffID,
        by supervisor: StaffID
    ) throws {
        let results = try store.assign(numbers, to: manager, by: supervisor)
        let names = try store.names(of: numbers)
        self.init(
            manager: try store.names(of: [manager])[manager] ?? manager.rawValue,
            rows: try results.map { result in
                let name = names[result.customer].map(Mask.name) ?? "–"
                if let refusal = result.refusal {
                    return Row(number: result.customer, name: name, refused: refusal)
                }
                return Row(
                    number: result.customer, name: name,
                    assigned: try store.ownership(of: result.customer).state)
            })
    }
}
