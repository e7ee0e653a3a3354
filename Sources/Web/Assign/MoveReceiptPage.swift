package import Bank
package import Pages

/// A move as it was ordered and what became of each customer; made to be printed.
package struct MoveReceiptPage: Page {
    package static let template = "assign/move-receipt"

    package let title: Text
    package let state: Badge
    package let kind: Text
    package let from: String
    package let to: [Text]
    package let effectiveOn: BusinessDay
    package let reason: String
    package let made: Text
    package let submitted: Text?
    /// What its end is called.
    package let end: Text
    package let ended: Text?
    package let summary: Text
    package let rows: [Row]
    package let path: String
    /// Where a draft is changed.
    package let changeLink: String?
    package let mayCancel: Bool
    /// Its carrying out was cut off.
    package let mayGoOn: Bool

    package init(
        _ move: BookMove, from: String, to: [String], made by: String, submitted submitter: String?,
        isBegun: Bool, isDue: Bool, rows: [Row]
    ) {
        let order = move.order
        title = Text("moves.receipt-title", ["number": String(move.number)])
        state = Badge("move-state", move.state.rawValue)
        kind = Text("move.kind-\(order.kind.rawValue)")
        self.from = from
        self.to = Text.receivers(to)
        effectiveOn = order.effectiveOn
        reason = order.reason
        func act(_ name: String, _ at: Int64) -> Text {
            Text("moves.act", ["name": name, "at": Moment(unixMilliseconds: at)])
        }
        made = act(by, move.madeAt)
        submitted = move.submittedAt.map { act(submitter ?? "–", $0) }
        ended = move.endedAt.map {
            Text("moves.ended", ["at": Moment(unixMilliseconds: $0)])
        }
        end = Text(move.state == .cancelled ? "moves.cancelled-at" : "moves.end")
        let refused = rows.count { $0.isRefused }
        let done = rows.count { $0.isMoved }
        let facts = ["done": done, "refused": refused, "open": rows.count - done - refused]
        let sentence =
            switch move.state {
            case .cancelled: "moves.summary-cancelled"
            case .done: "moves.summary"
            case .draft, .submitted: isBegun ? "moves.summary-begun" : "moves.planned"
            }
        summary = Text(sentence, facts)
        self.rows = rows
        path = "/moves/\(move.number)"
        changeLink =
            move.state == .draft
            ? PageLink(
                "/moves/new",
                ["manager": order.manager.rawValue, "draft": String(move.number)]
            ).text : nil
        mayCancel = move.state == .draft || move.state == .submitted && !isBegun
        mayGoOn = move.state == .submitted && isDue
    }

    package struct Row: Sendable {
        package let number: CustomerNumber
        /// Masked.
        package let name: String
        package let receiver: Text
        package let result: Badge
        package let sentence: Text?
        let isRefused: Bool
        let isMoved: Bool

        package init(
            number: CustomerNumber, name: String, receiver: String?, isMoved: Bool,
            refusal: Refusal?
        ) {
            self.number = number
            self.name = name
            self.receiver =
                refusal != nil && receiver == nil
                ? Text("moves.stays")
                : receiver.map { Text("moves.receiver", ["name": $0]) } ?? Text("moves.pool")
            isRefused = refusal != nil
            self.isMoved = isMoved
            result = Badge("move-result", isRefused ? "refused" : isMoved ? "moved" : "open")
            sentence = refusal.map { Text($0.key, $0.facts) }
        }
    }
}
