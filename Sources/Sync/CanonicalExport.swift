package import Bank

/// Everything that a node and head office hold in common of one outlet, as lines that are the same
/// bytes on both sides when they are in step.
///
///     {"row":{COLUMN:VALUE,…},"table":NAME}
///
/// One line of canonical JSON a row, sorted by table and then by key: by bytes where it is text,
/// by size where it is a number. A sealed field stands as the blind index of its text, so that the
/// content is compared and no identifier shown. In scope are what the outlet sends
/// (`SyncedTable.all` but `reopening`, which is carried out and not kept), the claims and the steps
/// of disputes that it may see, the claims with what became of them, the last settlement record of
/// every customer with the decision where it may see it, the marketing records that followed its
/// customers from other outlets, and the organisation of its first-tier branch. What was never
/// agreed on is not: what was set apart and given up, sessions, drafts, keys, audit, the state of
/// the line, what is derived from the rest.
package struct CanonicalExport: Sendable {
    /// The tables in the order of the export. Claims are the same table on both sides and so have
    /// a part of their own.
    package enum Part: Sendable {
        case synced(SyncedTable)
        /// Own ones and others', as of claims.
        case steps(SyncedTable)
        /// Own ones and, of customers that the outlet serves, others'.
        case profiles(SyncedTable)
        /// Own ones and others', of customers whom their outlets know.
        case keys(SyncedTable)
        /// Others', of customers who are the outlet's now.
        case past(SyncedTable)
        case claims
        case settlements
        case organisation

        package var name: String {
            switch self {
            case .synced(let table), .steps(let table), .profiles(let table), .keys(let table),
                .past(let table):
                table.name
            case .claims: "claim"
            case .settlements: "settlement"
            case .organisation: "organisation"
            }
        }
    }

    package static let parts: [Part] = {
        let synced = SyncedTable.all.filter { $0.name != "claim" && $0.name != "reopening" }
        return
            (synced.map { table in
                switch table.name {
                case "disputeStep": Part.steps(table)
                case "profileEdit": Part.profiles(table)
                case "customerKey": Part.keys(table)
                default: Part.synced(table)
                }
            } + [
                .past(.pastContact), .claims, .settlements, .organisation,
            ])
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }()

    package static func line(_ table: String, _ row: [String: JSONValue]) -> String {
        let line: JSONValue = ["row": .object(row), "table": .string(table)]
        return line.description
    }

    package static func claim(
        _ id: ClaimID, _ content: JSONValue, _ outcome: Decision.Outcome?
    ) -> String {
        line(
            Part.claims.name,
            [
                "content": content, "id": JSONValue(id), "outcome": JSONValue(outcome?.rawValue),
            ])
    }

    package static func settlement(
        _ customer: CustomerNumber, record: JSONValue, signature: String, decision: JSONValue?
    ) -> String {
        line(
            Part.settlements.name,
            [
                "customer": JSONValue(customer), "decision": decision ?? .null, "record": record,
                "signature": .string(signature),
            ])
    }

    /// The organisation as a node holds it.
    ///
    /// - Parameter index: the blind index of a mobile number.
    package static func lines(
        of organisation: Organisation, index: (String) -> String
    ) -> [String] {
        func lines<Item, Key: Comparable>(
            _ kind: String, _ items: [Item], by key: (Item) -> Key,
            _ row: (Item) -> [String: JSONValue]
        ) -> [String] {
            items.sorted { key($0) < key($1) }.map {
                line(Part.organisation.name, row($0).merging(["kind": .string(kind)]) { $1 })
            }
        }
        return lines("holiday", organisation.holidays, by: \.date) {
            ["date": JSONValue($0.date), "day": .string($0.kind.rawValue)]
        }
            + lines(
                "parameter", organisation.parameters,
                by: { "\($0.name)\u{0}\($0.scope.rawValue)\u{0}\($0.effectiveFrom)" as ByteText }
            ) {
                [
                    "effectiveFrom": JSONValue($0.effectiveFrom), "name": .string($0.name),
                    "scope": .string($0.scope.rawValue), "value": .string($0.value),
                ]
            }
            + lines("staff", organisation.staff, by: \.id) {
                [
                    "active": .bool($0.active), "id": JSONValue($0.id),
                    "mobile": JSONValue($0.mobile.map(index)), "name": .string($0.name),
                    "roles": .array($0.roles.map(\.rawValue).sorted().map(JSONValue.string)),
                    "unit": JSONValue($0.unit),
                ]
            }
            + lines("unit", organisation.units, by: \.code) { unit in
                var row: [String: JSONValue] = [
                    "code": JSONValue(unit.code), "level": .string(unit.level.rawValue),
                    "name": .string(unit.name), "parent": JSONValue(unit.parent),
                ]
                if !unit.active { row["active"] = .bool(false) }
                return row
            }
    }
}

/// Text that is ordered by its bytes.
private struct ByteText: Comparable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: String) { text = value }

    static func < (left: ByteText, right: ByteText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
