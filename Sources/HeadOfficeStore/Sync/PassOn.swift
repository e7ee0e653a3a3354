import Bank
import GRDB
import Sync
import Vault

extension BankStore {
    /// What is new to a node of the records that other outlets wrote for it, known here or not; of
    /// its own edits those that count by another stamp than they were written with; and what the
    /// first-tier branch decided of customers.
    func passedOn(
        _ db: Database, to node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [Sequenced<PassedOn>] {
        let arguments: StatementArguments = [after, node.outlet, through]
        let isNew = "sequence > ?1 AND sequence <= ?3"
        return try edits(db, where: isNew, arguments) + keys(db, where: isNew, arguments)
            + unknownRecords(db, where: isNew, arguments)
            + following(db, to: node, after: after, through: through)
            + db.tierWords(
                where: "item.sequence > ?1 AND item.sequence <= ?3", by: "sequence", arguments
            ).map { Sequenced(row: $0.row.record(of: node.firstTier), sequence: $0.sequence) }
    }

    /// The same of all that there is on some customers; what is about none goes with the first.
    func passedOn(
        _ db: Database, to node: EnrolledNode, of range: CustomerRange
    ) throws -> [PassedOn] {
        let arguments = range.arguments(node.outlet)
        let aboutNobody =
            range.after.isEmpty
            ? try unknownRecords(db, where: "item.customer IS NULL AND ?1 = ''", ["", node.outlet])
            : []
        return try aboutNobody.map(\.row) + edits(db, where: range.condition, arguments).map(\.row)
            + keys(db, where: range.condition, arguments).map(\.row)
            + unknownRecords(db, where: range.condition, arguments).map(\.row)
            + following(db, to: node, of: range)
            + db.tierWords(where: range.condition, arguments).map {
                $0.row.record(of: node.firstTier)
            }
    }

    /// - Parameter arguments: the second is the node's outlet, here and below.
    func edits(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [Sequenced<PassedOn>] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM profileEdit AS item
                WHERE \(condition) AND \(Database.mayHaveEdit)
                ORDER BY sequence
                """,
            arguments: arguments
        ).map {
            Sequenced(
                row: try record(db, SyncedTable.named("profileEdit"), $0),
                sequence: try $0.value("sequence"))
        }
    }

    private func keys(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [Sequenced<PassedOn>] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM customerKey AS item
                WHERE \(condition) AND \(Database.mayHaveKey(outlet: "?2"))
                ORDER BY sequence
                """,
            arguments: arguments
        ).map {
            Sequenced(
                row: try record(db, SyncedTable.named("customerKey"), $0),
                sequence: try $0.value("sequence"))
        }
    }

    private func unknownRecords(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [Sequenced<PassedOn>] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM unknownRecord AS item
                WHERE \(condition) AND \(Database.mayHaveUnknown)
                ORDER BY sequence, version
                """,
            arguments: arguments
        ).map { row in
            Sequenced(
                row: PassedOn(
                    outlet: try row.value("outlet"), table: try row.value("record"),
                    row: try unknownColumns(row)),
                sequence: try row.value("sequence"))
        }
    }

    /// A row of a known table with the columns of it that are unknown here.
    private func record(
        _ db: Database, _ table: SyncedTable?, _ row: Row
    ) throws -> PassedOn {
        guard let table else { preconditionFailure("the table is on the list") }
        let outlet = try row.value("outlet") as UnitCode
        let values = try secrets.values(of: table, in: row, from: outlet)
        var cells = Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), values))
        let further = try Row.fetchOne(
            db, prepared: "SELECT * FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
            arguments: [
                outlet, table.name, table.key.map { cells[$0]?.asKey ?? "" }.joined(separator: "/"),
            ])
        if let further { cells.merge(try unknownColumns(further)) { known, _ in known } }
        return PassedOn(outlet: outlet, table: table.name, row: cells)
    }

    /// What is kept of a record in columns that this version does not know.
    func unknownColumns(_ row: Row) throws -> [String: JSONValue] {
        let (outlet, record): (UnitCode, String) = (
            try row.value("outlet"), try row.value("record")
        )
        let key = try row.value("key") as String
        let text = try secrets.open(
            try row.value("content"), "unknownRecord", "\(outlet)/\(record)/\(key)", "content")
        guard let json = try? JSONValue(reading: Array((text ?? "").utf8)), let cells = json.object
        else { throw StoreError.damaged("unknownRecord") }
        return cells
    }
}

extension Database {
    /// An edit goes to the outlets that serve the customer, where its author has the customer too.
    static func mayHaveEdit(outlet: String) -> String {
        "(item.outlet <> \(outlet) AND \(serves(outlet)) AND \(isOfItsCustomer))"
    }

    /// By what a customer is found goes to every outlet, where the outlet that says it has the
    /// customer. Who gets it believes the owner's outlet alone.
    static func mayHaveKey(outlet: String) -> String {
        "(item.outlet <> \(outlet) AND \(isOfItsCustomer))"
    }

    fileprivate static let mayHaveEdit = """
        (\(mayHaveEdit(outlet: "?2")) OR item.outlet = ?2
            AND (item.at <> item.writtenAt OR item.counter <> item.writtenCounter))
        """

    fileprivate static let mayHaveUnknown = """
        (item.outlet <> ?2 AND (item.audience = 'first-tier'
            OR item.audience = 'customer' AND \(serves("?2")) AND \(isOfItsCustomer)))
        """

    /// The sequences and sizes of what may be passed on after one.
    static let sequencesPassedOn = """
        SELECT sequence, 300 + coalesce(length(value), 0) + coalesce(length(note), 0)
        FROM profileEdit AS item
        WHERE sequence > ?1 AND \(mayHaveEdit)
        UNION ALL
        SELECT sequence, 100 + length(indexes) FROM customerKey AS item
        WHERE sequence > ?1 AND \(mayHaveKey(outlet: "?2"))
        UNION ALL
        SELECT sequence, length(content) FROM unknownRecord AS item
        WHERE sequence > ?1 AND \(mayHaveUnknown)
        """

    static func serves(_ outlet: String) -> String {
        """
        EXISTS (SELECT 1 FROM standing AS s
            WHERE s.customer = item.customer AND s.outlet = \(outlet) AND s.isLatest = 1
                AND s.accounts > 0)
        """
    }

    /// An outlet speaks of customers whom its own extracts have named.
    private static let isOfItsCustomer = """
        EXISTS (SELECT 1 FROM customer AS c
            WHERE c.outlet = item.outlet AND c.number = item.customer)
        """
}
