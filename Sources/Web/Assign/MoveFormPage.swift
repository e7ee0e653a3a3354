package import Bank
package import Pages

/// What is to happen to a manager's book: to whom, whom of it, when and why.
package struct MoveFormPage: Page {
    package static let template = "assign/move-form"

    package let title: Text
    package let manager: StaffID
    package let isOut: Bool
    package let kinds: [Choice]
    package let receivers: [Choice]
    package let scopes: [Choice]
    package let rows: [Row]
    package let date: String
    package let earliest: BusinessDay
    package let reason: String
    package let longestReason: String
    /// In digits alone; nil unless a draft is being changed.
    package let draft: String?
    package let failure: Text?

    package init(
        _ entry: MoveEntry, name: String, isInOffice: Bool, managers: [PendingPage.Manager],
        rows: [Row], earliest: BusinessDay, failure: Text? = nil
    ) {
        title = Text("moves.form-title", ["name": name, "book": rows.count])
        manager = entry.manager
        isOut = !isInOffice
        kinds = BookMove.Kind.allCases.map {
            Choice(
                code: $0.rawValue, text: Text("move.kind-\($0.rawValue)"),
                isChosen: $0 == entry.kind)
        }
        receivers = managers.filter { $0.id != entry.manager }.map {
            Choice(
                code: $0.id.rawValue, text: $0.label, isChosen: entry.receivers.contains($0.id))
        }
        scopes = [
            Choice(code: "whole", text: Text("moves.whole"), isChosen: entry.isWhole),
            Choice(code: "chosen", text: Text("moves.chosen"), isChosen: !entry.isWhole),
        ]
        self.rows = rows
        date = entry.date ?? earliest.description
        self.earliest = earliest
        reason = entry.reason
        longestReason = String(DisputeStep.longestText)
        draft = entry.draft.map { String($0) }
        self.failure = failure
    }

    package var address: String? {
        PageLink("/moves/new", ["manager": manager.rawValue, "draft": draft]).text
    }

    package struct Choice: Sendable {
        package let code: String
        package let text: Text
        package let isChosen: Bool
    }

    /// A customer of the book.
    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let tier: Badge
        package let assets: HalfFen
        package let isChosen: Bool

        package init(
            number: CustomerNumber, name: String, tier: Tier?, assets: HalfFen, isChosen: Bool
        ) {
            self.number = number
            self.name = name
            self.tier = Badge(tier)
            self.assets = assets
            self.isChosen = isChosen
        }
    }
}

/// What was typed into the form, and comes back with it where it is refused.
package struct MoveEntry: Sendable {
    package var manager: StaffID
    package var kind: BookMove.Kind = .handOver
    package var receivers: [StaffID] = []
    package var isWhole = true
    package var customers: [CustomerNumber] = []
    package var date: String?
    package var reason = ""
    /// The draft whose place it takes.
    package var draft: Int64?

    package init(manager: StaffID) {
        self.manager = manager
    }

    /// Nil for what no form of ours sends.
    package init?(_ form: Form) {
        let numbers = form.all("customer") + form.all("receiver") + [form["manager"] ?? ""]
        guard let manager = form["manager"],
            let kind = form["kind"].flatMap(BookMove.Kind.init(rawValue:)),
            numbers.allSatisfy({ $0.utf8.count <= PageContext.identityMaximum })
        else { return nil }
        self.manager = StaffID(manager)
        self.kind = kind
        receivers = kind == .recall ? [] : form.all("receiver").map { StaffID($0) }
        isWhole = form["scope"] != "chosen"
        customers = form.all("customer").map { CustomerNumber($0) }
        date = form["date"]
        reason = form["reason"] ?? ""
        draft = form["draft"].flatMap(Int64.init)
    }

    /// As a draft has it.
    package init(_ move: BookMove) {
        manager = move.order.manager
        kind = move.order.kind
        receivers = move.order.receivers
        isWhole = move.order.customers == nil
        customers = move.order.customers ?? []
        date = move.order.effectiveOn.description
        reason = move.order.reason
        draft = move.number
    }

    package func order(on day: BusinessDay) -> BookOrder {
        BookOrder(
            manager: manager, kind: kind, receivers: receivers,
            customers: isWhole ? nil : customers, effectiveOn: day, reason: reason)
    }
}
