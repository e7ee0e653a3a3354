import Bank
import Store
import Sync
import TestSupport

extension Batch {
    /// The batch with one table changed, chained as if the node had made it so.
    func changing(_ table: String, _ change: (TableRows) -> TableRows) -> Batch {
        with(tables: tables.map { $0.table == table ? change($0) : $0 })
    }

    func with(
        tables: [TableRows]? = nil, number: Int64? = nil, previous: String? = nil,
        outlet: UnitCode? = nil, nodeName: String? = nil, epoch: Int64? = nil
    ) -> Batch {
        Batch(
            outlet: outlet ?? self.outlet, nodeName: nodeName ?? self.nodeName,
            epoch: epoch ?? self.epoch, number: number ?? self.number,
            firstSequence: firstSequence, lastSequence: lastSequence,
            previous: previous ?? self.previous, tables: tables ?? self.tables)
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
        var rows = TableRows(table: "claim", columns: ["id", "customer", "author", "content"])
        rows.append([
            JSONValue(id ?? claim.id), JSONValue(customer ?? claim.customer),
            JSONValue(claim.author), .string(claim.content.description),
        ])
        return rows
    }
}

extension Claim {
    /// A claim as a node could make one.
    static func forged(
        by author: UnitCode = .wulin, _ kind: Kind = .assignment, firstTier: UnitCode = .zhejiang,
        to outlet: UnitCode? = .wulin, manager: StaffID? = .ada, holdings: Int64 = 1
    ) -> Claim {
        make(
            customer: .wang, firstTier: firstTier, author: author, kind: kind, base: nil,
            outlet: outlet, manager: manager,
            evidence: Evidence(
                activeCard: false, holdings: HalfFen(holdings), demandAccountOpened: nil,
                businessDate: day("2025-03-03")),
            businessDate: day("2025-03-03"),
            stamp: HybridStamp(milliseconds: 1, counter: 0, node: "n"), enteredBy: .eve)
    }
}
