import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// Goes on in a new epoch, as head office said at hello.
    ///
    /// A node that was restored numbers what it has not sent anew, after everything that head
    /// office has of it, and asks for its own records next. Where head office is the one that was
    /// restored, everything after what it still has is sent again as it is numbered, save what was
    /// given up: a restored head office must not take what people have refused to send.
    ///
    /// NB: whatever head office says, nothing that it has not acknowledged may count as sent.
    package func begin(_ reply: HelloReply) throws {
        let beginnings = Set(reply.lanes.values.map(\.checkpoint))
        guard let beginning = beginnings.first, beginnings.count == 1, beginning.isBeginning,
            reply.highest <= Checkpoint.latestBeginning
        else { throw UntrustedDelta.epoch }
        let base = beginning.sequence
        try write { db in
            try db.execute(prepared: "DELETE FROM outgoingBatch")
            let acknowledged = try Lane.allCases.map { try db.lane($0).checkpoint.sequence }.max()
            try db.renumberUnsent(after: max(base, reply.highest), at: world.now())
            // Either side may have been restored, or both: what is lost here comes back.
            try db.execute(prepared: "UPDATE line SET recoveryCursor = ''")
            if let mark = try db.restoreMark() { try db.clearRestoreMark(mark) }
            if reply.verdict == .officeRestored {
                // What came from there before may be lost there.
                try db.execute(prepared: "UPDATE line SET pulledThrough = 0")
                try db.tellDiscardedAgain()
            }
            for (lane, acknowledgement) in reply.lanes {
                try db.save(
                    acknowledgement.checkpoint, receipt: acknowledgement.receipt, of: lane)
            }
            try db.markEach(after: base, through: acknowledged ?? 0, at: world.now())
            try db.awaitAnswers(after: base)
            try db.execute(
                prepared: "UPDATE node SET epoch = ?", arguments: [beginning.epoch])
            // What was acknowledged and goes again is noted as well.
            let last = try db.lastSequence()
            try db.mark(after: last, through: last, at: world.now())
            try db.execute(
                prepared: "UPDATE line SET verdict = ?", arguments: [reply.verdict.rawValue])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: "node:\(node.name)", action: .epochBegun,
                    subject: node.outlet.rawValue,
                    detail: ["verdict": .string(reply.verdict.rawValue)]))
        }
    }

    /// Where the give-back of the node's own records goes on; nil where none is under way.
    package func recoveryCursor() throws -> String? {
        try read { try String.fetchOne($0, prepared: "SELECT recoveryCursor FROM line") }
    }

    /// Takes in a page of what this outlet once sent and no longer has. What is here and unsent
    /// stays; only what is missing is filled in.
    package func recover(_ page: RecoveryPage) throws {
        try write { db in
            if let rows = page.rows {
                // What only a later version knows, or what extracts bring again, is passed over.
                if let table = SyncedTable.named(rows.table), table.isEntered {
                    try db.fillIn(rows, of: table, outlet: node.outlet, secrets)
                }
            }
            try db.execute(
                prepared: "UPDATE line SET recoveryCursor = ?", arguments: [page.next])
        }
    }
}

extension Database {
    /// Gives every unsent row a sequence after `base`, and after all that is numbered here where one
    /// of them has to move; what was one transaction stays one, and what another program wrote is
    /// not made one.
    ///
    /// Throws where they would be numbered beyond what anybody gets to by counting.
    fileprivate func renumberUnsent(after base: Int64, at now: Int64) throws {
        let ranges = try unsentRanges()
        let last = try lastSequence()
        let start = ranges.map(\.after).min() ?? last
        let shift = start < base ? max(last, base) - start : 0
        guard last + shift <= Checkpoint.latestBeginning * 2 else { throw UntrustedDelta.epoch }
        try execute(
            prepared: """
                DELETE FROM changeMark
                WHERE sequence <= (
                    SELECT sequence FROM lane
                    WHERE name = CASE changeMark.isUrgent WHEN 1 THEN 'urgent' ELSE 'records' END)
                """)
        guard shift > 0 else { return }
        for range in ranges {
            for table in SyncedTable.all {
                try execute(
                    sql: """
                        UPDATE \(table.name) SET sequence = sequence + ?
                        WHERE sequence > ? AND sequence <= ?
                        """,
                    arguments: [shift, range.after, range.through])
            }
        }
        // From the end, so that no two have one number meanwhile.
        for sequence in try Int64.fetchAll(
            self, prepared: "SELECT sequence FROM changeMark ORDER BY sequence DESC")
        {
            try execute(
                prepared: """
                    UPDATE changeMark SET sequence = sequence + ?1, first = first + ?1
                    WHERE sequence = ?2
                    """,
                arguments: [shift, sequence])
        }
        try execute(prepared: "UPDATE changeCounter SET value = ?", arguments: [last + shift])
        try markEach(after: start + shift, through: last + shift, at: now)
    }

    /// What was acknowledged and is to be sent again has no marks any more: what was set apart stays
    /// one transaction, and each other change is one by itself, or all of them would be one
    /// transaction and share one fate.
    fileprivate func markEach(after base: Int64, through last: Int64, at now: Int64) throws {
        let urgent = SyncedTable.all.filter(\.isUrgent).map {
            """
            EXISTS (SELECT 1 FROM \($0.name) AS item
                WHERE item.sequence BETWEEN quarantine.first AND quarantine.last)
            """
        }.joined(separator: " OR ")
        try execute(
            prepared: """
                INSERT OR IGNORE INTO changeMark (sequence, first, at, isUrgent)
                SELECT last, first, ?3, \(urgent) FROM quarantine
                WHERE last > ?1 AND last <= ?2
                """,
            arguments: [base, last, now])
        // What several tables wrote with one number is urgent where one of them is.
        for table in SyncedTable.all.filter(\.isUrgent) + SyncedTable.all.filter({ !$0.isUrgent }) {
            try execute(
                prepared: """
                    INSERT INTO changeMark (sequence, first, at, isUrgent)
                    SELECT DISTINCT sequence, sequence, ?3, ?4 FROM \(table.name) AS item
                    WHERE sequence > ?1 AND sequence <= ?2 AND coalesce((
                        SELECT first > item.sequence FROM changeMark
                        WHERE changeMark.sequence >= item.sequence
                        ORDER BY changeMark.sequence LIMIT 1), 1)
                    """,
                arguments: [base, last, now, table.isUrgent])
        }
        // What was given up goes on no lane, so it must not wait on the urgent one.
        try execute(
            prepared: """
                UPDATE changeMark SET isUrgent = 0
                WHERE EXISTS (SELECT 1 FROM quarantine
                    WHERE discardedAt IS NOT NULL
                        AND changeMark.sequence BETWEEN quarantine.first AND quarantine.last)
                """)
    }

    /// What was set apart and is sent again has no answer yet: head office may be another one by
    /// now and take it, and it says so where it does not.
    fileprivate func awaitAnswers(after base: Int64) throws {
        try execute(
            prepared: "DELETE FROM quarantine WHERE discardedAt IS NULL AND last > ?",
            arguments: [base])
    }

    /// Rows that are missing here are inserted, fields that are empty here are filled.
    fileprivate func fillIn(
        _ rows: TableRows, of table: SyncedTable, outlet: UnitCode, _ secrets: Secrets
    ) throws {
        guard let version = rows.columns.firstIndex(of: SyncedTable.version) else {
            throw UntrustedDelta.recovery
        }
        let names = table.columns.map { "\"\($0.name)\"" }
        // An older head office lacks the columns that came since: they are optional.
        let places = try table.columns.map { column in
            let index = rows.columns.firstIndex(of: column.name)
            guard index != nil || column.isOptional else { throw UntrustedDelta.recovery }
            return index
        }
        let fillings = table.columns.filter { !table.key.contains($0.name) && $0.isOptional }.map {
            "\"\($0.name)\" = coalesce(\(table.name).\"\($0.name)\", excluded.\"\($0.name)\")"
        }
        let missing = table.columns.filter { !table.key.contains($0.name) && $0.isOptional }.map {
            "(\(table.name).\"\($0.name)\" IS NULL AND excluded.\"\($0.name)\" IS NOT NULL)"
        }
        let onConflict =
            fillings.isEmpty
            ? "DO NOTHING"
            : """
            (\(table.key.joined(separator: ", "))) DO UPDATE SET \
            \(fillings.joined(separator: ", ")) WHERE \(missing.joined(separator: " OR "))
            """
        for row in 0..<rows.count {
            let values = places.map { $0.map { rows.values[$0][row] } ?? .null }
            guard zip(table.columns, values).allSatisfy({ $0.admits($1) }),
                let sequence = rows.values[version][row].int,
                try table.name != "claim" || isClaim(values, of: outlet)
            else { throw UntrustedDelta.recovery }
            var arguments: StatementArguments = []
            for (column, value) in zip(table.columns, values) {
                switch column.kind {
                case .integer, .day: arguments += [value.int]
                case .text: arguments += [value.string]
                case .bytes:
                    arguments += [value.string.flatMap { bytes(hexadecimal: $0) }.map(Blob.init)]
                case .sealed:
                    arguments += [
                        secrets.seal(
                            value.string, table.name, values[0].string ?? "", column.name)
                    ]
                }
            }
            // What another outlet gave back has no number of ours.
            arguments += [sequence > 0 ? sequence : nil]
            try execute(
                sql: """
                    INSERT INTO \(table.name) (\(names.joined(separator: ", ")), sequence)
                    VALUES (\(String(repeating: "?, ", count: names.count))?)
                    ON CONFLICT \(onConflict)
                    """,
                arguments: arguments)
        }
    }

    /// Whether it is a claim that this outlet could have sent.
    private func isClaim(_ values: [JSONValue], of outlet: UnitCode) throws -> Bool {
        guard let id = values[0].string, let text = values[3].string,
            let content = try? JSONValue(reading: Array(text.utf8)),
            let claim = Claim(verifying: ClaimID(id), content: content)
        else { return false }
        return claim.author == outlet
    }
}
