import Bank
import Commands
import Store

extension BookOwner {
    var json: JSONValue {
        [
            "count": JSONValue(customers), "in_office": .bool(isInOffice),
            "manager": JSONValue(staff), "name": .string(name), "settled": JSONValue(settled),
        ]
    }
}

extension BookReceipt {
    /// Exit code 1 where any customer could not be moved.
    func answer(_ caller: Caller) -> Answer {
        var json = progress.json.object ?? [:]
        json["reason"] = .string(move.order.reason)
        json["rows"] = .array(rows.map { $0.json(caller) })
        return Answer(
            json: .object(json), lines: [progress.line(caller)] + rows.map { $0.line(caller) },
            exit: progress.refused > 0 ? .refused : .done)
    }
}

extension BookReceipt {
    /// With a warning of each receiver whose book has become fuller than is advised.
    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        var answer = answer(caller)
        var json = answer.json.object ?? [:]
        let over = move.state == .done ? try store.fullBooks(of: move.order.receivers, caller) : []
        json["over_cap"] = .bool(!over.isEmpty)
        answer.json = .object(json)
        answer.lines += over
        return answer
    }
}

extension BookProgress {
    var json: JSONValue {
        let order = move.order
        return [
            "count": JSONValue(customers), "done": JSONValue(done),
            "effective_on": JSONValue(order.effectiveOn),
            "ended_at": JSONValue(move.endedAt.map(instant)), "kind": .string(order.kind.rawValue),
            "made_at": .string(instant(move.madeAt)), "made_by": JSONValue(move.madeBy),
            "manager": JSONValue(order.manager), "number": .int(move.number),
            "receivers": .array(order.receivers.map { JSONValue($0) }),
            "refused": JSONValue(refused), "state": .string(move.state.rawValue),
            "submitted_at": JSONValue(move.submittedAt.map(instant)),
            "submitted_by": JSONValue(move.submittedBy), "whole": .bool(order.customers == nil),
        ]
    }

    func line(_ caller: Caller) -> String {
        let order = move.order
        return caller.say(
            "book.line",
            [
                "number": String(move.number),
                "kind": caller.say("move.kind-\(order.kind.rawValue)"),
                "manager": order.manager.rawValue,
                "receivers": order.receivers.isEmpty
                    ? caller.say("book.pool")
                    : order.receivers.map(\.rawValue).joined(separator: ", "),
                "count": String(customers), "date": order.effectiveOn.description,
                "state": caller.say("move-state.\(move.state.rawValue)"), "done": String(done),
                "refused": String(refused),
            ])
    }
}

extension BookMoveRow {
    private var result: String {
        refusal != nil ? "refused" : claim != nil ? "moved" : "open"
    }

    fileprivate func json(_ caller: Caller) -> JSONValue {
        [
            "claim": JSONValue(claim), "customer": JSONValue(customer),
            "message": JSONValue(refusal.map { caller.say($0.key, $0.facts) }),
            "reason": JSONValue(refusal?.reason.rawValue), "receiver": JSONValue(receiver),
            "result": .string(result),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "book.row",
            [
                "customer": customer.rawValue,
                "receiver": receiver?.rawValue ?? caller.say("book.pool"),
                "result": refusal.map { caller.say($0.key, $0.facts) }
                    ?? caller.say("move-result.\(result)"),
            ])
    }
}
