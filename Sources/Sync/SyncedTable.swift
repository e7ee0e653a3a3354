package import Bank

/// A kind of record that outlets send to head office; the list is in the order in which a batch is
/// applied, parents first.
///
/// To add one: an entry here, a table with its `sequence` and triggers in `schema/branch`, a query
/// in the node's `Store`, a table in `schema/first-tier`.
package struct SyncedTable: Sendable {
    package enum Kind: Sendable {
        case text, integer
        /// A business date, in days since 1970-01-01.
        case day
        /// Bytes that are shown and sent in hexadecimal: blind indexes.
        case bytes
        /// Sealed on both disks, each under its own key; in clear only inside the exchange.
        case sealed
    }

    package struct Column: Sendable {
        package let name: String
        package let kind: Kind
        package let isOptional: Bool
    }

    /// Who gets a record through head office beside the outlet that wrote it. A batch says it in a
    /// column of its own, so that a head office that does not know the table passes it on as well.
    package enum Audience: String, Sendable {
        /// The outlets that serve the customer whom the column `customer` names.
        case customer
        /// Every outlet of the first-tier branch.
        case firstTier = "first-tier"
    }

    package let name: String
    /// The columns that, with the outlet, name a record.
    package let key: [String]
    package private(set) var columns: [Column]
    /// Whether people entered it, so that no extract brings it again: a node that lost it gets it
    /// back from head office.
    package private(set) var isEntered = false
    /// Whether a transaction that wrote one travels ahead of everything else.
    package private(set) var isUrgent = false
    /// Who else gets it through head office; nobody where nil.
    package private(set) var audience: Audience?
    /// A column that names a row of this table, on which the record depends.
    package private(set) var dependsOn: String?

    /// The block of a batch that says where its transactions end.
    package static let transactions = "transaction"
    /// The column that carries the outlet's sequence of a row's last change.
    package static let version = "version"
    /// The column that says to whom head office passes a record on.
    package static let audience = "audience"

    package static func named(_ name: String) -> SyncedTable? { all.first { $0.name == name } }

    package static let all: [SyncedTable] = [
        SyncedTable(
            "reopening", key: ["id"], text("id"), day("fromDate")),
        SyncedTable(
            "customer", key: ["number"], text("number"), sealed("name"), bytes("nameIndex"),
            text("idType"), sealed("idNumber").optional, bytes("idNumberIndex").optional,
            sealed("mobile").optional, bytes("mobileIndex").optional,
            text("mergedInto").optional, day("factsFrom")),
        SyncedTable(
            "dayClose", key: ["date"], day("date"), integer("estimated"), integer("accounts"),
            integer("balanceSum"), integer("potentialIn"), integer("potentialOut"),
            integer("targetIn"), integer("targetOut"), integer("gold").optional,
            integer("platinum").optional, integer("diamond").optional),
        SyncedTable(
            "standing", key: ["customer", "date"], text("customer"), day("date"), text("pool"),
            day("poolSince"), text("origin").optional, text("tier").optional,
            day("tierSince").optional, day("belowSince").optional,
            integer("accounts"), integer("balance"), integer("financialAssets"),
            integer("largestAccount"), integer("accumulated"),
            day("lastAtMinimum").optional, day("demandAccountOpened").optional,
            integer("activeCard")),
        SyncedTable(
            "claim", key: ["id"], text("id"), text("customer"), text("author"), text("content")
        ).entered.urgent,
        SyncedTable(
            "disputeStep", key: ["id"], text("id"), text("dispute"), text("customer"),
            text("author"), sealed("content")
        ).entered.urgent.depending(on: "dispute"),
        SyncedTable(
            "profileEdit", key: ["id"], text("id"), text("author"), text("customer"),
            text("field"), sealed("value").optional, sealed("note").optional,
            text("lifts").optional, integer("at"), integer("counter"), text("node"),
            integer("writtenAt"), integer("writtenCounter"), text("staff"), day("date")
        ).entered.urgent.passedOn(to: .customer),
        SyncedTable(
            "targetRenewal", key: ["id"], text("id"), text("customer"), day("date"),
            text("staff"), sealed("reason"), integer("at")
        ).entered,
        SyncedTable(
            "contact", key: ["id"], text("id"), text("customer"), text("staff"), text("way"),
            day("date"), sealed("note"), day("followUpOn").optional,
            text("amends").optional, integer("at")
        ).entered.depending(on: "amends"),
        SyncedTable(
            "reminder", key: ["id"], text("id"), text("staff"), text("kind"),
            text("customer").optional, day("dueOn"), text("facts"), integer("at"),
            integer("doneAt").optional, text("movedTo").optional
        ).entered,
        SyncedTable(
            "customerKey", key: ["id"], text("id"), text("author"), text("customer"),
            sealed("name").optional, text("indexes")
            // A node put back would say some of it anew, and never what it no longer knows it said.
        ).entered.passedOn(to: .firstTier),
    ]

    /// Marketing records of outlets that owned a customer before, as the owner's outlet keeps them. No
    /// outlet sends them: they follow the customer.
    package static let pastContact = SyncedTable(
        "pastContact", key: ["outlet", "id"], text("outlet"), text("id"), text("customer"),
        text("staff"), text("way"), day("date"), sealed("note"), day("followUpOn").optional,
        integer("at"))

    /// What the first-tier branch decided of a customer. No outlet sends it: head office's close
    /// writes it, and the outlets that do not find it by themselves are told.
    package static let tierStanding = SyncedTable(
        "tierStanding", key: ["customer"], text("customer"), day("date"), text("pool"),
        day("poolSince"), text("origin").optional, text("tier").optional,
        day("tierSince").optional, day("belowSince").optional, integer("financialAssets"),
        integer("largestAccount"), integer("accumulated"), day("lastAtMinimum").optional,
        integer("activeCard"), integer("outlets"), text("history"), integer("said"))

    private init(_ name: String, key: [String], _ columns: Column...) {
        self.name = name
        self.key = key
        self.columns = columns
    }

    private var entered: SyncedTable { with { $0.isEntered = true } }
    private var urgent: SyncedTable { with { $0.isUrgent = true } }
    private func passedOn(to audience: Audience) -> SyncedTable { with { $0.audience = audience } }
    private func depending(on column: String) -> SyncedTable { with { $0.dependsOn = column } }

    /// The table with some of its columns: the key first, then the others in the order of their names,
    /// so that every version means the same by them; nil where the key is not among them.
    func restricted(to names: Set<String>) -> SyncedTable? {
        guard names.isSuperset(of: key) else { return nil }
        let others = columns.filter { names.contains($0.name) && !key.contains($0.name) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return with { table in
            table.columns =
                key.compactMap { name in columns.first { $0.name == name } } + others
        }
    }

    private func with(_ change: (inout SyncedTable) -> Void) -> SyncedTable {
        var table = self
        change(&table)
        return table
    }

    private static func text(_ name: String) -> Column { Column(name, .text) }
    private static func integer(_ name: String) -> Column { Column(name, .integer) }
    private static func day(_ name: String) -> Column { Column(name, .day) }
    private static func bytes(_ name: String) -> Column { Column(name, .bytes) }
    private static func sealed(_ name: String) -> Column { Column(name, .sealed) }
}

extension SyncedTable.Column {
    fileprivate init(_ name: String, _ kind: SyncedTable.Kind) {
        self.init(name: name, kind: kind, isOptional: false)
    }

    fileprivate var optional: SyncedTable.Column {
        SyncedTable.Column(name: name, kind: kind, isOptional: true)
    }

    /// What its cells are on the wire.
    package var wireType: WireType {
        switch kind {
        case .integer, .day: .integer
        case .bytes: .bytes
        case .text, .sealed: .text
        }
    }

    /// Whether a cell that arrived may stand in the column.
    package func admits(_ cell: Cell) -> Bool { rule.admits(cell) }

    /// The column without its name: what is asked of every cell.
    package var rule: CellRule { CellRule(kind: kind, isOptional: isOptional) }

    /// From 1600 to 2999, as business dates are.
    fileprivate static let days: ClosedRange<Int64> = -135_140...376_199

    /// Far above any amount or instant, and so small that sums over a branch stay integers.
    fileprivate static let largestInteger: UInt64 = 1 << 52
    /// A note has at most 2,000 characters, a claim less.
    fileprivate static let longestText = 16 * 1024

    /// Whether a value that arrived may stand in the column.
    package func admits(_ value: JSONValue) -> Bool {
        switch value {
        case .null: isOptional
        case .int(let number):
            kind == .integer && number.magnitude <= Self.largestInteger
                || kind == .day && Self.days.contains(number)
        case .string(let text):
            kind != .integer && kind != .day && text.utf8.count <= Self.longestText
        default: false
        }
    }
}

/// What the cells of a column may be.
package struct CellRule: Sendable {
    package let kind: SyncedTable.Kind
    let isOptional: Bool

    package var isText: Bool { kind == .text || kind == .sealed }

    package func admits(_ cell: Cell) -> Bool {
        switch cell {
        case .empty: isOptional
        case .integer(let number):
            kind == .integer && number.magnitude <= SyncedTable.Column.largestInteger
                || kind == .day && SyncedTable.Column.days.contains(number)
        case .bytes(let bytes):
            bytes.count <= SyncedTable.Column.longestText
                && (kind == .bytes || isText && bytes.isUTF8)
        }
    }
}
