import Bank
import Commands
import Store

/// The document of an assignment by rule: one row for each customer, one for each manager.
struct PlanShape {
    private let plan: AssignmentPlan
    /// What became of the plan; nil where it was a preview.
    private let results: [CustomerNumber: Assignment]?
    /// What the books became.
    private let sizes: [StaffID: BookSize]

    init(plan: AssignmentPlan, results: [Assignment]?, books: [Store.Book]) {
        self.plan = plan
        self.results = results.map { results in
            Dictionary(results.map { ($0.customer, $0) }) { one, _ in one }
        }
        sizes = Dictionary(books.map { ($0.manager.id, $0.size) }) { one, _ in one }
    }

    func answer(_ caller: Caller) -> Answer {
        let refusals = plan.rows.compactMap(refusal)
        return Answer(
            json: [
                "books": .array(plan.books.map(json)), "business_date": JSONValue(plan.date),
                "cap": JSONValue(plan.books.first.map { Int64($0.cap) }),
                "preview": .bool(results == nil),
                "results": .array(plan.rows.map { json($0, caller) }),
                "rule": .string(plan.rule.rawValue),
            ],
            lines: plan.rows.compactMap { line($0, caller) } + plan.books.map { line($0, caller) },
            exit: refusals.isEmpty ? .done : .refused,
            diagnostics: refusals.map { caller.say($0.key, $0.facts) })
    }

    private func manager(_ row: AssignmentPlan.Row) -> StaffID? {
        guard case .goes(_, let manager) = row.fate else { return nil }
        return manager
    }

    /// By the preview, or since.
    private func refusal(_ row: AssignmentPlan.Row) -> Refusal? {
        switch row.fate {
        case .refused(let refusal): refusal
        case .goes: results?[row.customer]?.refusal
        }
    }

    private func after(_ book: BookChange) -> BookSize {
        sizes[book.manager.id] ?? book.after
    }

    private func json(_ row: AssignmentPlan.Row, _ caller: Caller) -> JSONValue {
        let refusal = refusal(row)
        let done: JSONValue = results == nil ? "planned" : "assigned"
        return [
            "claim": JSONValue(results?[row.customer]?.claim),
            "customer": JSONValue(row.customer), "manager": JSONValue(manager(row)),
            "message": JSONValue(refusal.map { caller.say($0.key, $0.facts) }),
            "reason": JSONValue(refusal?.reason.rawValue),
            "result": refusal == nil ? done : "refused",
        ]
    }

    private func json(_ book: BookChange) -> JSONValue {
        let after = after(book)
        return [
            "assets_after_half_fen": JSONValue(after.assets),
            "assets_before_half_fen": JSONValue(book.before.assets),
            "customers_after": JSONValue(after.customers),
            "customers_before": JSONValue(book.before.customers),
            "manager": JSONValue(book.manager.id), "over_cap": .bool(after.customers > book.cap),
        ]
    }

    private func line(_ row: AssignmentPlan.Row, _ caller: Caller) -> String? {
        guard refusal(row) == nil, let manager = manager(row) else { return nil }
        return caller.say(
            results == nil ? "assign.would" : "assign.done-to",
            ["customer": row.customer.rawValue, "manager": manager.rawValue])
    }

    private func line(_ book: BookChange, _ caller: Caller) -> String {
        let after = after(book)
        return caller.say(
            after.customers > book.cap ? "assign.book-over" : "assign.book",
            [
                "manager": book.manager.id.rawValue, "before": String(book.before.customers),
                "after": String(after.customers), "cap": String(book.cap),
            ])
    }
}
