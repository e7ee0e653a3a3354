import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// Once a day the two sides are compared whole.
    static let compareMilliseconds: Int64 = 24 * 60 * 60 * 1000

    /// Whether it is time to compare again what goes up, and head office has everything: else the two
    /// differ.
    package func isCompareDue() throws -> Bool { try isCompareDue(since: "digestAt") }

    /// The same of what comes down, which has its own time: it may be cut, or have to wait.
    package func isReceivedCompareDue() throws -> Bool {
        try isCompareDue(since: "receivedDigestAt")
    }

    private func isCompareDue(since column: String) throws -> Bool {
        try read { db in
            let last = try Int64.fetchOne(db, prepared: "SELECT \(column) FROM line")
            if let last, last <= world.now(), last + Self.compareMilliseconds > world.now() {
                return false
            }
            return try db.unsentRanges().allSatisfy { try db.countRows(in: [$0]) == 0 }
        }
    }

    /// Whether a comparison would say anything: a node that has closed no date yet, one in the place
    /// of a lost one, lacks what the outlet's extracts bring, and head office is to keep it.
    package func canCompare() throws -> Bool { try read { try $0.lastClosed() != nil } }

    /// What this outlet's own records add up to.
    package func digest(of scope: ComparisonScope = .own) throws -> SyncDigest {
        try read { db in
            var digest = SyncDigest(of: scope)
            for table in scope.tables {
                try db.ownRows(of: table, secrets) { digest.add(table.name, $0, $1) }
            }
            return digest
        }
    }

    /// Compares rows of some buckets with head office's, sends what differs again, and says what is
    /// too much there. No local write waits while rows are read and opened.
    package func mend(
        _ buckets: [String: Set<Int>], against listing: Comparison.Listing,
        in scope: ComparisonScope = .own
    ) throws -> (sentAgain: Int, surplus: Comparison.Listing) {
        var differing: [(table: SyncedTable, key: String)] = []
        var surplus = Comparison.Listing()
        try read { db in
            for table in scope.tables {
                guard let wanted = buckets[table.name] else { continue }
                var theirs = listing.tables[table.name] ?? [:]
                try db.ownRows(of: table, secrets) { key, digest in
                    guard wanted.contains(TableDigest.bucket(of: key)) else { return }
                    let shown = theirs.removeValue(forKey: key)
                    if shown != digest.shortened { differing.append((table, key)) }
                }
                surplus.tables[table.name] = theirs
            }
        }
        // What people entered and only head office still has comes back.
        let isLost = scope.tables.contains {
            $0.isEntered && surplus.tables[$0.name]?.isEmpty == false
        }
        for table in scope.tables where table.isEntered { surplus.tables[table.name] = nil }
        guard isLost || !differing.isEmpty else { return (0, surplus) }
        // What has changed since is to be sent anyway.
        try write { db in
            if !differing.isEmpty {
                let next = try db.nextSequence()
                for (table, key) in differing { try db.sendAgain(table, key, as: next) }
            }
            if isLost { try db.execute(prepared: "UPDATE line SET recoveryCursor = ''") }
        }
        return (differing.count, surplus)
    }

    /// The last comparison did not come to its end; it is due again.
    package func forgetComparison() throws {
        try write { try $0.execute(prepared: "UPDATE line SET digestAt = NULL") }
    }

    package func rememberComparison(isEqual: Bool) throws {
        try write { db in
            try db.execute(
                prepared: "UPDATE line SET digestAt = ?, digestIsEqual = ?",
                arguments: [world.now(), isEqual])
        }
    }
}

extension Database {
    /// The outlet's own rows that head office should have: not what it passed on, and not what it
    /// set apart, given up or not. What has changed since was sent as something new.
    fileprivate func ownRows(
        of table: SyncedTable, _ secrets: Secrets, _ take: (String, Digest) throws -> Void
    ) throws {
        let statement = try cachedStatement(
            sql: """
                SELECT \(columns(of: table)) FROM \(source(of: table))
                WHERE \(table.name).sequence > 0 AND NOT EXISTS (
                    SELECT 1 FROM quarantine
                    WHERE \(table.name).sequence BETWEEN quarantine.first AND quarantine.last)
                """)
        try statement.setArguments([])
        try digests(of: table, statement, openedBy: secrets, place: { $0 }, take)
    }

    fileprivate func sendAgain(_ table: SyncedTable, _ key: String, as sequence: Int64) throws {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == table.key.count else { return }
        let conditions = table.key.map { name in
            name == "customer" && table.name == "standing"
                ? "customer = (SELECT id FROM customer WHERE number = ?)" : "\"\(name)\" = ?"
        }
        try execute(
            prepared: """
                UPDATE \(table.name) SET sequence = ? WHERE \(conditions.joined(separator: " AND "))
                """,
            arguments: StatementArguments([sequence.databaseValue])
                + StatementArguments(
                    zip(table.key, parts).map { name, part in
                        let kind = table.columns.first { $0.name == name }?.kind
                        return kind == .day || kind == .integer
                            ? (Int64(part) ?? 0).databaseValue : part.databaseValue
                    }))
    }
}
