import Bank
import GRDB
import Sealing
import Sync
import Vault

/// A snapshot that is kept for an outlet's node to fetch.
struct KeptSnapshot {
    /// Whose chunks are its own.
    let making: String
    let head: SnapshotHead
    let at: Int64
}

extension BankStore {
    /// A younger one is given again rather than made anew: it costs a read of the whole scope, and
    /// takes longer than a slow node may wait for an answer. An older one may hold what has left
    /// the scope since.
    private static let young: Int64 = 6 * 60 * 60 * 1000

    /// Answers about the snapshot of a node's scope, which it makes where there is none to give.
    func snapshot(_ question: SnapshotQuestion, for node: EnrolledNode) throws -> JSONValue {
        let tier = try firstTier(node.firstTier)
        let kept = try translating {
            try tier.database.readState { try $0.keptSnapshot(of: node.outlet) }
        }
        switch question {
        case .head(let has, let after):
            if let kept, kept.head.through > after,
                kept.head.root == has || (0...Self.young).contains(world.now() - kept.at)
            {
                return kept.head.json
            }
            return try makeSnapshot(for: node, tier).json
        case .hashes(let root, let from):
            guard let kept, kept.head.root == root else { throw ExchangeError.outOfStep }
            guard from < kept.head.chunks else { throw ExchangeError.malformed }
            return SnapshotHashes(hashes: try hashes(of: kept, from: from, node, tier)).json
        case .chunk(let root, let number):
            guard let kept, kept.head.root == root else { throw ExchangeError.outOfStep }
            guard number < kept.head.chunks else { throw ExchangeError.malformed }
            return SnapshotChunk(bytes: try chunk(number, of: kept, node, tier)).json
        }
    }

    private func hashes(
        of kept: KeptSnapshot, from: Int, _ node: EnrolledNode, _ tier: FirstTier
    ) throws -> [Digest] {
        let bytes = try translating {
            try tier.database.readState { db in
                try Blob.fetchOne(
                    db,
                    prepared: """
                        SELECT substr(hashes, ?3, ?4) FROM snapshot
                        WHERE outlet = ?1 AND making = ?2
                        """,
                    arguments: [
                        node.outlet, kept.making, from * Digest.size + 1,
                        SnapshotHashes.most * Digest.size,
                    ])
            }
        }
        // It went between two looks.
        guard let bytes = bytes?.bytes else { throw ExchangeError.outOfStep }
        return stride(from: 0, to: bytes.count, by: Digest.size).compactMap {
            Digest(bytes: Array(bytes[$0..<min($0 + Digest.size, bytes.count)]))
        }
    }

    private func chunk(
        _ number: Int, of kept: KeptSnapshot, _ node: EnrolledNode, _ tier: FirstTier
    ) throws -> [UInt8] {
        let content = try translating {
            try tier.database.readState { db in
                try Blob.fetchOne(
                    db,
                    prepared: """
                        SELECT content FROM snapshotChunk
                        WHERE outlet = ? AND making = ? AND number = ?
                        """,
                    arguments: [node.outlet, kept.making, number])
            }
        }
        do throws(StoreError) {
            guard let content else { throw .damaged("snapshotChunk") }
            return try secrets.openBytes(
                content, "snapshotChunk", "\(node.outlet)/\(kept.making)/\(number)", "content")
        } catch {
            // Damaged here: the node begins on another one.
            try dropSnapshot(of: node.outlet, tier)
            throw ExchangeError.outOfStep
        }
    }

    /// Whether a node is to take a snapshot: it has nothing yet, or lacks so much that deltas, which
    /// carry every record between, cost more. Not while head office itself is being made whole, nor
    /// while it keeps as many as it may.
    func wantsSnapshot(
        _ db: Database, _ hello: Hello, _ node: EnrolledNode, newest: Int64
    ) throws -> Bool {
        guard hello.after < newest,
            try Int64.fetchOne(db, prepared: "SELECT lastRecord FROM recovery") == nil
        else { return false }
        if hello.after > 0 {
            guard try isPastHorizon(db, node, after: hello.after) else { return false }
        }
        if try db.keptSnapshot(of: node.outlet) != nil { return true }
        return try db.countSnapshots(since: world.now() - Self.longestKeptSnapshot)
            < snapshotLimits.mostKept
    }

    /// More than some thousands of rows, and more than half as many as there are customers in the
    /// directory: below that, deltas are the smaller of the two.
    private func isPastHorizon(
        _ db: Database, _ node: EnrolledNode, after: Int64
    ) throws -> Bool {
        func lacks(moreThan rows: Int) throws -> Bool {
            try db.countScope(of: node, after: after, most: rows + 1) > rows
        }
        guard try lacks(moreThan: snapshotLimits.horizon) else { return false }
        let customers = try Int.fetchOne(db, prepared: "SELECT count(*) FROM ownership") ?? 0
        return try lacks(moreThan: max(snapshotLimits.horizon, customers / 2))
    }

    /// A snapshot is kept until the node has gone beyond it.
    func forgetSnapshot(
        _ kept: SnapshotHead, _ hello: Hello, _ tier: FirstTier, _ node: EnrolledNode
    ) throws {
        guard hello.after > 0, hello.after >= kept.through else { return }
        try dropSnapshot(of: node.outlet, tier)
    }

    /// Drops an outlet's snapshot, and its chunks some at a time: they are much to write.
    func dropSnapshot(of outlet: UnitCode, _ tier: FirstTier) throws {
        try translating {
            try tier.write(world) { db in
                try db.execute(
                    prepared: "DELETE FROM snapshot WHERE outlet = ?", arguments: [outlet])
            }
        }
        try dropChunks(of: outlet, but: "", tier)
    }

    func dropUnreadyChunks(_ tier: FirstTier) throws {
        for row in try translating({
            try tier.database.readState { try $0.outletsOfUnreadyChunks() }
        }) {
            try dropChunks(of: try row.value("outlet"), but: try row.value("making"), tier)
        }
    }

    /// Drops the chunks of an outlet that are of no making but one.
    func dropChunks(of outlet: UnitCode, but making: String, _ tier: FirstTier) throws {
        try translating {
            while try tier.write(world, { try $0.dropSomeChunks(of: outlet, but: making) }) {}
        }
    }
}

extension Database {
    func keptSnapshot(of outlet: UnitCode) throws -> KeptSnapshot? {
        let row = try Row.fetchOne(
            self,
            prepared: """
                SELECT making, root, chunks, through, lastRecord, at FROM snapshot
                WHERE outlet = ?
                """,
            arguments: [outlet])
        guard let row else { return nil }
        guard let root = Digest(hex: try row.value("root")) else {
            throw StoreError.damaged("snapshot")
        }
        return KeptSnapshot(
            making: try row.value("making"),
            head: SnapshotHead(
                root: root, chunks: try row.value("chunks"), through: try row.value("through"),
                lastRecord: try row.value("lastRecord")), at: try row.value("at"))
    }

    func countSnapshots(since oldest: Int64) throws -> Int {
        try Int.fetchOne(
            self, prepared: "SELECT count(*) FROM snapshot WHERE at >= ?", arguments: [oldest]) ?? 0
    }

    /// Whether there were any.
    fileprivate func dropSomeChunks(of outlet: UnitCode, but making: String) throws -> Bool {
        let before = totalChangesCount
        try withoutOverwriting {
            try execute(
                prepared: """
                    DELETE FROM snapshotChunk
                    WHERE outlet = ?1 AND (making, number) IN (
                        SELECT making, number FROM snapshotChunk
                        WHERE outlet = ?1 AND making <> ?2 LIMIT 64)
                    """,
                arguments: [outlet, making])
        }
        return totalChangesCount > before
    }

    /// Where there are chunks of a snapshot that was never ready: whoever made it died.
    fileprivate func outletsOfUnreadyChunks() throws -> [Row] {
        try Row.fetchAll(
            self,
            sql: """
                SELECT DISTINCT chunk.outlet, coalesce(snapshot.making, '') AS making
                FROM snapshotChunk AS chunk LEFT JOIN snapshot ON snapshot.outlet = chunk.outlet
                WHERE snapshot.making IS NOT chunk.making
                """)
    }
}
