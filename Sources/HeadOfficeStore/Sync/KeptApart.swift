package import Bank
import GRDB
package import Sync
import Vault

/// A transaction of an outlet's that could not be applied and is set apart.
package struct SetApartTransaction: Hashable, Sendable {
    package let outlet: UnitCode
    /// The outlet's sequence that ends it.
    package let end: Int64
    /// Why; a code of the protocol's closed table.
    package let code: String
    /// The table of the row that failed; of one that is not known here `KeptApart.unknown`.
    package let record: String
    /// Its key; of a customer's number, and of what may be one, the last digits.
    package let key: String
    /// The column whose value is not admitted; nil where that is not the reason.
    package let column: String?
    /// Rows set apart with it.
    package let rows: Int
    /// Milliseconds since 1970-01-01 UTC.
    package let at: Int64
    /// When the outlet gave it up, by the same clock; nil where it waits for somebody.
    package let discardedAt: Int64?
}

/// A batch that a fenced node handed over: what it wanted to send, none of it applied.
package struct HandedOverBatch: Hashable, Sendable {
    /// Records of one kind.
    package struct Records: Hashable, Sendable {
        package fileprivate(set) var rows = 0
        /// Numbers of records that people entered, the first of them.
        package fileprivate(set) var ids: [String] = []
    }

    package let head: BatchHead
    /// How many parts of it are kept; the first ones.
    package fileprivate(set) var parts = 0
    /// What the kept parts hold, by table; all that is of none that is known here under
    /// `KeptApart.unknown`, since its names are whatever the sender likes.
    package fileprivate(set) var records: [String: Records] = [:]
    /// Whether the kept parts could be read, as far as they go.
    package fileprivate(set) var isReadable = true
    /// When the first part came; milliseconds since 1970-01-01 UTC.
    package let at: Int64
}

/// What head office keeps of outlets' records without having applied it.
package struct KeptApart: Sendable {
    /// Stands for every kind of record that is not known here.
    package static let unknown = "unknown"

    package fileprivate(set) var setApart: [SetApartTransaction] = []
    package fileprivate(set) var handedOver: [HandedOverBatch] = []
}

extension BankStore {
    /// What was set apart and what fenced nodes handed over, of one outlet or of all: kinds, numbers
    /// and reasons, never what is in a record. Audited.
    package func keptApart(of outlet: UnitCode? = nil, by actor: String) throws -> KeptApart {
        try audit(.viewed, by: actor, on: outlet?.rawValue, detail: ["view": "kept-apart"])
        var codes = firstTierCodes
        if let outlet {
            try translating { try bank.readState { try $0.requireOutlet(outlet) } }
            let organisation = Organisation(units: try units(), staff: [])
            codes = codes.filter { $0 == organisation.firstTier(of: outlet) }
        }
        var kept = KeptApart()
        try translating {
            for code in codes {
                try firstTier(code).database.readState { db in
                    kept.setApart += try db.transactionsSetApart(of: outlet)
                    kept.handedOver += try handedOver(db, of: outlet)
                }
            }
        }
        return kept
    }

    private func handedOver(_ db: Database, of outlet: UnitCode?) throws -> [HandedOverBatch] {
        let heads = try Row.fetchAll(
            db,
            prepared: """
                SELECT outlet, hash, head, min(at) AS at FROM review
                WHERE ?1 IS NULL OR outlet = ?1
                GROUP BY outlet, hash ORDER BY outlet, min(at), hash
                """,
            arguments: [outlet])
        return try heads.map { row in
            let text = try row.value("head") as String
            guard let json = try? JSONValue(reading: Array(text.utf8)),
                let head = BatchHead(json: json)
            else { throw StoreError.damaged("review.head") }
            return try read(
                db, HandedOverBatch(head: head, at: try row.value("at")),
                outlet: try row.value("outlet"), hash: try row.value("hash"))
        }
    }

    /// The batch with what its parts hold, as far as one follows the other.
    private func read(
        _ db: Database, _ batch: HandedOverBatch, outlet: UnitCode, hash: String
    ) throws -> HandedOverBatch {
        var batch = batch
        var reader = BatchFrameReader(size: batch.head.size)
        let parts = try Row.fetchCursor(
            db,
            sql: "SELECT number, content FROM review WHERE outlet = ? AND hash = ? ORDER BY number",
            arguments: [outlet, hash])
        while let row = try parts.next() {
            let number = try row.value("number") as Int
            let bytes = try secrets.openBytes(
                try row.value("content"), "review", "\(outlet)/\(hash)/\(number)", "content")
            guard number == batch.parts else {
                batch.isReadable = false
                break
            }
            batch.parts += 1
            guard batch.isReadable else { continue }
            do {
                try reader.read(bytes) { batch.count(try TableRows($0)) }
            } catch is WireError {
                batch.isReadable = false
            } catch is ExchangeError {
                batch.isReadable = false
            }
        }
        return batch
    }
}

extension HandedOverBatch {
    /// Of a kind of record so many are named; the others are counted.
    private static let mostNamed = 20

    fileprivate mutating func count(_ rows: TableRows) {
        guard rows.table != SyncedTable.transactions else { return }
        let table = SyncedTable.named(rows.table)
        let name = table?.name ?? KeptApart.unknown
        records[name, default: Records()].rows += rows.count
        guard table?.isEntered == true, let index = rows.columns.firstIndex(of: "id")
        else { return }
        let room = Self.mostNamed - (records[name]?.ids.count ?? 0)
        records[name]?.ids += rows.values[index].prefix(max(0, room)).compactMap(\.string)
    }
}

extension Database {
    fileprivate func transactionsSetApart(of outlet: UnitCode?) throws -> [SetApartTransaction] {
        // Of each transaction the row that failed comes first.
        let rows = try Row.fetchAll(
            self,
            prepared: """
                SELECT outlet, transactionEnd, record, key, code, field, at, discardedAt,
                    row_number() OVER (
                        PARTITION BY outlet, transactionEnd ORDER BY isCause DESC, record, key)
                        AS place,
                    count(*) OVER (PARTITION BY outlet, transactionEnd) AS rows
                FROM quarantine WHERE ?1 IS NULL OR outlet = ?1
                ORDER BY outlet, transactionEnd, place
                """,
            arguments: [outlet])
        return try rows.filter { try $0.value("place") == 1 }.map { row in
            let record = try row.value("record") as String
            return SetApartTransaction(
                outlet: try row.value("outlet"), end: try row.value("transactionEnd"),
                code: try row.value("code"),
                record: SyncedTable.named(record)?.name ?? KeptApart.unknown,
                key: shown(key: try row.value("key"), of: record), column: try row.value("field"),
                rows: try row.value("rows"), at: try row.value("at"),
                discardedAt: try row.value("discardedAt"))
        }
    }

    /// Where a key begins with a customer's number, or may, its last digits are shown.
    private func shown(key: String, of record: String) -> String {
        if let table = SyncedTable.named(record),
            !["customer", "number"].contains(table.key.first)
        {
            return key
        }
        var parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        parts[0] = "…\(parts[0].suffix(4))"
        return parts.joined(separator: "/")
    }
}
