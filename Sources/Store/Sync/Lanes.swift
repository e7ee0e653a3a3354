import Bank
import GRDB
import Sealing
import Sync
import Vault

/// Some of a node's changes: after the first sequence, through the second.
struct ChangeRange: Hashable {
    let after: Int64
    let through: Int64
}

/// One lane as the node keeps it.
struct LaneRow {
    let checkpoint: Checkpoint
    let receipt: String
}

extension Database {
    func lane(_ lane: Lane) throws -> LaneRow {
        guard
            let row = try Row.fetchOne(
                self,
                prepared: "SELECT epoch, batch, sequence, hash, receipt FROM lane WHERE name = ?",
                arguments: [lane.rawValue])
        else { throw StoreError.damaged("lane") }
        return LaneRow(
            checkpoint: Checkpoint(
                epoch: try row.value(0), batch: try row.value(1), sequence: try row.value(2),
                hash: try row.value(3)),
            receipt: try row.value(4))
    }

    func save(_ checkpoint: Checkpoint, receipt: String, of lane: Lane) throws {
        try execute(
            prepared: """
                UPDATE lane SET epoch = ?, batch = ?, sequence = ?, hash = ?, receipt = ?
                WHERE name = ?
                """,
            arguments: [
                checkpoint.epoch, checkpoint.batch, checkpoint.sequence, checkpoint.hash, receipt,
                lane.rawValue,
            ])
    }

    /// What the urgent lane has yet to carry: the transactions that wrote urgent records.
    func urgentRanges() throws -> [ChangeRange] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT first - 1, sequence FROM changeMark
                WHERE isUrgent = 1
                    AND sequence > (SELECT sequence FROM lane WHERE name = 'urgent')
                ORDER BY sequence
                """
        ).map { ChangeRange(after: try $0.value(0), through: try $0.value(1)) }
    }

    /// The changes after one sequence through another, without those of urgent transactions and
    /// of those that were given up.
    func recordRanges(after: Int64, through: Int64) throws -> [ChangeRange] {
        let others = try Row.fetchAll(
            self,
            prepared: """
                SELECT first - 1, sequence FROM changeMark
                WHERE isUrgent = 1 AND sequence > ?1 AND first <= ?2
                UNION
                SELECT first - 1, last FROM quarantine
                WHERE discardedAt IS NOT NULL AND last > ?1 AND first <= ?2
                ORDER BY 1, 2
                """,
            arguments: [after, through]
        ).map { ChangeRange(after: try $0.value(0), through: try $0.value(1)) }
        var ranges: [ChangeRange] = []
        var start = after
        for range in others {
            if range.after > start {
                ranges.append(ChangeRange(after: start, through: range.after))
            }
            start = max(start, range.through)
        }
        if through > start { ranges.append(ChangeRange(after: start, through: through)) }
        return ranges
    }

    /// Everything that head office does not have yet.
    func unsentRanges() throws -> [ChangeRange] {
        let records = try lane(.records).checkpoint.sequence
        return try urgentRanges() + recordRanges(after: records, through: lastSequence())
    }

    func countRows(in ranges: [ChangeRange]) throws -> Int {
        try ranges.reduce(0) { total, range in
            let union = SyncedTable.all.map {
                "SELECT count(*) AS n FROM \($0.name) WHERE sequence > ?1 AND sequence <= ?2"
            }.joined(separator: " UNION ALL ")
            return try total
                + (Int.fetchOne(
                    self, prepared: "SELECT sum(n) FROM (\(union))",
                    arguments: [range.after, range.through]) ?? 0)
        }
    }

    /// Where a batch of records ends that begins after `sequence`: at the end of the transaction
    /// with which it has as many rows as a batch should; nil where nothing waits.
    func endOfBatch(after sequence: Int64, rows: Int) throws -> Int64? {
        let last = try lastSequence()
        guard last > sequence else { return nil }
        let union = SyncedTable.all.map {
            "SELECT sequence FROM \($0.name) WHERE sequence > ?1"
        }.joined(separator: " UNION ALL ")
        let enough = try Int64.fetchOne(
            self,
            prepared: "SELECT sequence FROM (\(union)) ORDER BY sequence LIMIT 1 OFFSET ?2",
            arguments: [sequence, rows - 1])
        guard let enough else { return last }
        return try Int64.fetchOne(
            self, prepared: "SELECT min(sequence) FROM changeMark WHERE sequence >= ?",
            arguments: [enough]) ?? last
    }
}
