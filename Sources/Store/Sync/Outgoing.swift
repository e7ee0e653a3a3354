import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// More rows than this go into the next batch, save where one transaction has more.
    package static let rowsPerBatch = 5000

    /// The head of the next batch on a lane: one that was formed and is not acknowledged, or a new
    /// one of what changed since; nil where head office has everything.
    package func nextBatch(on lane: Lane) throws -> BatchHead? {
        let (waiting, hasNews) = try read { db in
            let waiting = try db.waitingBatch(on: lane)
            return (waiting, try waiting == nil && db.end(ofNextBatchOn: lane) != nil)
        }
        // Nothing is written where there is nothing to send.
        return hasNews ? try write { db in try form(db, lane) } : waiting
    }

    /// Whether something waits that does not wait for the interval.
    package func hasUrgent() throws -> Bool {
        try read { try !$0.urgentRanges().isEmpty }
    }

    /// A part of the batch that waits on a lane.
    package func part(_ index: Int, of head: BatchHead) throws -> Part {
        try read { db in
            let content = try Blob.fetchOne(
                db,
                prepared: """
                    SELECT content FROM outgoingPart JOIN outgoingBatch USING (lane)
                    WHERE lane = ? AND number = ? AND hash = ?
                    """,
                arguments: [head.lane.rawValue, index, head.hash])
            guard let content else { throw StoreError.damaged("outgoingPart") }
            return Part(
                head: head, index: index,
                bytes: try secrets.openBytes(
                    content, "outgoingPart", "\(head.lane.rawValue)/\(head.number)/\(index)",
                    "content"))
        }
    }

    private func form(_ db: Database, _ lane: Lane) throws -> BatchHead? {
        guard let end = try db.end(ofNextBatchOn: lane) else { return nil }
        let checkpoint = try db.lane(lane).checkpoint
        let ranges =
            try lane == .urgent
            ? db.urgentRanges() : db.recordRanges(after: checkpoint.sequence, through: end)
        let number = checkpoint.batch + 1
        // Its parts refer to it; its head follows when it is known.
        try db.execute(
            prepared: "INSERT INTO outgoingBatch (lane, head, hash, rows) VALUES (?, '', '', 0)",
            arguments: [lane.rawValue])
        func keep(_ index: Int, _ bytes: [UInt8]) throws {
            try db.execute(
                prepared: "INSERT INTO outgoingPart (lane, number, content) VALUES (?, ?, ?)",
                arguments: [
                    lane.rawValue, index,
                    secrets.seal(
                        bytes: bytes, "outgoingPart", "\(lane.rawValue)/\(number)/\(index)",
                        "content"),
                ])
        }
        var frame = BatchFrameWriter()
        var rows = 0
        try frame.append(try db.transactions(in: ranges), keep)
        for table in SyncedTable.all {
            rows += try db.write(table, in: ranges, secrets) { try frame.append($0, keep) }
        }
        let (size, content) = try frame.finish(keep)
        let head = BatchHead(
            outlet: node.outlet, nodeName: node.name, epoch: checkpoint.epoch, lane: lane,
            number: number, after: checkpoint.sequence, through: end, previous: checkpoint.hash,
            size: size, content: content)
        try db.execute(
            prepared: "UPDATE outgoingBatch SET head = ?, hash = ?, rows = ? WHERE lane = ?",
            arguments: [head.json.description, head.hash, rows, lane.rawValue])
        return head
    }

    /// Head office keeps everything through the acknowledged batch, which must be the one that
    /// waits on the lane, or what is known already. False where it is neither.
    package func acknowledge(_ acknowledgement: Acknowledgement, on lane: Lane) throws -> Bool {
        let checkpoint = acknowledgement.checkpoint
        let (known, waiting) = try read { db in
            (try db.lane(lane), try db.waitingBatch(on: lane))
        }
        if known.checkpoint == checkpoint {
            // An older version of either side gave no receipt.
            guard known.receipt != acknowledgement.receipt else { return true }
            try write { try $0.save(checkpoint, receipt: acknowledgement.receipt, of: lane) }
            return true
        }
        guard waiting?.checkpoint == checkpoint else { return false }
        try write { db in
            try db.save(checkpoint, receipt: acknowledgement.receipt, of: lane)
            try db.execute(
                prepared: "DELETE FROM outgoingBatch WHERE lane = ?", arguments: [lane.rawValue])
            try db.execute(
                prepared: """
                    DELETE FROM changeMark
                    WHERE sequence <= (SELECT sequence FROM lane WHERE name = 'records')
                        AND (isUrgent = 0
                            OR sequence <= (SELECT sequence FROM lane WHERE name = 'urgent'))
                    """)
        }
        return true
    }

    /// Where the node stands, as it says at the beginning of a conversation.
    package func hello() throws -> Hello {
        let mark = try restoreMark()
        return try read { db in
            var lanes: [Lane: Hello.LanePosition] = [:]
            for lane in Lane.allCases {
                let row = try db.lane(lane)
                lanes[lane] = Hello.LanePosition(
                    checkpoint: row.checkpoint, receipt: row.receipt,
                    waiting: try db.waitingBatch(on: lane)?.hash)
            }
            var hello = Hello(
                nodeName: node.name, lanes: lanes, now: world.now(),
                pending: Int64(try db.countRows(in: db.unsentRanges())),
                after: try Int64.fetchOne(db, prepared: "SELECT pulledThrough FROM line") ?? 0,
                organisationVersion: try Int64.fetchOne(
                    db, prepared: "SELECT organisationVersion FROM node") ?? 0,
                isMarkedRestored: mark != nil,
                lastRecord: try Int64.fetchOne(db, prepared: "SELECT max(number) FROM directory")
                    ?? 0,
                recovery: try db.gaveBackTo())
            hello.discarded = try db.discardedUntold()
            return hello
        }
    }
}

extension Database {
    /// The batch that was formed on a lane and is not acknowledged.
    func waitingBatch(on lane: Lane) throws -> BatchHead? {
        let text = try String.fetchOne(
            self, prepared: "SELECT head FROM outgoingBatch WHERE lane = ?",
            arguments: [lane.rawValue])
        guard let text else { return nil }
        guard let json = try? JSONValue(reading: Array(text.utf8)),
            let head = BatchHead(json: json)
        else { throw StoreError.damaged("outgoingBatch") }
        return head
    }

    /// The last change of the next batch on a lane; nil where nothing waits.
    fileprivate func end(ofNextBatchOn lane: Lane) throws -> Int64? {
        switch lane {
        case .urgent: try urgentRanges().last?.through
        case .records:
            try endOfBatch(
                after: self.lane(.records).checkpoint.sequence, rows: BranchStore.rowsPerBatch)
        }
    }

    /// The block that says where the transactions of a batch end, and when they were made.
    fileprivate func transactions(in ranges: [ChangeRange]) throws -> [UInt8] {
        var block = BlockWriter(
            table: SyncedTable.transactions,
            columns: [("first", .integer), ("through", .integer), ("at", .integer)])
        for range in ranges {
            let rows = try Row.fetchCursor(
                self,
                sql: """
                    SELECT first, sequence, at FROM changeMark WHERE sequence > ? AND sequence <= ?
                    ORDER BY sequence DESC LIMIT ?
                    """,
                arguments: [range.after, range.through, BlockWriter.mostRows - block.rows])
            var marks: [[Int64]] = []
            while let row = try rows.next() {
                marks.append([try row.value(0), try row.value(1), try row.value(2)])
            }
            for mark in marks.reversed() where !block.isFull {
                for (column, number) in mark.enumerated() {
                    block.append(.integer(number), to: column)
                }
            }
        }
        return block.finish()
    }

    /// What a synced table is read from: its rows as head office names them. `customer` is internal
    /// to the node, so a standing goes under the customer's number.
    private static let sources: [String: String] = [
        "standing": "standing JOIN customer ON customer.id = standing.customer"
    ]
    private static let expressions: [String: String] = ["standing.customer": "customer.number"]

    func columns(of table: SyncedTable) -> String {
        table.columns.map {
            Self.expressions["\(table.name).\($0.name)"] ?? "\(table.name).\"\($0.name)\""
        }.joined(separator: ", ")
    }

    func source(of table: SyncedTable) -> String { Self.sources[table.name] ?? table.name }

    /// Hands on a table's rows of some ranges, block by block, and says how many there were.
    fileprivate func write(
        _ table: SyncedTable, in ranges: [ChangeRange], _ secrets: Secrets,
        _ take: ([UInt8]) throws -> Void
    ) throws -> Int {
        var block = BlockWriter(
            table: table.name,
            columns: [(SyncedTable.version, .integer)]
                + table.columns.map { ($0.name, $0.wireType) }
                + (table.audience == nil ? [] : [(SyncedTable.audience, .text)]))
        let statement = try cachedStatement(
            sql: """
                SELECT \(table.name).sequence, \(columns(of: table)) FROM \(source(of: table))
                WHERE \(table.name).sequence > ? AND \(table.name).sequence <= ?
                ORDER BY \(table.name).sequence
                """)
        // A synced table with sealed columns is keyed by its first one.
        let openers = table.columns.map { column in
            column.kind == .sealed
                ? FieldOpener(
                    secrets.cipher, table: table.name, rowPrefix: "", column: column.name) : nil
        }
        let audience = table.audience?.rawValue
        var rows = 0
        for range in ranges {
            try statement.setArguments([range.after, range.through])
            var reading = try RowQuery(statement, self)
            while try reading.next() {
                block.append(reading.cell(0), to: 0)
                for index in openers.indices {
                    let cell = reading.cell(Int32(index + 1))
                    if let opener = openers[index], case .bytes(let sealed) = cell {
                        guard case .bytes(let key) = reading.cell(1),
                            let plain = try? opener.open(sealed, key: key)
                        else {
                            throw StoreError.damaged("\(table.name).\(table.columns[index].name)")
                        }
                        block.append(.bytes(plain), to: index + 1)
                    } else {
                        block.append(cell, to: index + 1)
                    }
                }
                if let audience { block.append(text: audience, to: openers.count + 1) }
                rows += 1
                if block.isFull { try take(block.finish()) }
            }
        }
        if block.rows > 0 { try take(block.finish()) }
        return rows
    }
}
