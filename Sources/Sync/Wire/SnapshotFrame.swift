package import Bank

// A snapshot's frame is pages, each the rows of some customers who follow one another by the bytes
// of their numbers. A page begins with a block `page` of one row, whose `after` and `through` say
// which customers; all pages together leave none out, and the last one has no `through`.

/// A kind of row in a snapshot, with its columns, all of them texts.
package enum SnapshotTable: String, Sendable, CaseIterable {
    case claim
    case settlement
    case step
    /// What other outlets wrote for the receiver to have; the row is JSON.
    case record

    package static let page = "page"

    package var columns: [String] {
        switch self {
        case .claim: ["id", "content", "outcome", "attestation"]
        case .settlement: ["record", "signature", "decision"]
        case .step: ["id", "content", "attestation"]
        case .record: ["outlet", "table", "row"]
        }
    }
}

/// The rows of one page in the making, as blocks.
package struct SnapshotPageWriter: Sendable {
    private var blocks: [SnapshotTable: BlockWriter]

    package init() {
        blocks = Dictionary(
            uniqueKeysWithValues: SnapshotTable.allCases.map { table in
                (
                    table,
                    BlockWriter(
                        table: table.rawValue, columns: table.columns.map { ($0, WireType.text) })
                )
            })
    }

    /// The block that begins a page; the texts are customer numbers.
    package static func beginning(after: String, through: String?) -> [UInt8] {
        var block = BlockWriter(
            table: SnapshotTable.page, columns: [("after", .text), ("through", .text)])
        block.append(text: after, to: 0)
        if let through { block.append(text: through, to: 1) } else { block.append(.empty, to: 1) }
        return block.finish()
    }

    /// One row, with a text or nothing for each column; hands on the block that it fills.
    package mutating func append(
        _ cells: [String?], to table: SnapshotTable, _ take: ([UInt8]) throws -> Void
    ) throws {
        precondition(cells.count == table.columns.count, "a row has a cell for each column")
        // A decision by many claims is long: it has a block to itself.
        let size = cells.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        if let block = blocks[table], block.rows > 0, block.bytes + size > BlockWriter.mostBytes,
            let full = blocks[table]?.finish()
        {
            try take(full)
        }
        for (column, text) in cells.enumerated() {
            if let text {
                blocks[table]?.append(text: text, to: column)
            } else {
                blocks[table]?.append(.empty, to: column)
            }
        }
        if blocks[table]?.isFull == true, let block = blocks[table]?.finish() { try take(block) }
    }

    /// Hands on what is left.
    package mutating func finish(_ take: ([UInt8]) throws -> Void) throws {
        for table in SnapshotTable.allCases where blocks[table].map({ $0.rows > 0 }) == true {
            if let block = blocks[table]?.finish() { try take(block) }
        }
    }
}

/// Everything in a node's scope of the customers after one number, through another.
package struct SnapshotPage: Sendable {
    package let after: String
    /// Nil: all that follow.
    package let through: String?
    package fileprivate(set) var claims: [Delta.ClaimChange] = []
    package fileprivate(set) var settled: [Delta.Settled] = []
    package fileprivate(set) var steps: [DisputeStep] = []
    /// Among them claims and steps of kinds that only a later version knows.
    package fileprivate(set) var records: [PassedOn] = []
    /// Head office's keyed hashes of the claims and steps that others wrote, by their names.
    package fileprivate(set) var attestations: [String: String] = [:]
}

/// Takes a snapshot's frame apart, page by page, with memory for one page.
package struct SnapshotReader: ~Copyable {
    private var frame: BatchFrameReader
    private var page: SnapshotPage?

    /// - Parameter size: no fewer bytes than the frame has.
    package init(size: Int64) {
        frame = BatchFrameReader(size: size, longestBlock: Message.largest)
    }

    /// Hands on the pages that are whole with these bytes of the frame.
    package mutating func read(
        _ bytes: [UInt8], _ take: (SnapshotPage) throws -> Void
    ) throws {
        var page = page
        try frame.read(bytes) { block in
            let rows = try TableRows(block)
            if rows.table == SnapshotTable.page {
                let next = try Self.page(rows, after: page)
                if let page { try take(page) }
                page = next
            } else {
                guard page != nil else { throw WireError.malformed }
                try page?.add(rows)
            }
        }
        self.page = page
    }

    /// Hands on the last page. Throws where the snapshot is not whole.
    package mutating func finish(_ take: (SnapshotPage) throws -> Void) throws {
        guard frame.isWhole, let page, page.through == nil else { throw WireError.malformed }
        try take(page)
        self.page = nil
    }

    /// The page that begins here, which leaves no customer out after the one before.
    private static func page(
        _ rows: TableRows, after before: SnapshotPage?
    ) throws(WireError) -> SnapshotPage {
        guard rows.count == 1, rows.columns == ["after", "through"],
            let after = rows.values[0][0].string, after == before.map(\.through) ?? ""
        else { throw .malformed }
        let through = rows.values[1][0].string
        if let through, !after.utf8.lexicographicallyPrecedes(through.utf8) { throw .malformed }
        return SnapshotPage(after: after, through: through)
    }
}

extension SnapshotPage {
    /// Rows of a kind that a later version sends are passed over.
    fileprivate mutating func add(_ rows: TableRows) throws(WireError) {
        guard let table = SnapshotTable(rawValue: rows.table) else { return }
        let places = table.columns.compactMap { rows.columns.firstIndex(of: $0) }
        guard places.count == table.columns.count else { throw .malformed }
        for row in 0..<rows.count {
            let cells = places.map { rows.values[$0][row].string }
            switch table {
            case .claim: try addClaim(cells)
            case .settlement: settled.append(try Self.settled(cells))
            case .step: try addStep(cells)
            case .record: records.append(try Self.record(cells))
            }
        }
    }

    private mutating func addClaim(_ cells: [String?]) throws(WireError) {
        guard let id = cells[0], let content = Self.json(cells[1]) else { throw .malformed }
        let outcome = cells[2].flatMap(Decision.Outcome.init(rawValue:))
        guard outcome != nil || cells[2] == nil else { throw .malformed }
        if let claim = Claim(verifying: ClaimID(id), content: content) {
            claims.append(Delta.ClaimChange(claim: claim, outcome: outcome))
            attestations[id] = cells[3]
        } else {
            let entry: JSONValue = [
                "content": content, "id": .string(id), "outcome": JSONValue(cells[2]),
            ]
            guard let record = PassedOn(laterClaim: entry) else { throw .malformed }
            records.append(record)
        }
    }

    private static func settled(_ cells: [String?]) throws(WireError) -> Delta.Settled {
        guard let record = json(cells[0]).flatMap(SettlementRecord.init(json:)),
            let signature = cells[1]
        else { throw .malformed }
        let decision = json(cells[2])
        guard decision != nil || cells[2] == nil else { throw .malformed }
        return Delta.Settled(
            record: record, signature: signature,
            decision: decision.flatMap { $0.isNull ? nil : $0 })
    }

    private mutating func addStep(_ cells: [String?]) throws(WireError) {
        guard let id = cells[0], let content = Self.json(cells[1]) else { throw .malformed }
        if let step = DisputeStep(verifying: DisputeStepID(id), content: content) {
            steps.append(step)
            attestations[id] = cells[2]
        } else {
            guard let record = PassedOn(laterStep: ["content": content, "id": .string(id)]) else {
                throw .malformed
            }
            records.append(record)
        }
    }

    private static func record(_ cells: [String?]) throws(WireError) -> PassedOn {
        guard let outlet = cells[0], let table = cells[1], let row = json(cells[2]),
            let record = PassedOn(
                json: ["outlet": .string(outlet), "row": row, "table": .string(table)])
        else { throw .malformed }
        return record
    }

    private static func json(_ text: String?) -> JSONValue? {
        text.flatMap { try? JSONValue(reading: Array($0.utf8)) }
    }
}
