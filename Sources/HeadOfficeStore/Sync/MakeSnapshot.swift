import Bank
import GRDB
import Sealing
import Sync
import Synchronization
import Vault

extension BankStore {
    /// What nobody fetches any more goes.
    static let longestKeptSnapshot: Int64 = 7 * 24 * 60 * 60 * 1000
    /// Chunks of one commit.
    private static let chunksPerCommit = 16

    /// Takes one state of everything in a node's scope, with memory for one page and some chunks.
    ///
    /// Throws `busy` where others are being made, or as many are kept as may be: each one reads the
    /// whole scope, and takes room for it.
    func makeSnapshot(for node: EnrolledNode, _ tier: FirstTier) throws -> SnapshotHead {
        try dropOldSnapshots(tier)
        let kept = try translating {
            try tier.database.readState {
                try $0.keptSnapshot(of: node.outlet) == nil ? $0.countSnapshots(since: 0) : 0
            }
        }
        guard kept < snapshotLimits.mostKept, snapshotMakings.begin() else {
            throw ExchangeError.busy
        }
        defer { snapshotMakings.end() }
        let head = try take(for: node, tier)
        if let making = try translating({
            try tier.database.readState { try $0.keptSnapshot(of: node.outlet)?.making }
        }) {
            try dropChunks(of: node.outlet, but: making, tier)
        }
        return head
    }

    /// Those that nobody fetches any more.
    private func dropOldSnapshots(_ tier: FirstTier) throws {
        let old = try translating {
            try tier.database.readState { db in
                try UnitCode.fetchAll(
                    db, prepared: "SELECT outlet FROM snapshot WHERE at < ?",
                    arguments: [world.now() - Self.longestKeptSnapshot])
            }
        }
        for outlet in old { try dropSnapshot(of: outlet, tier) }
    }

    private func take(for node: EnrolledNode, _ tier: FirstTier) throws -> SnapshotHead {
        let making = hexadecimal(world.randomBytes(8))
        return try translating {
            try tier.copying(world) { db, keep in
                let through =
                    try Int64.fetchOne(db, prepared: "SELECT value FROM changeCounter") ?? 0
                let lastRecord =
                    try Int64.fetchOne(db, prepared: "SELECT max(number) FROM settlement") ?? 0
                var hashes: [UInt8] = []
                var ready: [Blob] = []
                func flush() throws {
                    let first = hashes.count / Digest.size - ready.count
                    let chunks = ready
                    ready = []
                    guard !chunks.isEmpty else { return }
                    try keep { db in
                        for (index, content) in chunks.enumerated() {
                            try db.execute(
                                prepared: """
                                    INSERT INTO snapshotChunk (outlet, making, number, content)
                                    VALUES (?, ?, ?, ?)
                                    """,
                                arguments: [node.outlet, making, first + index, content])
                        }
                    }
                }
                try write(db, node) { number, bytes in
                    hashes += Digest.sha256(bytes).bytes
                    ready.append(
                        secrets.seal(
                            bytes: bytes, "snapshotChunk", "\(node.outlet)/\(making)/\(number)",
                            "content"))
                    if ready.count == Self.chunksPerCommit { try flush() }
                }
                try flush()
                let head = SnapshotHead(
                    root: Digest.sha256(hashes), chunks: hashes.count / Digest.size,
                    through: through, lastRecord: lastRecord)
                try keep { try $0.keep(head, Blob(hashes), making, node.outlet, at: world.now()) }
                return head
            }
        }
    }

    /// Writes the frame, page by page, and hands on its chunks.
    private func write(
        _ db: Database, _ node: EnrolledNode, _ take: (_ number: Int, [UInt8]) throws -> Void
    ) throws {
        var frame = BatchFrameWriter(
            partSize: snapshotLimits.chunk, level: BatchFrameWriter.levels.snapshot)
        var after = ""
        var isLast = false
        while !isLast {
            let customers = try db.customersOfScope(
                of: node.outlet, after: after, most: snapshotLimits.customersPerPage)
            isLast = customers.count < snapshotLimits.customersPerPage
            let through = isLast ? nil : customers.last
            try frame.append(SnapshotPageWriter.beginning(after: after, through: through), take)
            var page = SnapshotPageWriter()
            let range = CustomerRange(after: after, through: through)
            try db.claims(for: node, of: range) { change in
                let claim = change.claim
                let cells: [String?] = [
                    claim.id.rawValue, claim.content.description, change.outcome?.rawValue,
                    claim.author == node.outlet ? nil : attestation(of: claim.id),
                ]
                try page.append(cells, to: .claim) { try frame.append($0, take) }
            }
            try db.settlements(for: node, of: range) { row in
                try page.append(row, to: .settlement) { try frame.append($0, take) }
            }
            for step in try steps(db, for: node, of: range) {
                let cells: [String?] = [
                    step.id.rawValue, step.content.description,
                    step.author == node.outlet ? nil : attestation(of: step.id),
                ]
                try page.append(cells, to: .step) { try frame.append($0, take) }
            }
            for record in try passedOn(db, to: node, of: range) {
                let cells = [
                    record.outlet.rawValue, record.table, JSONValue.object(record.row).description,
                ]
                try page.append(cells, to: .record) { try frame.append($0, take) }
            }
            try page.finish { try frame.append($0, take) }
            after = through ?? after
        }
        _ = try frame.finish(take)
    }
}

/// How many snapshots are being made at one time: two, so that one branch does not wait for another.
final class SnapshotMakings: Sendable {
    private let count = Mutex(0)

    /// False where there are as many as may be.
    func begin() -> Bool {
        count.withLock { count in
            guard count < 2 else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}

/// Customers whose numbers follow one text by their bytes, through another; nil: to the end.
struct CustomerRange {
    let after: String
    let through: String?

    /// A condition on `item.customer`. Arguments 1 and 3 are the range's; 2 is for the outlet.
    var condition: String {
        through == nil ? "item.customer > ?1" : "item.customer > ?1 AND item.customer <= ?3"
    }

    func arguments(_ outlet: UnitCode) -> StatementArguments {
        guard let through else { return [after, outlet] }
        return [after, outlet, through]
    }
}

extension FirstTier {
    /// Reads one state of the branch while what comes of it is written beside, in transactions of
    /// its own, so that no push waits for the whole. In memory, where there is one connection, it
    /// is one transaction.
    func copying<Value>(
        _ world: World,
        _ body: (Database, _ keep: ((Database) throws -> Void) throws -> Void) throws -> Value
    ) throws -> Value {
        guard database is DatabasePool else {
            return try write(world) { db in try body(db) { try $0(db) } }
        }
        return try database.readState { db in
            try body(db) { part in try write(world) { try part($0) } }
        }
    }
}

extension Database {
    /// Keeps a snapshot in the place of the outlet's last one.
    fileprivate func keep(
        _ head: SnapshotHead, _ hashes: Blob, _ making: String, _ outlet: UnitCode, at now: Int64
    ) throws {
        // Another one that was made at the same time was ready first, and took these away.
        let chunks = try Int.fetchOne(
            self, prepared: "SELECT count(*) FROM snapshotChunk WHERE outlet = ? AND making = ?",
            arguments: [outlet, making])
        guard chunks == head.chunks else { throw ExchangeError.outOfStep }
        try execute(
            prepared: """
                INSERT OR REPLACE INTO snapshot (
                    outlet, making, root, hashes, chunks, through, lastRecord, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                outlet, making, head.root.hex, hashes, head.chunks, head.through, head.lastRecord,
                now,
            ])
    }

    /// The next customers of whom anything may go down.
    fileprivate func customersOfScope(
        of outlet: UnitCode, after: String, most: Int
    ) throws -> [String] {
        var found = Set(
            try String.fetchAll(
                self,
                prepared: """
                    SELECT customer FROM tierWord WHERE outlet = ? AND customer > ?
                    ORDER BY customer LIMIT ?
                    """,
                arguments: [outlet, after, most]))
        for table in [
            "claim", "settlement", "disputeStep", "profileEdit", "customerKey", "unknownRecord",
        ] {
            found.formUnion(
                try String.fetchAll(
                    self,
                    prepared: """
                        SELECT DISTINCT customer FROM \(table) WHERE customer > ?
                        ORDER BY customer LIMIT ?
                        """,
                    arguments: [after, most]))
        }
        return Array(
            found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(most))
    }

    fileprivate func claims(
        for node: EnrolledNode, of range: CustomerRange,
        _ take: (Delta.ClaimChange) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT id, content, outcome FROM claim AS item
                WHERE \(range.condition) AND \(Self.mayHave)
                ORDER BY customer, id
                """,
            arguments: range.arguments(node.outlet))
        while let row = try rows.next() {
            let claim = try Claim(row: row)
            // As in a delta.
            guard claim.hasItsName else { continue }
            try take(Delta.ClaimChange(claim: claim, outcome: try row.value("outcome")))
        }
    }

    /// The last record of each customer: what the directory is made of.
    fileprivate func settlements(
        for node: EnrolledNode, of range: CustomerRange, _ take: ([String?]) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT record, signature,
                    CASE WHEN \(Self.isEntitled) THEN nullif(decision, 'null') END AS decision
                FROM settlement AS item
                WHERE \(range.condition) AND number = (
                    SELECT max(number) FROM settlement AS s WHERE s.customer = item.customer)
                ORDER BY customer
                """,
            arguments: range.arguments(node.outlet))
        while let row = try rows.next() {
            try take([
                try row.value("record"), try row.value("signature"), try row.value("decision"),
            ])
        }
    }

    /// How many rows of a node's scope are newer than what it has; no more than `most` are counted.
    func countScope(of node: EnrolledNode, after: Int64, most: Int) throws -> Int {
        try Int.fetchOne(
            self,
            prepared: "SELECT count(*) FROM (\(Self.newSequences) LIMIT ?3)",
            arguments: [after, node.outlet, most]) ?? 0
    }
}
