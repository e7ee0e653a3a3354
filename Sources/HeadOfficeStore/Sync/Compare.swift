import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BankStore {
    /// Compares what an outlet's records add up to here with what the node says: equal, or where
    /// they differ; then the rows there; then what the node no longer has is removed.
    func compare(_ question: JSONValue, with node: EnrolledNode) throws -> JSONValue {
        if let received = try ReceivedQuestion(json: question) {
            return try compare(received: received, with: node)
        }
        let scope = try question["columns"].map {
            guard let scope = ComparisonScope(json: $0) else { throw ExchangeError.malformed }
            return scope
        }
        if let root = question["root"]?.string {
            return try compare(root: root, in: scope ?? .own, with: node)
        }
        if let buckets = question["buckets"]?.object {
            return try list(buckets, in: scope ?? .own, of: node)
        }
        guard let surplus = question["surplus"].flatMap(Comparison.Listing.init(json:)) else {
            throw ExchangeError.malformed
        }
        return try remove(surplus, of: node)
    }

    private func compare(
        root: String, in scope: ComparisonScope, with node: EnrolledNode
    ) throws -> JSONValue {
        let tier = try firstTier(node.firstTier)
        var digest = SyncDigest(of: scope)
        try translating {
            try tier.database.readState { db in
                for table in scope.tables {
                    try db.rows(of: table, from: node.outlet, secrets) {
                        digest.add(table.name, $0, $1)
                    }
                }
            }
        }
        let isEqual = digest.root == root
        try translating {
            try tier.write(world) { db in
                try db.execute(
                    prepared: """
                        INSERT INTO nodeState (outlet, verdict, verdictAt, digestAt, digestIsEqual)
                        VALUES (?1, ?2, ?3, ?3, ?4)
                        ON CONFLICT (outlet) DO UPDATE
                        SET digestAt = excluded.digestAt, digestIsEqual = excluded.digestIsEqual
                        """,
                    arguments: [node.outlet, Verdict.inStep.rawValue, world.now(), isEqual])
            }
        }
        guard !isEqual else { return ["equal": true, "protocol": .int(Message.version)] }
        return [
            "columns": scope.json, "equal": false, "protocol": .int(Message.version),
            "sums": .object(
                digest.tables.mapValues { .array($0.sumList.map(JSONValue.string)) }),
        ]
    }

    private func list(
        _ buckets: [String: JSONValue], in scope: ComparisonScope, of node: EnrolledNode
    ) throws -> JSONValue {
        var listing = Comparison.Listing()
        let tier = try firstTier(node.firstTier)
        var count = 0
        try translating {
            try tier.database.readState { db in
                for table in scope.tables {
                    guard let list = buckets[table.name] else { continue }
                    let wanted = Set((list.array ?? [.null]).map { $0.int ?? -1 }.map(Int.init))
                    guard wanted.allSatisfy((0..<TableDigest.buckets).contains) else {
                        throw ExchangeError.malformed
                    }
                    count += wanted.count
                    guard count <= Comparison.mostBuckets else { throw ExchangeError.tooLarge }
                    var rows: Comparison.Rows = [:]
                    try db.rows(of: table, from: node.outlet, secrets) { key, digest in
                        guard wanted.contains(TableDigest.bucket(of: key)) else { return }
                        rows[key] = digest.shortened
                    }
                    listing.tables[table.name] = rows
                }
            }
        }
        return ["protocol": .int(Message.version), "rows": listing.json]
    }

    /// What extracts brought and the node no longer has goes here as well; what people entered
    /// never does.
    private func remove(
        _ surplus: Comparison.Listing, of node: EnrolledNode
    ) throws -> JSONValue {
        let tier = try firstTier(node.firstTier)
        var removed = 0
        try translating {
            try tier.write(world) { db in
                for table in ComparisonScope.own.tables where !table.isEntered {
                    for key in (surplus.tables[table.name] ?? [:]).keys {
                        removed += try db.remove(table, key, of: node.outlet)
                    }
                }
            }
        }
        return ["protocol": .int(Message.version), "removed": .int(Int64(removed))]
    }
}

extension Database {
    /// Whether the row `item` of a table is set apart in a later state.
    static func isSetApart(
        _ table: SyncedTable, of outlet: String, and condition: String = "TRUE"
    ) -> String {
        let key = table.key.map { "item.\"\($0)\"" }.joined(separator: " || '/' || ")
        return """
            EXISTS (SELECT 1 FROM quarantine AS q
                WHERE q.outlet = \(outlet) AND q.record = '\(table.name)' AND q.key = \(key)
                    AND \(condition))
            """
    }

    /// The rows of an outlet as they came. Of one that is set apart an older state may be here; the
    /// node leaves it out as well.
    fileprivate func rows(
        of table: SyncedTable, from outlet: UnitCode, _ secrets: Secrets,
        _ take: (String, Digest) throws -> Void
    ) throws {
        let owner = table.name == "claim" ? "author" : "outlet"
        let names = table.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
        let isSetApart = Self.isSetApart(table, of: "item.\(owner)")
        let isAnySetApart = try tablesSetApart(of: outlet).contains(table.name)
        let statement = try cachedStatement(
            sql: """
                SELECT \(names) FROM \(table.name) AS item
                WHERE item.\(owner) = ? \(isAnySetApart ? "AND NOT \(isSetApart)" : "")
                """)
        try statement.setArguments([outlet])
        try digests(
            of: table, statement, openedBy: secrets, place: { "\(outlet)/\($0)" }, take)
    }

    fileprivate func remove(
        _ table: SyncedTable, _ key: String, of outlet: UnitCode
    ) throws -> Int {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == table.key.count else { throw ExchangeError.malformed }
        try execute(
            sql: """
                DELETE FROM \(table.name)
                WHERE outlet = ? AND \(table.key.map { "\"\($0)\" = ?" }.joined(separator: " AND "))
                """,
            arguments: [outlet]
                + StatementArguments(
                    zip(table.key, parts).map { name, part in
                        let kind = table.columns.first { $0.name == name }?.kind
                        return kind == .day || kind == .integer
                            ? (Int64(part) ?? 0).databaseValue : part.databaseValue
                    }))
        let count = changesCount
        if table.name == "standing" {
            try execute(
                prepared: """
                    UPDATE standing SET isLatest = 1
                    WHERE outlet = ?1 AND customer = ?2 AND date = (
                        SELECT max(date) FROM standing WHERE outlet = ?1 AND customer = ?2)
                    """,
                arguments: [outlet, parts.first])
        }
        return count
    }
}
