import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BankStore {
    /// Applies a batch transaction by transaction: one that fails is set apart whole, with what
    /// depends on it, and the others go on (`sync.md`, statement 6).
    func applyApart(_ db: Database, _ push: Push) throws -> (rows: Int, writtenAt: Int64?) {
        var batch = TransactionsOfBatch()
        var reader = BatchFrameReader(size: push.part.head.size)
        do {
            try eachPart(db, push) { bytes in
                try reader.read(bytes) { try batch.add(try TableRows($0), types: $0.types) }
            }
        } catch is WireError {
            throw ExchangeError.malformed
        }
        guard reader.isWhole else { throw ExchangeError.malformed }
        var rows = 0
        for transaction in batch.inOrder(of: push.part.head) {
            rows += transaction.rows
            let failure: (any Error)?
            if let cause = try db.dependency(of: transaction, outlet: push.node.outlet) {
                failure = cause
            } else {
                failure = try db.isolating { try apply(db, transaction, push.node) }.failure
            }
            switch failure {
            case nil:
                try db.forget(transaction, outlet: push.node.outlet)
            case let cause as RecordFailure:
                try setApart(db, transaction, cause, push.node.outlet)
            case .some(let error): throw error
            }
        }
        return (rows, batch.writtenAt)
    }

    /// All rows of one transaction, or the row that cannot be.
    private func apply(
        _ db: Database, _ transaction: BatchTransaction, _ node: EnrolledNode
    ) throws {
        var intake = intake(db, node)
        for (rows, types) in transaction.tables {
            for row in 0..<rows.count {
                var one = TableRows(table: rows.table, columns: rows.columns)
                one.append(rows.values.map { $0[row] })
                do {
                    try one.block(types: types).withUnsafeBytes {
                        try intake.apply(try Block($0))
                    }
                } catch {
                    guard Self.isOfOneRecord(error) || error is WireError else { throw error }
                    throw RecordFailure(
                        code: .inadmissible, record: rows.table, key: one.key(of: 0),
                        column: one.columnNotAdmitted(types))
                }
            }
        }
    }

    private func setApart(
        _ db: Database, _ transaction: BatchTransaction, _ cause: RecordFailure, _ outlet: UnitCode
    ) throws {
        for (rows, _) in transaction.tables {
            for row in 0..<rows.count {
                let key = rows.key(of: row)
                let content = JSONValue.object(
                    Dictionary(
                        uniqueKeysWithValues: zip(rows.columns, rows.values.map { $0[row] })))
                try db.execute(
                    prepared: """
                        INSERT OR REPLACE INTO quarantine (
                            outlet, record, key, transactionEnd, code, isCause, payload, at,
                            field)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        outlet, rows.table, key, transaction.end, cause.code.rawValue,
                        cause.record == rows.table && cause.key == key,
                        secrets.seal(
                            content.description, "quarantine", "\(outlet)/\(rows.table)/\(key)",
                            "payload"), world.now(),
                        cause.record == rows.table && cause.key == key ? cause.column : nil,
                    ])
            }
        }
    }
}

extension BankStore {
    /// Notes what an outlet gave up of what was set apart: it waits for nobody any more, and stays
    /// known as something on which nothing can be built.
    func noteDiscarded(_ ends: [Int64], _ tier: FirstTier, _ node: EnrolledNode) throws {
        guard !ends.isEmpty else { return }
        let given = try translating {
            try tier.database.readState { db in
                try ends.compactMap { try db.waiting(of: node.outlet, transaction: $0) }
            }
        }
        guard !given.isEmpty else { return }
        // First: a crash between the two then leaves nothing that nobody heard of.
        try inBank { db in
            for cause in given {
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: "node:\(node.name)", action: .discarded,
                        subject: node.outlet.rawValue,
                        detail: [
                            "code": .string(cause.code), "key": .string(cause.key),
                            "record": .string(cause.record),
                        ]))
            }
        }
        try translating {
            try tier.write(world) { db in
                for end in given.map(\.transactionEnd) {
                    try db.execute(
                        prepared: """
                            UPDATE quarantine SET discardedAt = ?
                            WHERE outlet = ? AND transactionEnd = ? AND discardedAt IS NULL
                            """,
                        arguments: [world.now(), node.outlet, end])
                }
            }
        }
    }
}

/// Why a transaction is set apart: the record that cannot be applied.
private struct RecordFailure: Error {
    let code: ExchangeError
    let record: String
    let key: String
    /// The column whose value is not what it may be; nil where that is not the reason.
    var column: String?
}

/// The rows that one local transaction of an outlet wrote, by table, parents first.
struct BatchTransaction {
    let end: Int64
    private(set) var tables: [(rows: TableRows, types: [WireType])] = []

    var rows: Int { tables.reduce(0) { $0 + $1.rows.count } }

    fileprivate mutating func append(_ row: Int, of rows: TableRows, _ types: [WireType]) {
        if tables.last?.rows.table != rows.table {
            tables.append((TableRows(table: rows.table, columns: rows.columns), types))
        }
        tables[tables.count - 1].rows.append(rows.values.map { $0[row] })
    }
}

/// A batch taken apart into the transactions that it carries.
private struct TransactionsOfBatch {
    private var marks: [(first: Int64, through: Int64)] = []
    private var tables: [(rows: TableRows, types: [WireType])] = []
    private(set) var writtenAt: Int64?

    mutating func add(_ rows: TableRows, types: [WireType]) throws {
        guard rows.table == SyncedTable.transactions else {
            tables.append((rows, types))
            return
        }
        guard let first = rows.columns.firstIndex(of: "first"),
            let through = rows.columns.firstIndex(of: "through"),
            let at = rows.columns.firstIndex(of: "at")
        else { throw WireError.malformed }
        marks += zip(
            rows.values[first].compactMap(\.int), rows.values[through].compactMap(\.int)
        ).map { ($0, $1) }
        writtenAt = rows.values[at].compactMap(\.int).max()
    }

    /// Rows of no known transaction, which another program wrote, are one each; what is numbered
    /// outside the batch's span belongs to its end.
    func inOrder(of head: BatchHead) -> [BatchTransaction] {
        let last = head.through
        let marks = marks.sorted { $0.through < $1.through }
        /// Where the transaction with a change ends.
        func end(of sequence: Int64) -> Int64? {
            var (low, high) = (0, marks.count)
            while low < high {
                let middle = (low + high) / 2
                if marks[middle].through < sequence { low = middle + 1 } else { high = middle }
            }
            guard low < marks.count, marks[low].first <= sequence else { return nil }
            return marks[low].through
        }
        var byEnd: [Int64: BatchTransaction] = [:]
        let order = SyncedTable.all.map(\.name)
        let sorted = tables.enumerated().sorted { left, right in
            let places = [left, right].map { order.firstIndex(of: $0.element.rows.table) ?? .max }
            return places[0] == places[1] ? left.offset < right.offset : places[0] < places[1]
        }
        for (rows, types) in sorted.map(\.element) {
            let version = rows.columns.firstIndex(of: SyncedTable.version)
            for row in 0..<rows.count {
                let sequence = version.flatMap { rows.values[$0][row].int } ?? last
                let isInSpan = sequence > head.after && sequence <= last
                let end = isInSpan ? end(of: sequence) ?? sequence : last
                // NB: in place, since a copy for each row would take a day for a large one.
                byEnd[end, default: BatchTransaction(end: end)].append(row, of: rows, types)
            }
        }
        return byEnd.values.sorted { $0.end < $1.end }
    }
}

extension Block {
    fileprivate var types: [WireType] { columns.map(\.type) }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}

extension TableRows {
    /// The first column of a single row whose value its table does not admit; nil where the table
    /// admits all of them, or is not known.
    fileprivate func columnNotAdmitted(_ types: [WireType]) -> String? {
        SyncedTable.named(table)?.columns.first { column in
            guard let index = columns.firstIndex(of: column.name) else {
                return !column.isOptional
            }
            return types[index] != column.wireType || !column.admits(values[index][0])
        }?.name
    }

    /// A row's key, joined by '/'; where the kind is unknown, its first column.
    fileprivate func key(of row: Int) -> String {
        let names = SyncedTable.named(table)?.key ?? columns.prefix(1).map { $0 }
        return names.map { name in
            columns.firstIndex(of: name).map { values[$0][row].asKey } ?? ""
        }.joined(separator: "/")
    }
}

extension Database {
    /// The record on which a transaction depends and that is set apart; nil where there is none. A
    /// row that is set apart itself and comes again is no reason: it may be mended.
    fileprivate func dependency(
        of transaction: BatchTransaction, outlet: UnitCode
    ) throws -> RecordFailure? {
        for (rows, _) in transaction.tables {
            guard let table = SyncedTable.named(rows.table) else { continue }
            for row in 0..<rows.count {
                // The first step of a dispute names itself.
                guard let other = rows.dependency(of: row, table), other != rows.key(of: row)
                else { continue }
                if try isSetApart(other, of: rows.table, outlet) {
                    return RecordFailure(
                        code: .dependsOnSetApart, record: rows.table, key: rows.key(of: row))
                }
            }
        }
        return nil
    }

    /// What came again and could be applied is no longer set apart.
    fileprivate func forget(_ transaction: BatchTransaction, outlet: UnitCode) throws {
        for (rows, _) in transaction.tables {
            for row in 0..<rows.count { try forget(rows.key(of: row), of: rows.table, outlet) }
        }
    }

    /// The tables of which something of an outlet's is set apart.
    func tablesSetApart(of outlet: UnitCode) throws -> Set<String> {
        try String.fetchSet(
            cachedStatement(sql: "SELECT DISTINCT record FROM quarantine WHERE outlet = ?"),
            arguments: [outlet])
    }

    /// Rows that are about to be applied are no longer set apart; one that depends on what is fails.
    func pass(_ rows: TableRows, of outlet: UnitCode) throws {
        let table = SyncedTable.named(rows.table)
        for row in 0..<rows.count {
            let key = rows.key(of: row)
            if let table, let other = rows.dependency(of: row, table), other != key,
                try isSetApart(other, of: rows.table, outlet)
            {
                throw ExchangeError.dependsOnSetApart
            }
            try forget(key, of: rows.table, outlet)
        }
    }

    /// The record for which a transaction is set apart; nil where it is not, or was given up.
    fileprivate func waiting(
        of outlet: UnitCode, transaction end: Int64
    ) throws -> PushReply.SetApart? {
        try Row.fetchOne(
            self,
            prepared: """
                SELECT transactionEnd, code, record, key FROM quarantine
                WHERE outlet = ? AND transactionEnd = ? AND discardedAt IS NULL
                ORDER BY isCause DESC LIMIT 1
                """,
            arguments: [outlet, end]
        ).map {
            PushReply.SetApart(transactionEnd: $0[0], code: $0[1], record: $0[2], key: $0[3])
        }
    }

    private func isSetApart(
        _ key: String, of table: String, _ outlet: UnitCode
    ) throws -> Bool {
        try Bool.fetchOne(
            cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM quarantine
                        WHERE outlet = ? AND record = ? AND key = ?)
                    """),
            arguments: [outlet, table, key]) ?? false
    }

    private func forget(_ key: String, of table: String, _ outlet: UnitCode) throws {
        try cachedStatement(
            sql: "DELETE FROM quarantine WHERE outlet = ? AND record = ? AND key = ?"
        ).execute(arguments: [outlet, table, key])
    }
}

extension TableRows {
    /// The key of the row of the same table that a row depends on.
    fileprivate func dependency(of row: Int, _ table: SyncedTable) -> String? {
        if let column = table.dependsOn, let index = columns.firstIndex(of: column) {
            return values[index][row].string
        }
        // A claim names the one it builds on in its content.
        guard table.name == "claim", let index = columns.firstIndex(of: "content"),
            let text = values[index][row].string,
            let content = try? JSONValue(reading: Array(text.utf8))
        else { return nil }
        return content["base"]?.string
    }
}
