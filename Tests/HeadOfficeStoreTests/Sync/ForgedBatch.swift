import Bank
import Store
import Sync
import TestSupport

/// A batch that a node could have made, or a forger.
struct TestBatch {
    var outlet: UnitCode
    var nodeName: String
    var epoch: Int64
    var lane: Lane
    var number: Int64
    var after: Int64
    var through: Int64
    var previous: String
    var tables: [TableRows]

    /// The batch that waits at a node.
    init(_ head: BatchHead, of store: BranchStore) throws {
        outlet = head.outlet
        nodeName = head.nodeName
        epoch = head.epoch
        lane = head.lane
        number = head.number
        after = head.after
        through = head.through
        previous = head.previous
        tables = try store.tables(of: head)
    }

    /// The batch with one table changed, chained as if the node had made it so.
    func changing(_ table: String, _ change: (TableRows) -> TableRows) -> TestBatch {
        with { batch in
            batch.tables = tables.map { $0.table == table ? change($0) : $0 }
        }
    }

    func with(_ change: (inout TestBatch) -> Void) -> TestBatch {
        var batch = self
        change(&batch)
        return batch
    }

    /// The batch as it travels.
    func parts() throws -> [Part] {
        var frame = BatchFrameWriter()
        var pieces: [[UInt8]] = []
        for rows in tables {
            let known = SyncedTable.named(rows.table)
            let types = rows.columns.indices.map { index in
                rows.values[index].wireType(
                    of: known?.columns.first { $0.name == rows.columns[index] })
            }
            try frame.append(rows.block(types: types)) { pieces.append($1) }
        }
        let (size, content) = try frame.finish { pieces.append($1) }
        let head = BatchHead(
            outlet: outlet, nodeName: nodeName, epoch: epoch, lane: lane, number: number,
            after: after, through: through, previous: previous, size: size, content: content)
        return pieces.enumerated().map { Part(head: head, index: $0.offset, bytes: $0.element) }
    }
}

extension [JSONValue] {
    /// The column's own type, or, where a forger put another kind of value, that of the value.
    fileprivate func wireType(of column: SyncedTable.Column?) -> WireType {
        let isNumber = contains { $0.int != nil }
        guard let type = column?.wireType else { return isNumber ? .integer : .text }
        let isText = contains { $0.string != nil }
        return type == .integer && isText ? .text : type != .integer && isNumber ? .integer : type
    }
}

extension TableRows {
    /// The rows with one column of the first one changed.
    func setting(_ column: String, to value: JSONValue) -> TableRows {
        rebuilt { row in
            guard let index = columns.firstIndex(of: column) else { return row }
            var row = row
            row[index] = value
            return row
        }
    }

    /// The rows without a column.
    func without(_ column: String) -> TableRows {
        let kept = columns.indices.filter { columns[$0] != column }
        var rows = TableRows(table: table, columns: kept.map { columns[$0] })
        for row in 0..<count { rows.append(kept.map { values[$0][row] }) }
        return rows
    }

    /// The rows with one column more, the same in each.
    func adding(_ column: String, _ value: JSONValue) -> TableRows {
        var rows = TableRows(table: table, columns: columns + [column])
        for row in 0..<count { rows.append(values.map { $0[row] } + [value]) }
        return rows
    }

    func appending(_ row: [JSONValue]) -> TableRows {
        var rows = self
        rows.append(row)
        return rows
    }

    private func rebuilt(_ first: ([JSONValue]) -> [JSONValue]) -> TableRows {
        var rows = TableRows(table: table, columns: columns)
        for row in 0..<count {
            let values = values.map { $0[row] }
            rows.append(row == 0 ? first(values) : values)
        }
        return rows
    }

    /// A claim's row.
    static func claim(_ claim: Claim, id: ClaimID? = nil, customer: CustomerNumber? = nil)
        -> TableRows
    {
        var rows = TableRows(
            table: "claim", columns: ["version", "id", "customer", "author", "content"])
        rows.append([
            4, JSONValue(id ?? claim.id), JSONValue(customer ?? claim.customer),
            JSONValue(claim.author), .string(claim.content.description),
        ])
        return rows
    }
}

extension Claim {
    /// A claim as a node could make one.
    static func forged(
        by author: UnitCode = .wulin, _ kind: Kind = .assignment, firstTier: UnitCode = .zhejiang,
        on base: ClaimID? = nil, to outlet: UnitCode? = .wulin, manager: StaffID? = .ada,
        holdings: Int64 = 1, made date: String = "2025-03-03"
    ) -> Claim {
        make(
            customer: .wang, firstTier: firstTier, author: author, kind: kind, base: base,
            outlet: outlet, manager: manager,
            evidence: Evidence(
                activeCard: false, holdings: HalfFen(holdings), demandAccountOpened: nil,
                businessDate: day(date)),
            businessDate: day(date),
            stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n"), enteredBy: .eve)
    }
}

extension TableRows {
    /// A step's row.
    static func step(_ step: DisputeStep) -> TableRows {
        var rows = TableRows(
            table: "disputeStep",
            columns: ["version", "id", "dispute", "customer", "author", "content"])
        rows.append([
            4, JSONValue(step.id), JSONValue(step.dispute), JSONValue(step.customer),
            JSONValue(step.author), .string(step.content.description),
        ])
        return rows
    }
}
