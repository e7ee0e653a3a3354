package import Bank
package import Pages

/// What a move would do, before it is confirmed.
package struct MoveCheckPage: Page {
    package static let template = "assign/move-check"

    package let title: Text
    package let kind: Text
    package let scope: Text
    package let when: Text
    package let reason: String
    package let shares: [Share]
    package let rows: [Row]
    /// What the button says.
    package let confirm: Text
    /// What the form said, once more.
    package let fields: [Field]
    private let manager: StaffID

    package init(
        _ entry: MoveEntry, name: String, effectiveOn: BusinessDay, isDue: Bool, shares: [Share],
        rows: [Row]
    ) {
        let going = rows.count { $0.sentence == nil }
        title = Text(
            entry.kind == .recall ? "moves.check-recall" : "moves.check-title",
            ["name": name, "count": going])
        confirm = Text(entry.kind == .recall ? "moves.confirm-recall" : "moves.confirm")
        kind = Text("move.kind-\(entry.kind.rawValue)")
        scope = Text(entry.isWhole ? "moves.whole" : "moves.chosen-ones")
        when = Text(isDue ? "moves.at-once" : "moves.later", ["date": effectiveOn])
        reason = entry.reason
        self.shares = shares
        self.rows = rows
        manager = entry.manager
        fields =
            [
                Field(name: "manager", value: entry.manager.rawValue),
                Field(name: "kind", value: entry.kind.rawValue),
                Field(name: "scope", value: entry.isWhole ? "whole" : "chosen"),
                Field(name: "date", value: effectiveOn.description),
                Field(name: "reason", value: entry.reason),
            ] + entry.receivers.map { Field(name: "receiver", value: $0.rawValue) }
            + (entry.isWhole ? [] : entry.customers).map {
                Field(name: "customer", value: $0.rawValue)
            } + [entry.draft].compactMap(\.self).map { Field(name: "draft", value: String($0)) }
    }

    package var address: String? {
        PageLink("/moves/new", ["manager": manager.rawValue]).text
    }

    package struct Field: Sendable {
        package let name: String
        package let value: String
    }

    /// How many customers somebody gets.
    package struct Share: Sendable {
        package let receiver: Text
        package let text: Text
        /// Set where the book would be fuller than is advised.
        package let warning: Text?

        package init(receiver: String?, count: Int, book: Int, cap: Int) {
            self.receiver =
                receiver.map { Text("moves.receiver", ["name": $0]) } ?? Text("moves.pool")
            text = Text("moves.share", ["count": count, "book": book])
            warning = receiver != nil && book > cap ? Text("moves.full", ["cap": cap]) : nil
        }
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let receiver: Text
        /// Why they would not go.
        package let sentence: Text?

        package init(
            number: CustomerNumber, name: String, receiver: String?, refusal: Refusal? = nil
        ) {
            self.number = number
            self.name = name
            self.receiver =
                refusal != nil
                ? Text("moves.stays")
                : receiver.map { Text("moves.receiver", ["name": $0]) } ?? Text("moves.pool")
            sentence = refusal.map { Text($0.key, $0.facts) }
        }
    }
}
