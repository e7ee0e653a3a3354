import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// How far a node's batches are kept.
    package func checkpoint(of node: EnrolledNode) throws -> Checkpoint {
        let tier = try firstTier(node.firstTier)
        return try translating { try tier.database.read { try $0.checkpoint(of: node) } }
    }

    /// Keeps one batch, whole, exactly once; the answer is given when it is on the disk.
    package func receive(_ bytes: [UInt8], from node: EnrolledNode) throws -> Checkpoint {
        guard let batch = Batch(bytes: bytes) else { throw ExchangeError.malformed }
        guard batch.outlet == node.outlet, batch.nodeName == node.name, batch.epoch == node.epoch
        else { throw ExchangeError.replaced }
        let tier = try firstTier(node.firstTier)
        let checkpoint = try translating {
            try tier.database.write { db in
                let known = try db.checkpoint(of: node)
                let hash = Batch.chainHash(previous: batch.previous, bytes: bytes)
                if batch.number == known.batch, hash == known.hash { return known }
                guard batch.number == known.batch + 1, batch.previous == known.hash,
                    batch.firstSequence == known.sequence + 1
                else { throw ExchangeError.outOfStep }
                var intake = BatchIntake(
                    outlet: node.outlet, firstTier: node.firstTier, secrets: secrets,
                    now: world.now(), db: db)
                do {
                    try intake.apply(batch.tables)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    throw ExchangeError.inadmissible
                }
                let checkpoint = Checkpoint(
                    nodeName: node.name, epoch: node.epoch, batch: batch.number,
                    sequence: batch.lastSequence, hash: hash)
                try db.save(checkpoint, of: node, at: world.now())
                return checkpoint
            }
        }
        try noteDelivered(batch.tables.map(\.count).reduce(0, +), by: node)
        return checkpoint
    }

    /// What the node said it had to send, less what has come since.
    private func noteDelivered(_ rows: Int, by node: EnrolledNode) throws {
        try inBank { db in
            try db.execute(
                sql: """
                    UPDATE node SET reportedPending = max(0, reportedPending - ?) WHERE outlet = ?
                    """,
                arguments: [rows, node.outlet])
        }
    }
}

/// Writes one batch's rows under the outlet that sent them.
struct BatchIntake {
    let outlet: UnitCode
    let firstTier: UnitCode
    let secrets: Secrets
    let now: Int64
    let db: Database
    /// This transaction's sequence, once something in it concerns other outlets.
    private var sequence: Int64?

    init(outlet: UnitCode, firstTier: UnitCode, secrets: Secrets, now: Int64, db: Database) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.secrets = secrets
        self.now = now
        self.db = db
    }

    /// Parents first, whatever the order in the batch.
    mutating func apply(_ tables: [TableRows]) throws {
        var byName: [String: TableRows] = [:]
        for rows in tables {
            guard SyncedTable.named(rows.table) != nil,
                byName.updateValue(rows, forKey: rows.table) == nil
            else { throw ExchangeError.inadmissible }
        }
        for table in SyncedTable.all {
            guard let rows = byName[table.name] else { continue }
            let indices = try table.columns.map { column in
                guard let index = rows.columns.firstIndex(of: column.name) else {
                    throw ExchangeError.inadmissible
                }
                return index
            }
            for row in 0..<rows.count {
                let values = indices.map { rows.values[$0][row] }
                guard zip(table.columns, values).allSatisfy({ $0.admits($1) }) else {
                    throw ExchangeError.inadmissible
                }
                try apply(values, of: table)
            }
        }
    }

    private mutating func apply(_ values: [JSONValue], of table: SyncedTable) throws {
        switch table.name {
        case "reopening": try reopen(from: values[1])
        case "claim": try keepClaim(values)
        case "standing":
            try serve(values, of: table)
            try upsert(values, of: table)
            try markLatest(values[0])
        default: try upsert(values, of: table)
        }
    }

    /// What the outlet closed from a date on is void and will come again.
    private func reopen(from day: JSONValue) throws {
        for table in ["dayClose", "standing"] {
            try db.execute(
                sql: "DELETE FROM \(table) WHERE outlet = ? AND date >= ?",
                arguments: [outlet, day.int])
        }
        try db.execute(
            sql: """
                UPDATE standing
                SET isLatest = 1
                WHERE outlet = ?1 AND isLatest = 0 AND date = (
                    SELECT max(date) FROM standing AS s
                    WHERE s.outlet = ?1 AND s.customer = standing.customer)
                """,
            arguments: [outlet])
    }

    private mutating func keepClaim(_ values: [JSONValue]) throws {
        guard let id = values[0].string, let text = values[3].string,
            let content = try? JSONValue(reading: Array(text.utf8)),
            let claim = Claim(verifying: ClaimID(id), content: content),
            claim.author == outlet, claim.firstTier == firstTier,
            claim.customer.rawValue == values[1].string, try knows(claim.customer)
        else { throw ExchangeError.inadmissible }
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO claim (id, customer, author, content, receivedAt, sequence)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                claim.id, claim.customer, claim.author, claim.content.description, now,
                try transactionSequence(),
            ])
    }

    /// Whether the outlet's own extracts named the customer; their row came before any claim.
    private func knows(_ customer: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM customer WHERE outlet = ? AND number = ?)"),
            arguments: [outlet, customer]) ?? false
    }

    /// An outlet that begins to serve a customer gets the claims and settlements that were before.
    private mutating func serve(_ values: [JSONValue], of table: SyncedTable) throws {
        let customer = values[0]
        let accounts = zip(table.columns, values).first { $0.0.name == "accounts" }?.1.int ?? 0
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM standing
                    WHERE customer = ? AND outlet = ? AND isLatest = 1 AND accounts > 0)
                """)
        let isKnown = try Bool.fetchOne(statement, arguments: [customer.string, outlet])
        if isKnown == true || accounts == 0 { return }
        let hasHistory = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM claim WHERE customer = ?)"),
            arguments: [customer.string])
        guard hasHistory == true else { return }
        let sequence = try transactionSequence()
        for table in ["claim", "settlement"] {
            try db.execute(
                sql: "UPDATE \(table) SET sequence = ? WHERE customer = ?",
                arguments: [sequence, customer.string])
        }
    }

    private func markLatest(_ customer: JSONValue) throws {
        try db.cachedStatement(
            sql: """
                UPDATE standing
                SET isLatest = (date = (
                    SELECT max(date) FROM standing AS s WHERE s.customer = ?1 AND s.outlet = ?2))
                WHERE customer = ?1 AND outlet = ?2 AND (isLatest = 1 OR date = (
                    SELECT max(date) FROM standing AS s WHERE s.customer = ?1 AND s.outlet = ?2))
                """
        ).execute(arguments: [customer.string, outlet])
    }

    private mutating func transactionSequence() throws -> Int64 {
        if let sequence { return sequence }
        let next = try db.nextSequence()
        sequence = next
        return next
    }

    private func upsert(_ values: [JSONValue], of table: SyncedTable) throws {
        let names = table.columns.map { "\"\($0.name)\"" }
        let changes = table.columns.filter { !table.key.contains($0.name) }.map {
            "\"\($0.name)\" = excluded.\"\($0.name)\""
        }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO \(table.name) (outlet, \(names.joined(separator: ", ")))
                VALUES (?\(String(repeating: ", ?", count: names.count)))
                ON CONFLICT (outlet, \(table.key.joined(separator: ", "))) DO UPDATE
                SET \(changes.joined(separator: ", "))
                """)
        var arguments: StatementArguments = [outlet]
        for (column, value) in zip(table.columns, values) {
            arguments += [try databaseValue(value, column, table, row: values[0].string ?? "")]
        }
        try statement.execute(arguments: arguments)
    }

    private func databaseValue(
        _ value: JSONValue, _ column: SyncedTable.Column, _ table: SyncedTable, row: String
    ) throws -> DatabaseValue {
        switch column.kind {
        case .integer, .day: return value.int?.databaseValue ?? .null
        case .text: return value.string?.databaseValue ?? .null
        case .sealed:
            return secrets.seal(value.string, table.name, "\(outlet)/\(row)", column.name)?
                .databaseValue ?? .null
        case .bytes:
            guard let text = value.string else { return .null }
            guard let bytes = bytes(hexadecimal: text) else { throw ExchangeError.inadmissible }
            return Blob(bytes).databaseValue
        }
    }
}

extension Database {
    fileprivate func checkpoint(of node: EnrolledNode) throws -> Checkpoint {
        let row = try Row.fetchOne(
            self,
            sql: """
                SELECT batch, sequence, hash FROM checkpoint
                WHERE outlet = ? AND nodeName = ? AND epoch = ?
                """,
            arguments: [node.outlet, node.name, node.epoch])
        return Checkpoint(
            nodeName: node.name, epoch: node.epoch, batch: row?[0] ?? 0, sequence: row?[1] ?? 0,
            hash: row?[2] ?? "")
    }

    fileprivate func save(_ checkpoint: Checkpoint, of node: EnrolledNode, at now: Int64) throws {
        try execute(
            sql: """
                INSERT OR REPLACE INTO checkpoint (
                    outlet, nodeName, epoch, batch, sequence, hash, receivedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                node.outlet, checkpoint.nodeName, checkpoint.epoch, checkpoint.batch,
                checkpoint.sequence, checkpoint.hash, now,
            ])
    }
}
