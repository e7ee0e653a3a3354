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
    private static let isPast = """
        item.outlet <> ?2 AND EXISTS (SELECT 1 FROM settlement AS s
            WHERE s.customer = item.customer AND json_extract(s.record, '$.outlet') = item.outlet)
        """

    /// The sequences and sizes of what follows customers, a row for each record.
    ///
    /// NB: what changed is few, what an outlet owns is much: a cross join keeps that order.
    static let sequencesFollowing = """
        SELECT history.sequence, length(item.note) FROM history
        CROSS JOIN ownership
            ON ownership.customer = history.customer AND ownership.outlet = ?2
        JOIN contact AS item ON item.customer = history.customer AND \(isPast)
        WHERE history.sequence > ?1
        """

    /// The rows of `contact` or `reminder` that follow customers to the receiver.
    fileprivate func following(
        _ table: String, to outlet: UnitCode, after: Int64, through: Int64
    ) throws -> [Row] {
        // A reminder says itself to whom it was moved.
        let isMoved = table == "reminder" ? "AND item.movedTo = ?2" : ""
        return try Row.fetchAll(
            self,
            prepared: """
                SELECT item.* FROM history
                CROSS JOIN ownership
                    ON ownership.customer = history.customer AND ownership.outlet = ?2
                JOIN \(table) AS item ON item.customer = history.customer AND \(Self.isPast)
                    \(isMoved)
                WHERE history.sequence > ?1 AND history.sequence <= ?3
                ORDER BY item.outlet, item.id
                """,
            arguments: [after, outlet, through])
    }
}

extension BankStore {
    /// What follows customers to the outlet that owns them now: the marketing records of the
    /// outlets that owned them before, and the reminders that these closed as moved (`sync.md`,
    /// what follows the customer).
    func following(
        _ db: Database, to node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [PassedOn] {
        try ["contact", "reminder"].flatMap { name -> [PassedOn] in
            guard let table = SyncedTable.named(name) else { return [] }
            return try db.following(name, to: node.outlet, after: after, through: through).map {
                row in
                let outlet = try row.value("outlet") as UnitCode
                let values = try secrets.values(of: table, in: row, from: outlet)
                return PassedOn(
                    outlet: outlet, table: name,
                    row: Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), values)))
            }
        }
    }
}
