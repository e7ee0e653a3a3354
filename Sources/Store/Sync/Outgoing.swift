import Bank
import GRDB
package import Sync
import Vault

/// A batch as it travels, and what the next one builds on.
package struct FormedBatch: Sendable {
    package let number: Int64
    package let lastSequence: Int64
    /// Chain hash through it.
    package let hash: String
    package let bytes: [UInt8]
}

extension BranchStore {
    /// The next batch to send: one that was formed and is not acknowledged, or a new one of the
    /// rows that changed since; nil where head office has everything.
    package func nextBatch() throws -> FormedBatch? {
        try write { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT number, lastSequence, hash, content FROM outgoingBatch
                    ORDER BY number LIMIT 1
                    """)
            if let row {
                let number = row["number"] as Int64
                let content = try secrets.open(
                    row["content"], "outgoingBatch", String(number), "content")
                return FormedBatch(
                    number: number, lastSequence: row["lastSequence"], hash: row["hash"],
                    bytes: Array((content ?? "").utf8))
            }
            return try formBatch(db)
        }
    }

    private func formBatch(_ db: Database) throws -> FormedBatch? {
        let checkpoint = try checkpoint(db)
        guard let last = try db.lastSequence(ofBatchAfter: checkpoint.sequence) else { return nil }
        var tables: [TableRows] = []
        var rows = 0
        for table in SyncedTable.all {
            let changed = try db.rows(
                of: table, after: checkpoint.sequence, through: last, secrets)
            if changed.count > 0 { tables.append(changed) }
            rows += changed.count
        }
        let batch = Batch(
            outlet: node.outlet, nodeName: node.name, epoch: node.epoch,
            number: checkpoint.batch + 1, firstSequence: checkpoint.sequence + 1,
            lastSequence: last, previous: checkpoint.hash, tables: tables)
        let bytes = batch.bytes
        let hash = Batch.chainHash(previous: checkpoint.hash, bytes: bytes)
        try db.execute(
            sql: """
                INSERT INTO outgoingBatch (
                    number, firstSequence, lastSequence, content, hash, rows)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                batch.number, batch.firstSequence, last,
                secrets.seal(
                    String(decoding: bytes, as: UTF8.self), "outgoingBatch", String(batch.number),
                    "content"), hash, rows,
            ])
        return FormedBatch(number: batch.number, lastSequence: last, hash: hash, bytes: bytes)
    }

    /// How far head office has acknowledged this node.
    package func checkpoint() throws -> Checkpoint {
        try read(checkpoint)
    }

    private func checkpoint(_ db: Database) throws -> Checkpoint {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT acknowledgedBatch, acknowledgedSequence, acknowledgedHash FROM line")
        return Checkpoint(
            nodeName: node.name, epoch: node.epoch, batch: row?[0] ?? 0, sequence: row?[1] ?? 0,
            hash: row?[2] ?? "")
    }

    /// Head office keeps everything through `checkpoint`, which must be the batch waiting here.
    /// False where it is not: the two are out of step.
    package func acknowledge(_ checkpoint: Checkpoint) throws -> Bool {
        try write { db in
            let known = try self.checkpoint(db)
            if known == checkpoint { return true }
            let isWaiting = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM outgoingBatch
                        WHERE number = ? AND lastSequence = ? AND hash = ?)
                    """,
                arguments: [checkpoint.batch, checkpoint.sequence, checkpoint.hash])
            guard isWaiting == true, checkpoint.nodeName == node.name,
                checkpoint.epoch == node.epoch
            else { return false }
            try db.execute(
                sql: """
                    UPDATE line
                    SET acknowledgedBatch = ?, acknowledgedSequence = ?, acknowledgedHash = ?
                    """,
                arguments: [checkpoint.batch, checkpoint.sequence, checkpoint.hash])
            try db.execute(
                sql: "DELETE FROM outgoingBatch WHERE number <= ?", arguments: [checkpoint.batch])
            try db.execute(
                sql: "DELETE FROM changeMark WHERE sequence <= ?", arguments: [checkpoint.sequence])
            return true
        }
    }
}

extension Database {
    /// What a synced table is read from: its rows as head office names them. `customer` is internal
    /// to the node, so a standing goes under the customer's number.
    private static let sources: [String: String] = [
        "standing": """
        (SELECT standing.*, customer.number AS number FROM standing
            JOIN customer ON customer.id = standing.customer)
        """
    ]
    private static let expressions: [String: String] = ["standing.customer": "number"]

    /// The last change of a batch that begins after `sequence`; nil where nothing changed. It ends
    /// after the most rows that a batch may have.
    fileprivate func lastSequence(ofBatchAfter sequence: Int64) throws -> Int64? {
        let union = SyncedTable.all.map {
            "SELECT sequence FROM \($0.name) WHERE sequence > ?1"
        }.joined(separator: " UNION ALL ")
        return try Int64.fetchOne(
            self,
            sql: "SELECT max(sequence) FROM (SELECT sequence FROM (\(union)) ORDER BY 1 LIMIT ?2)",
            arguments: [sequence, Batch.mostRows])
    }

    fileprivate func rows(
        of table: SyncedTable, after first: Int64, through last: Int64, _ secrets: Secrets
    ) throws -> TableRows {
        let columns = table.columns.map {
            Self.expressions["\(table.name).\($0.name)"] ?? "\"\($0.name)\""
        }.joined(separator: ", ")
        var rows = TableRows(table: table.name, columns: table.columns.map(\.name))
        let cursor = try Row.fetchCursor(
            self,
            sql: """
                SELECT \(columns) FROM \(Self.sources[table.name] ?? table.name)
                WHERE sequence > ? AND sequence <= ?
                ORDER BY sequence
                """,
            arguments: [first, last])
        while let row = try cursor.next() {
            rows.append(
                try table.columns.enumerated().map { index, column in
                    try value(row, index, column, table, secrets)
                })
        }
        return rows
    }

    private func value(
        _ row: Row, _ index: Int, _ column: SyncedTable.Column, _ table: SyncedTable,
        _ secrets: Secrets
    ) throws -> JSONValue {
        switch column.kind {
        case .integer, .day: return JSONValue(row[index] as Int64?)
        case .text: return JSONValue(row[index] as String?)
        case .bytes:
            let blob = row[index] as Blob?
            return JSONValue(blob.map { hexadecimal($0) })
        case .sealed:
            // A synced table with sealed columns is keyed by its first one.
            return JSONValue(
                try secrets.open(row[index], table.name, row[0] as String, column.name))
        }
    }
}
