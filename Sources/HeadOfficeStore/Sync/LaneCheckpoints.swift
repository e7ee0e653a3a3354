import Bank
import GRDB
import Sealing
import Sync
import Vault

/// What head office keeps of one lane of an outlet's node.
struct KeptLane {
    let nodeName: String
    let checkpoint: Checkpoint
}

extension Database {
    /// Nil where nothing of the outlet ever came on the lane.
    func keptLane(_ lane: Lane, of outlet: UnitCode) throws -> KeptLane? {
        let row = try Row.fetchOne(
            cachedStatement(
                sql: """
                    SELECT nodeName, epoch, batch, sequence, hash FROM laneCheckpoint
                    WHERE outlet = ? AND lane = ?
                    """),
            arguments: [outlet, lane.rawValue])
        return try row.map {
            KeptLane(
                nodeName: try $0.value(0),
                checkpoint: Checkpoint(
                    epoch: try $0.value(1), batch: try $0.value(2), sequence: try $0.value(3),
                    hash: try $0.value(4)))
        }
    }

    /// Where a node stands on a lane: at the beginning of its epoch where nothing came of it yet.
    func checkpoint(of node: EnrolledNode, on lane: Lane) throws -> Checkpoint {
        let kept = try keptLane(lane, of: node.outlet)
        guard let kept, kept.nodeName == node.name else {
            return Checkpoint(epoch: node.epoch, batch: 0, sequence: 0, hash: "")
        }
        return kept.checkpoint
    }

    func save(
        _ checkpoint: Checkpoint, of node: EnrolledNode, on lane: Lane, rows: Int = 0,
        writtenAt: Int64? = nil, at now: Int64
    ) throws {
        try cachedStatement(
            sql: """
                INSERT INTO laneCheckpoint (
                    outlet, lane, nodeName, epoch, batch, sequence, hash, receivedAt, writtenAt,
                    rows)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                ON CONFLICT (outlet, lane) DO UPDATE
                SET nodeName = ?3, epoch = ?4, batch = ?5, sequence = ?6, hash = ?7,
                    receivedAt = ?8, writtenAt = coalesce(?9, writtenAt), rows = rows + ?10
                """
        ).execute(arguments: [
            node.outlet, lane.rawValue, node.name, checkpoint.epoch, checkpoint.batch,
            checkpoint.sequence, checkpoint.hash, now, writtenAt, rows,
        ])
    }

    /// Rows ever received of an outlet.
    func deliveredRows(of outlet: UnitCode) throws -> Int64 {
        try Int64.fetchOne(
            self, prepared: "SELECT sum(rows) FROM laneCheckpoint WHERE outlet = ?",
            arguments: [outlet]) ?? 0
    }

    /// How many parts of a batch stand ready, from the first on: each is kept in its turn, so the
    /// last one's number says it, however many there are.
    func stagedParts(_ lane: Lane, of outlet: UnitCode, hash: String? = nil) throws -> Int {
        try Int.fetchOne(
            cachedStatement(
                sql: """
                    SELECT number + 1 FROM incomingPart
                    WHERE outlet = ?1 AND lane = ?2 AND (?3 IS NULL OR hash = ?3)
                    ORDER BY number DESC
                    LIMIT 1
                    """),
            arguments: [outlet, lane.rawValue, hash]) ?? 0
    }
}

extension BankStore {
    /// What proves at a later hello that head office once said so.
    func receipt(_ checkpoint: Checkpoint, of node: EnrolledNode, on lane: Lane) -> String {
        let text =
            "\(node.outlet)/\(node.name)/\(lane.rawValue)/\(checkpoint.json.description)"
        return hexadecimal(secrets.blind.index("receipt", text))
    }

    func acknowledgement(
        _ db: Database, of node: EnrolledNode, on lane: Lane
    ) throws -> Acknowledgement {
        let checkpoint = try db.checkpoint(of: node, on: lane)
        return Acknowledgement(
            checkpoint: checkpoint, receipt: receipt(checkpoint, of: node, on: lane),
            staged: try db.stagedParts(lane, of: node.outlet))
    }
}
