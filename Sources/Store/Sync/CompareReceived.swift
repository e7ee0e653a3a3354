import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// What this node has of what came down adds up to.
    package func receivedDigest() throws -> ReceivedDigest {
        try read { db in
            var digest = ReceivedDigest()
            for table in ReceivedTable.allCases {
                try digests(of: table, db) { digest.add(table, $0, $1) }
            }
            return digest
        }
    }

    /// Compares rows of some buckets with head office's: takes away what only is here, and says
    /// which to ask for.
    package func differences(
        in buckets: [ReceivedBucket], from listing: Comparison.Listing
    ) throws -> (missing: [ReceivedKey], removed: Int) {
        var missing: [ReceivedKey] = []
        var surplus: [ReceivedKey] = []
        try read { db in
            for table in ReceivedTable.allCases {
                let wanted = Set(buckets.filter { $0.table == table }.map(\.number))
                guard !wanted.isEmpty else { continue }
                var theirs = listing.tables[table.rawValue] ?? [:]
                try digests(of: table, db) { key, digest in
                    guard wanted.contains(TableDigest.bucket(of: key)) else { return }
                    switch theirs.removeValue(forKey: key) {
                    case digest.shortened: break
                    case nil: surplus.append(ReceivedKey(table: table, key: key))
                    default: missing.append(ReceivedKey(table: table, key: key))
                    }
                }
                missing += theirs.keys.sorted().map { ReceivedKey(table: table, key: $0) }
            }
        }
        // The organisation is put together anew, without them.
        missing += surplus.filter { $0.table == .organisation }
        surplus.removeAll { $0.table == .organisation }
        guard !surplus.isEmpty else { return (missing, 0) }
        var removed = 0
        _ = try writeInSlices(surplus, rows: { _ in 1 }) { db, row in
            guard let customers = try db.remove(row) else { return }
            removed += 1
            for customer in customers { try refresh(db, about: customer) }
        } closing: { _, _ in
        }
        return (missing, removed)
    }

    /// Both sides were compared to the end, and what differed is here: a claim that is still missing
    /// head office keeps back or has lost.
    package func rememberReceivedComparison(isEqual: Bool) throws {
        try write { db in
            try db.noteUnverified()
            try db.execute(
                prepared: "UPDATE line SET receivedDigestAt = ?, receivedDigestIsEqual = ?",
                arguments: [world.now(), isEqual])
        }
    }

    /// Head office has something newer, or is being made whole, which may take days: in an hour the
    /// comparison is due again.
    package func postponeReceivedComparison() throws {
        try write { db in
            try db.execute(
                prepared: "UPDATE line SET receivedDigestAt = ?",
                arguments: [world.now() - Self.compareMilliseconds + 60 * 60 * 1000])
        }
    }

    /// Hands on the key and digest of each row that head office should have as well.
    private func digests(
        of table: ReceivedTable, _ db: Database, _ take: (String, Digest) throws -> Void
    ) throws {
        switch table {
        case .organisation:
            for row in try db.organisation(openedBy: secrets.cipher).digestRows {
                try take(row.key, row.digest)
            }
        case .claim:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, customer, author, content, outcome FROM claim
                    WHERE \(Database.isShared("claim"))
                    """)
            while let row = try rows.next() {
                try take(try row.value("id"), ReceivedTable.digest(row.cells))
            }
        case .directory:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT directory.customer, claim, manager, outlet, since, directory.number,
                        rule, directory.digest, record, signature, content
                    FROM directory LEFT JOIN decision ON decision.digest = directory.digest
                    """)
            while let row = try rows.next() {
                try take(try row.value("customer"), ReceivedTable.digest(row.cells))
            }
        case .disputeStep:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, dispute, customer, author, content FROM disputeStep
                    WHERE \(Database.isShared("disputeStep"))
                        AND (sequence = 0 OR NOT \(Database.isCustomerSetApart))
                    """)
            while let row = try rows.next() {
                let id: String = try row.value("id")
                var cells = Array(row.cells.prefix(4))
                // One that does not open any more differs from whatever it was.
                cells.append(try? secrets.open(row.value("content"), "disputeStep", id, "content"))
                try take(id, ReceivedTable.digest(cells))
            }
        case .profileEdit:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, author, customer, field, lifts, at, counter, node, staff, date,
                        value, note
                    FROM profileEdit WHERE sequence = 0
                    """)
            while let row = try rows.next() {
                let id: String = try row.value("id")
                let opened = ["value", "note"].map {
                    try? secrets.open(row.value($0), "profileEdit", id, $0)
                }
                try take(id, ReceivedTable.digest(row.cells.prefix(10) + opened))
            }
        case .tierStanding:
            let names = TierStandingRecord.table.columns.map(\.name).joined(separator: ", ")
            let rows = try Row.fetchCursor(db, sql: "SELECT \(names) FROM tierStanding")
            while let row = try rows.next() {
                try take(try row.value("customer"), ReceivedTable.digest(row.cells))
            }
        }
    }
}

extension Database {
    /// What came down, and what head office has acknowledged and not set apart.
    fileprivate static func isShared(_ table: String) -> String {
        """
        (\(table).sequence = 0 OR NOT EXISTS (
                SELECT 1 FROM changeMark
                WHERE isUrgent = 1 AND \(table).sequence BETWEEN first AND changeMark.sequence
                    AND changeMark.sequence > (SELECT sequence FROM lane WHERE name = 'urgent'))
            AND NOT EXISTS (
                SELECT 1 FROM quarantine
                WHERE \(table).sequence BETWEEN quarantine.first AND quarantine.last))
        """
    }

    /// Whether the customer of a step is in a transaction that head office set apart: it may not know
    /// the customer from the outlet, and then leaves the outlet's steps out.
    fileprivate static let isCustomerSetApart = """
        EXISTS (SELECT 1 FROM customer
            JOIN quarantine ON customer.sequence BETWEEN quarantine.first AND quarantine.last
            WHERE customer.number = disputeStep.customer)
        """

    /// Takes away a row that head office does not have, and says of whom it was; nil where it stays,
    /// being the outlet's own.
    fileprivate func remove(_ row: ReceivedKey) throws -> [CustomerNumber]? {
        switch row.table {
        case .organisation: return nil
        case .profileEdit:
            try execute(
                prepared: "DELETE FROM profileEdit WHERE id = ? AND sequence = 0",
                arguments: [row.key])
            return changesCount > 0 ? [] : nil
        case .tierStanding:
            try execute(
                prepared: "DELETE FROM tierStanding WHERE customer = ?", arguments: [row.key])
            return []
        case .claim, .disputeStep:
            let customers = try CustomerNumber.fetchAll(
                self,
                prepared:
                    "SELECT customer FROM \(row.table.rawValue) WHERE id = ? AND sequence = 0",
                arguments: [row.key])
            try execute(
                prepared: "DELETE FROM \(row.table.rawValue) WHERE id = ? AND sequence = 0",
                arguments: [row.key])
            return customers.isEmpty ? nil : customers
        case .directory:
            // A head office that lost it may ask for it.
            try execute(
                prepared: """
                    INSERT OR IGNORE INTO pastRecord (number, customer, digest, record, signature)
                    SELECT number, customer, digest, record, signature FROM directory
                    WHERE customer = ?1 AND CASE WHEN json_valid(record) THEN
                        json_extract(record, '$.customer') = customer
                        AND json_extract(record, '$.number') = number
                        AND json_extract(record, '$.digest') = digest END
                    """,
                arguments: [row.key])
            try execute(
                prepared: "DELETE FROM directory WHERE customer = ?", arguments: [row.key])
            try execute(
                prepared: """
                    DELETE FROM decision
                    WHERE customer = ?1 AND digest NOT IN (
                        SELECT digest FROM pastRecord WHERE customer = ?1)
                    """,
                arguments: [row.key])
            return [CustomerNumber(row.key)]
        }
    }
}
