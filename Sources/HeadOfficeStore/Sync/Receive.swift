import Bank
import GRDB
import Sealing
package import Sync
import Vault

/// A part of a batch, and who sent it.
package struct Push: Sendable {
    package let part: Part
    package let node: EnrolledNode

    package init(part: Part, node: EnrolledNode) {
        self.part = part
        self.node = node
    }

    /// Whether it is the last of a batch of many parts.
    var endsLargeBatch: Bool { part.isLast && part.head.parts > 1 }
}

extension BankStore {
    /// Takes in one part of a batch; with the last one the batch is kept, whole, exactly once. The
    /// answer is given when it is on the disk.
    package func receive(_ part: Part, from node: EnrolledNode) throws -> PushReply {
        guard let result = receive([Push(part: part, node: node)]).first else {
            throw ExchangeError.internalError
        }
        return try result.get()
    }

    /// The same for parts of several nodes of one first-tier branch, committed together: one
    /// durable commit for all. Where one is refused, the others are kept all the same.
    package func receive(_ pushes: [Push]) -> [Result<PushReply, any Error>] {
        var results: [Result<PushReply, any Error>] = Array(
            repeating: .failure(ExchangeError.internalError), count: pushes.count)
        guard let code = pushes.first?.node.firstTier else { return results }
        let own = pushes.indices.filter { pushes[$0].node.firstTier == code }
        let together = own.filter { !pushes[$0].endsLargeBatch }
        for (index, result) in zip(together, receive(together: together.map { pushes[$0] }, code)) {
            results[index] = result
        }
        for index in own where pushes[index].endsLargeBatch {
            results[index] = Result { try receive(alone: pushes[index], code) }
        }
        return results
    }

    private func receive(
        together pushes: [Push], _ code: UnitCode
    ) -> [Result<PushReply, any Error>] {
        guard !pushes.isEmpty else { return [] }
        do {
            let tier = try firstTier(code)
            return try translating {
                try tier.write(world) { db in
                    try pushes.map { push in
                        let atOnce = try db.isolating { try receive(db, push, .atOnce) }
                        // Transaction by transaction takes far longer, so only where one of them
                        // cannot be.
                        guard case .failure(let error) = atOnce, Self.isOfOneRecord(error) else {
                            return atOnce.flatMap { $0 }
                        }
                        return try db.isolating { try receive(db, push, .apart) }.flatMap { $0 }
                    }
                }
            }
        } catch {
            return pushes.map { _ in .failure(error) }
        }
    }

    /// With a batch of many parts nothing else is committed, and so nothing needs a savepoint: for
    /// one, SQLite would keep every page that it changes in memory.
    private func receive(alone push: Push, _ code: UnitCode) throws -> PushReply {
        let tier = try firstTier(code)
        func write(_ manner: Manner) throws -> PushReply {
            try tier.write(world) { try receive($0, push, manner) }.get()
        }
        return try translating {
            do {
                return try write(.atOnce)
            } catch  where Self.isOfOneRecord(error) {
                return try write(.apart)
            }
        }
    }

    /// How a batch is written that has come whole.
    private enum Manner {
        /// At once; where a record of it fails, whoever called undoes it.
        case atOnce
        /// Transaction by transaction.
        case apart
    }

    /// What is thrown undoes the push. What is returned as a failure stands: parts that do not make
    /// a batch are gone, so that they are asked for anew.
    private func receive(
        _ db: Database, _ push: Push, _ manner: Manner
    ) throws -> Result<PushReply, any Error> {
        let (head, node) = (push.part.head, push.node)
        guard head.outlet == node.outlet, head.nodeName == node.name else {
            throw ExchangeError.replaced
        }
        let (kept, sent) = (try db.checkpoint(of: node, on: head.lane), head.checkpoint)
        if sent == kept {
            return .success(try reply(db, node, head))
        }
        guard head.epoch == kept.epoch, head.number == kept.batch + 1, head.previous == kept.hash,
            head.after == kept.sequence
        else { throw ExchangeError.outOfStep }
        guard push.part.isLast else {
            try stage(db, push, of: sent.hash)
            return .success(try reply(db, node, head))
        }
        let staged = try db.stagedParts(head.lane, of: node.outlet, hash: sent.hash)
        guard staged == head.parts - 1 else { return .success(try reply(db, node, head)) }
        guard try isWhole(db, push) else {
            try db.forgetParts(on: head.lane, of: node.outlet)
            return .failure(ExchangeError.malformed)
        }
        let (rows, writtenAt) =
            switch manner {
            case .atOnce: try applyAtOnce(db, push)
            case .apart: try applyApart(db, push)
            }
        try db.boundUnknown(of: node.outlet)
        try db.save(
            sent, of: node, on: head.lane, rows: rows, writtenAt: writtenAt, at: world.now())
        if head.number == 1 { try db.useUpReadmission(of: node.outlet) }
        if head.parts > 1 { try db.forgetParts(on: head.lane, of: node.outlet) }
        return .success(try reply(db, node, head))
    }

    /// What was set apart is said again with every answer about the batch: one may be lost.
    private func reply(
        _ db: Database, _ node: EnrolledNode, _ head: BatchHead
    ) throws -> PushReply {
        PushReply(
            acknowledgement: try acknowledgement(db, of: node, on: head.lane),
            setApart: try db.setApart(of: node.outlet, after: head.after, through: head.through))
    }

    /// Keeps a part until the others are there. A part of another batch ends what was there.
    ///
    /// - Parameter batch: its hash.
    private func stage(_ db: Database, _ push: Push, of batch: String) throws {
        let (part, outlet) = (push.part, push.node.outlet)
        let staged = try db.stagedParts(part.head.lane, of: outlet, hash: batch)
        if staged == 0 { try db.forgetParts(on: part.head.lane, of: outlet) }
        // One out of its turn is asked for again.
        guard part.index == staged else { return }
        try db.execute(
            prepared: """
                INSERT INTO incomingPart (outlet, lane, number, hash, content)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                outlet, part.head.lane.rawValue, part.index, batch,
                secrets.seal(
                    bytes: part.bytes, "incomingPart", place(of: part.index, push), "content"),
            ])
    }

    private func place(of index: Int, _ push: Push) -> String {
        "\(push.node.outlet)/\(push.part.head.lane.rawValue)/\(index)"
    }

    /// Hands on the batch's frame, part by part.
    func eachPart(_ db: Database, _ push: Push, _ take: ([UInt8]) throws -> Void) throws {
        for index in 0..<(push.part.head.parts - 1) {
            let content = try Blob.fetchOne(
                db,
                prepared: """
                    SELECT content FROM incomingPart WHERE outlet = ? AND lane = ? AND number = ?
                    """,
                arguments: [push.node.outlet, push.part.head.lane.rawValue, index])
            guard let content else { throw StoreError.damaged("incomingPart") }
            try take(
                try secrets.openBytes(content, "incomingPart", place(of: index, push), "content"))
        }
        try take(push.part.bytes)
    }

    /// Whether the parts make what the head says.
    private func isWhole(_ db: Database, _ push: Push) throws -> Bool {
        var stream = DigestStream()
        try eachPart(db, push) { stream.update($0) }
        return stream.finish() == push.part.head.content
    }

    private func applyAtOnce(
        _ db: Database, _ push: Push
    ) throws -> (rows: Int, writtenAt: Int64?) {
        let setApart = try db.tablesSetApart(of: push.node.outlet)
        var intake = intake(db, push.node)
        var reader = BatchFrameReader(size: push.part.head.size)
        do {
            try eachPart(db, push) { bytes in
                try reader.read(bytes) { block in
                    if setApart.contains(block.table) {
                        try db.pass(try TableRows(block), of: push.node.outlet)
                    }
                    try intake.apply(block)
                }
            }
        } catch is WireError {
            throw ExchangeError.malformed
        }
        guard reader.isWhole else { throw ExchangeError.malformed }
        return (intake.rows, intake.writtenAt)
    }

    func intake(_ db: Database, _ node: EnrolledNode) -> BatchIntake {
        BatchIntake(
            outlet: node.outlet, firstTier: node.firstTier, secrets: secrets, now: world.now(),
            db: db)
    }

    /// Whether a failure is one record's, so that the others can go on.
    static func isOfOneRecord(_ error: any Error) -> Bool {
        switch error as? ExchangeError {
        case .inadmissible, .dependsOnSetApart: true
        default: (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT
        }
    }
}

extension Database {
    /// Drops the parts that wait for the rest of their batch.
    fileprivate func forgetParts(on lane: Lane, of outlet: UnitCode) throws {
        try withoutOverwriting {
            try execute(
                prepared: "DELETE FROM incomingPart WHERE outlet = ? AND lane = ?",
                arguments: [outlet, lane.rawValue])
        }
    }

    /// What only a later version knows is kept without being understood, and so without a bound of
    /// its own: an outlet has room for so much of it.
    fileprivate func boundUnknown(of outlet: UnitCode) throws {
        let row = try Row.fetchOne(
            cachedStatement(
                sql: """
                    SELECT count(*), coalesce(sum(length(content)), 0) FROM unknownRecord
                    WHERE outlet = ?
                    """),
            arguments: [outlet])
        let (rows, bytes): (Int64, Int64) = (try row?.value(0) ?? 0, try row?.value(1) ?? 0)
        guard rows <= 1_000_000, bytes <= 256 * 1024 * 1024 else { throw ExchangeError.tooLarge }
    }
}

extension Database {
    /// What was set apart of an outlet's transactions that end after one sequence, through another.
    func setApart(
        of outlet: UnitCode, after: Int64, through: Int64
    ) throws -> [PushReply.SetApart] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT transactionEnd, code, record, key, field FROM quarantine
                WHERE outlet = ? AND isCause = 1 AND transactionEnd > ? AND transactionEnd <= ?
                ORDER BY transactionEnd
                """,
            arguments: [outlet, after, through]
        ).map {
            PushReply.SetApart(
                transactionEnd: try $0.value(0), code: try $0.value(1), record: try $0.value(2),
                key: try $0.value(3), column: try $0.value(4))
        }
    }
}
