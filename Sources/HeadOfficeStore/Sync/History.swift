import Bank
import GRDB
import Sync
import Vault

extension BatchIntake {
    /// An outlet that does not own the customers any more has sent more of their history: marketing
    /// records, or reminders that it closed as moved. The owner's outlet is to get it.
    mutating func followCustomers(of block: Block) throws {
        let owned = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM ownership WHERE outlet <> ?)"),
            arguments: [outlet])
        guard owned == true else { return }
        for customer in try customers(of: block) {
            let isElsewhere = try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM ownership WHERE customer = ? AND outlet <> ?)
                        """),
                arguments: [customer, outlet])
            if isElsewhere == true {
                try db.noteHistory(of: CustomerNumber(customer), sequence: db.nextSequence())
            }
        }
    }

    /// Those whom the block's rows are about; of reminders, whose were moved.
    private func customers(of block: Block) throws -> Set<String> {
        var block = block
        guard let customer = block.index(of: "customer") else { return [] }
        let moved = block.index(of: "movedTo")
        guard block.table == "contact" || moved != nil else { return [] }
        var customers: Set<String> = []
        for _ in 0..<block.rows {
            let cell = try block.columns[customer].next()
            if let moved, case .empty = try block.columns[moved].next() { continue }
            customers.insert(cell.text)
        }
        return customers
    }
}

extension Database {
    func noteHistory(of customer: CustomerNumber, sequence: Int64) throws {
        try cachedStatement(
            sql: "INSERT OR REPLACE INTO history (customer, sequence) VALUES (?, ?)"
        ).execute(arguments: [customer, sequence])
    }

    /// Of a customer who is the receiver's now, what outlets wrote that were the owner's before: it
    /// follows the customer. What others who serve the customer wrote stays theirs.
    private static func isPast(_ outlet: String) -> String {
        """
        item.outlet <> \(outlet) AND EXISTS (SELECT 1 FROM settlement AS s
            WHERE s.customer = item.customer AND json_extract(s.record, '$.outlet') = item.outlet)
        """
    }

    /// As the index of marketing records by customer says it.
    private static let isInLot = "item.number / 16384 = contactLot.lot"

    /// Whether a customer has had an owner elsewhere: without one there is no past to look for, and
    /// it would be looked for in every lot.
    private static func hasPast(_ customer: String, _ outlet: String) -> String {
        """
        EXISTS (SELECT 1 FROM settlement AS earlier
            WHERE earlier.customer = \(customer)
                AND json_extract(earlier.record, '$.outlet') <> \(outlet))
        """
    }

    /// Joins the rows of `contact` or `reminder` that are about a customer. The index of marketing
    /// records by customer is one for each lot.
    private static func join(_ table: String, of customer: String) -> String {
        table == "contact"
            ? """
            CROSS JOIN contactLot
            CROSS JOIN contact AS item
                ON \(isInLot) AND item.customer = \(customer)
            """
            : "JOIN \(table) AS item ON item.customer = \(customer)"
    }

    /// All marketing records that have followed customers to an outlet.
    static func pastContacts(outlet: String) -> String {
        """
        SELECT item.* FROM ownership
        \(join("contact", of: "ownership.customer")) AND \(isPast(outlet))
        WHERE ownership.outlet = \(outlet) AND \(hasPast("ownership.customer", outlet))
        """
    }

    /// The sequences and sizes of what follows customers, a row for each record.
    ///
    /// NB: what changed is few, what an outlet owns is much: a cross join keeps that order.
    static let sequencesFollowing = """
        SELECT history.sequence, length(item.note) FROM history
        CROSS JOIN ownership
            ON ownership.customer = history.customer AND ownership.outlet = ?2
        \(join("contact", of: "history.customer")) AND \(isPast("?2"))
        WHERE history.sequence > ?1 AND \(hasPast("history.customer", "?2"))
        UNION ALL
        SELECT history.sequence, length(item.facts) FROM history
        CROSS JOIN ownership
            ON ownership.customer = history.customer AND ownership.outlet = ?2
        \(join("reminder", of: "history.customer")) AND \(isPast("?2"))
            \(isMoved("reminder"))
        WHERE history.sequence > ?1
        """

    /// The rows of `contact` or `reminder` that follow customers to the receiver, with the sequence
    /// at which that was last news.
    fileprivate func following(
        _ table: String, to outlet: UnitCode, after: Int64, through: Int64
    ) throws -> [Row] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT item.*, history.sequence AS news FROM history
                CROSS JOIN ownership
                    ON ownership.customer = history.customer AND ownership.outlet = ?2
                \(Self.join(table, of: "history.customer")) AND \(Self.isPast("?2"))
                    \(Self.isMoved(table))
                WHERE history.sequence > ?1 AND history.sequence <= ?3
                    AND \(Self.hasPast("history.customer", "?2"))
                ORDER BY item.outlet, item.id
                """,
            arguments: [after, outlet, through])
    }

    /// All of them that are of some customers.
    ///
    /// NB: an outlet may own all customers, a range has few: a cross join begins with the range.
    fileprivate func following(
        _ table: String, to outlet: UnitCode, of range: CustomerRange
    ) throws -> [Row] {
        // The range within each lot, as the index has them.
        let rows =
            table == "contact"
            ? "contactLot CROSS JOIN contact AS item ON \(Self.isInLot)"
            : "\(table) AS item"
        return try Row.fetchAll(
            self,
            prepared: """
                SELECT item.* FROM \(rows)
                CROSS JOIN ownership
                    ON ownership.customer = item.customer AND ownership.outlet = ?2
                WHERE \(range.condition) AND \(Self.isPast("?2")) \(Self.isMoved(table))
                ORDER BY item.outlet, item.id
                """,
            arguments: range.arguments(outlet))
    }

    /// A reminder says itself to whom it was moved.
    private static func isMoved(_ table: String) -> String {
        table == "reminder" ? "AND item.movedTo = ?2" : ""
    }
}

extension BankStore {
    /// What follows customers to the outlet that owns them now: the marketing records of the
    /// outlets that owned them before, and the reminders that these closed as moved (`sync.md`,
    /// what follows the customer).
    func following(
        _ db: Database, to node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [Sequenced<PassedOn>] {
        try Self.followingTables.flatMap { table in
            try db.following(table.name, to: node.outlet, after: after, through: through).map {
                Sequenced(row: try record(table, $0), sequence: try $0.value("news"))
            }
        }
    }

    /// The same of all that there is on some customers.
    func following(
        _ db: Database, to node: EnrolledNode, of range: CustomerRange
    ) throws -> [PassedOn] {
        try Self.followingTables.flatMap { table in
            try db.following(table.name, to: node.outlet, of: range).map { try record(table, $0) }
        }
    }

    private static let followingTables = ["contact", "reminder"].compactMap(SyncedTable.named)

    private func record(_ table: SyncedTable, _ row: Row) throws -> PassedOn {
        let outlet: UnitCode = try row.value("outlet")
        let values = try secrets.values(of: table, in: row, from: outlet)
        return PassedOn(
            outlet: outlet, table: table.name,
            row: Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), values)))
    }
}
