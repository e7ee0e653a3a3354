import Bank
import GRDB
package import Sync
import Vault

/// A transaction of this node that head office could not apply.
package struct QuarantineEntry: Hashable, Sendable {
    package let id: Int64
    /// Its changes, by their sequences here.
    package let first: Int64
    package let last: Int64
    /// A code of the protocol's closed table.
    package let code: String
    /// The table and key of the row that failed.
    package let record: String
    package let key: String
    /// The column whose value head office does not admit; nil where it named none.
    package let column: String?
    /// Milliseconds since 1970-01-01 UTC.
    package let at: Int64

    /// The key of the reason's sentence in the table of texts, with what the sentence names.
    package var reason: (key: String, facts: [String: String]) {
        switch ExchangeError(rawValue: code) {
        case .inadmissible:
            column.map { ("apart.column", ["column": $0]) } ?? ("apart.inadmissible", [:])
        case .dependsOnSetApart: ("apart.depends-on-set-apart", [:])
        default: ("apart.other", ["code": code])
        }
    }
}

extension BranchStore {
    /// Writes down what head office set apart of a batch; the rows stay here as they are. What was
    /// given up meanwhile stays given up.
    package func setApart(_ list: [PushReply.SetApart]) throws {
        guard !list.isEmpty else { return }
        try write { db in
            for entry in list {
                let known = try Int64.fetchOne(
                    db,
                    prepared: "SELECT id FROM quarantine WHERE last = ? AND record = ? AND key = ?",
                    arguments: [entry.transactionEnd, entry.record, entry.key])
                if let known {
                    try db.execute(
                        prepared: "UPDATE quarantine SET isTold = 0 WHERE id = ?",
                        arguments: [known])
                    continue
                }
                let first = try Int64.fetchOne(
                    db, prepared: "SELECT first FROM changeMark WHERE sequence = ?",
                    arguments: [entry.transactionEnd])
                try db.execute(
                    prepared: """
                        INSERT INTO quarantine (first, last, code, record, key, at, field)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        // What another program wrote has no mark: a transaction of its own.
                        first ?? entry.transactionEnd, entry.transactionEnd, entry.code,
                        entry.record,
                        entry.key, world.now(), entry.column,
                    ])
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: "node:\(node.name)", action: .setApart,
                        subject: nil,
                        detail: [
                            "code": .string(entry.code), "column": JSONValue(entry.column),
                            "record": .string(entry.record),
                        ]))
            }
        }
    }

    package func quarantine() throws -> [QuarantineEntry] {
        try read { db in
            try Row.fetchAll(
                db, prepared: "SELECT * FROM quarantine WHERE discardedAt IS NULL ORDER BY id"
            ).map {
                QuarantineEntry(
                    id: try $0.value("id"), first: try $0.value("first"),
                    last: try $0.value("last"), code: try $0.value("code"),
                    record: try $0.value("record"), key: try $0.value("key"),
                    column: try $0.value("field"),
                    at: try $0.value("at"))
            }
        }
    }

    /// Sends a transaction once more, as if it had been written now; nil means all of them.
    package func retryQuarantined(_ id: Int64?, by actor: String) throws -> Int {
        try endQuarantine(id.map { [$0] }, by: actor, .retried) { db, entry in
            // Whatever is urgent in it travels ahead again, since the mark looks at what it wrote.
            let next = try db.lastSequence() + 1
            try db.execute(prepared: "UPDATE changeCounter SET value = ?", arguments: [next])
            for table in SyncedTable.all {
                try db.execute(
                    prepared:
                        "UPDATE \(table.name) SET sequence = ? WHERE sequence BETWEEN ? AND ?",
                    arguments: [next, entry.first, entry.last])
            }
            try db.execute(prepared: "DELETE FROM quarantine WHERE id = ?", arguments: [entry.id])
        }
    }

    /// Gives up sending transactions; their rows stay here, and head office hears of it with the next
    /// hello. A claim in them counts as refused. Nil means all of them; where one is not there, none
    /// is given up.
    package func discardQuarantined(
        _ ids: [Int64]?, reason: String, by actor: String
    ) throws -> Int {
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal(.reasonMissing) }
        return try endQuarantine(ids, by: actor, .discarded, reason: reason) { db, entry in
            let customers = try CustomerNumber.fetchAll(
                db,
                prepared: """
                    SELECT DISTINCT customer FROM claim
                    WHERE sequence BETWEEN ? AND ? AND outcome IS NULL
                    """,
                arguments: [entry.first, entry.last])
            try db.execute(
                prepared: """
                    UPDATE claim SET outcome = ? WHERE sequence BETWEEN ? AND ? AND outcome IS NULL
                    """,
                arguments: [Decision.Outcome.refused, entry.first, entry.last])
            for customer in customers {
                try db.refreshHolder(of: customer, firstTier: node.firstTier)
            }
            try db.execute(
                prepared: "UPDATE quarantine SET discardedAt = ?, isTold = 0 WHERE id = ?",
                arguments: [world.now(), entry.id])
        }
    }

    /// Head office has heard that these transactions were given up.
    package func rememberTold(discarded: [Int64]) throws {
        guard !discarded.isEmpty else { return }
        try write { db in
            for last in discarded {
                try db.execute(
                    prepared: """
                        UPDATE quarantine SET isTold = 1
                        WHERE last = ? AND discardedAt IS NOT NULL
                        """,
                    arguments: [last])
            }
        }
    }

    private func endQuarantine(
        _ ids: [Int64]?, by actor: String, _ action: AuditEntry.Action, reason: String? = nil,
        _ end: (Database, QuarantineEntry) throws -> Void
    ) throws -> Int {
        let all = try quarantine()
        if let missing = ids?.first(where: { id in !all.contains { $0.id == id } }) {
            throw Refusal(.unknownQuarantine, ["id": String(missing)])
        }
        let entries = all.filter { ids?.contains($0.id) ?? true }
        try write { db in
            for entry in entries {
                try end(db, entry)
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: actor, action: action, subject: nil,
                        detail: [
                            "code": .string(entry.code), "key": .string(entry.key),
                            "reason": JSONValue(reason), "record": .string(entry.record),
                        ]))
            }
        }
        return entries.count
    }
}

extension Database {
    /// The transactions that were given up and of which head office has not heard, by their ends.
    func discardedUntold() throws -> [Int64] {
        try Int64.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT last FROM quarantine
                WHERE discardedAt IS NOT NULL AND isTold = 0
                ORDER BY last LIMIT ?
                """,
            arguments: [Hello.mostDiscarded])
    }

    /// A head office that was restored may have forgotten what was given up of what it still has
    /// set apart.
    func tellDiscardedAgain() throws {
        try execute(
            prepared: "UPDATE quarantine SET isTold = 0 WHERE discardedAt IS NOT NULL")
    }
}
