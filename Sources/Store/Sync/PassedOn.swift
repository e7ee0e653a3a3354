import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BranchStore {
    /// Takes a record of another outlet, or how one of this node's own counts. What this version
    /// does not know of it is kept for a later one.
    ///
    /// - Parameter mending: what a comparison found to differ.
    func take(_ record: PassedOn, mending: Bool = false, _ db: Database) throws {
        switch record.table {
        case "contact" where record.isWhole: try keepPast(record, db)
        case "reminder" where record.isWhole: try remake(record, db)
        case TierStandingRecord.table.name:
            guard let said = TierStandingRecord(record), record.outlet == node.firstTier else {
                return try keepUnknown(record.row, of: record, key: record.key(in: nil), db)
            }
            try take(said, record, mending: mending, db)
        default: try takeOrKeep(record, db)
        }
    }

    private func takeOrKeep(_ record: PassedOn, _ db: Database) throws {
        guard let table = SyncedTable.named(record.table), table.audience != nil,
            let values = record.values(of: table), record.names(its: table)
        else { return try keepUnknown(record.row, of: record, key: record.key(in: nil), db) }
        guard record.outlet != node.outlet else {
            return try db.execute(
                prepared:
                    "UPDATE profileEdit SET at = ?, counter = ? WHERE id = ? AND sequence > 0",
                arguments: [
                    record.row["at"]?.int, record.row["counter"]?.int, record.row["id"]?.string,
                ])
        }
        try db.write(values, of: table, secrets)
        let unknown = record.unknownColumns(of: table)
        if !unknown.isEmpty {
            try keepUnknown(unknown, of: record, key: record.key(in: table), db)
        }
    }

    func keepUnknown(
        _ row: [String: JSONValue], of record: PassedOn, key: String, _ db: Database
    ) throws {
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO unknownRecord (outlet, record, key, customer, content)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                record.outlet, record.table, key, record.customer,
                secrets.seal(
                    JSONValue.object(row).description, "unknownRecord",
                    "\(record.outlet)/\(record.table)/\(key)", "content"),
            ])
    }

    /// What an earlier version kept and this one knows is taken in; says how many records. What
    /// still cannot be taken in stays where it is.
    ///
    /// - Parameter tables: what records are of now, by the name under which they are kept.
    package func takeInKnown(
        as tables: [String: SyncedTable] = Dictionary(
            uniqueKeysWithValues: SyncedTable.all.map { ($0.name, $0) })
    ) throws -> Int {
        let (known, kinds) = try read { db in
            try (self.known(db, as: tables), self.knownKinds(db))
        }
        guard !known.isEmpty || !kinds.isEmpty else { return 0 }
        return try write { db in
            var taken = 0
            for record in kinds {
                let applied = try db.isolating { try takeIn(record, db) }
                if case .success = applied { taken += 1 }
            }
            var states: [[String]: Int] = [:]
            for record in known {
                let applied = try db.isolating { try takeIn(record, db) }
                guard case .success = applied else { continue }
                taken += 1
                let key = record.passed.key(in: record.table)
                states[[record.outlet.rawValue, record.table.name, key], default: 0] += 1
            }
            // Of several states of one record nobody here can say which came last.
            if states.values.contains(where: { $0 > 1 }) {
                try db.execute(prepared: "UPDATE line SET pulledThrough = 0")
            }
            return taken
        }
    }

    private func takeIn(_ record: KeptRecord, _ db: Database) throws {
        try db.write(record.values, of: record.table, secrets)
        try db.execute(
            prepared: "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
            arguments: [record.outlet, record.name, record.key])
        let unknown = record.passed.unknownColumns(of: record.table)
        if !unknown.isEmpty {
            try keepUnknown(
                unknown, of: record.passed, key: record.passed.key(in: record.table), db)
        }
    }

    private func takeIn(_ record: KeptKind, _ db: Database) throws {
        if try !db.holds(record) { try apply(record.rows, db) }
        try db.execute(
            prepared: "DELETE FROM unknownRecord WHERE outlet = ? AND record = ? AND key = ?",
            arguments: [record.outlet, record.name, record.key])
    }

    private struct KeptRecord {
        let outlet: UnitCode
        let name: String
        let key: String
        let table: SyncedTable
        let passed: PassedOn
        let values: [JSONValue]
    }

    /// The records that are whole by what this version knows.
    private func known(_ db: Database, as tables: [String: SyncedTable]) throws -> [KeptRecord] {
        // One that cannot be opened stays where it is; `verify` names it.
        try Row.fetchAll(db, prepared: "SELECT * FROM unknownRecord ORDER BY outlet, record, key")
            .compactMap { try? whole($0, as: tables) }
    }

    private func whole(_ row: Row, as tables: [String: SyncedTable]) throws -> KeptRecord? {
        guard let table = tables[try row.value("record")], table.audience != nil else {
            return nil
        }
        let kept = try kept(row)
        let passed = PassedOn(outlet: kept.outlet, table: table.name, row: kept.row)
        guard let values = passed.values(of: table), passed.names(its: table) else { return nil }
        return KeptRecord(
            outlet: kept.outlet, name: kept.table, key: try row.value("key"), table: table,
            passed: passed, values: values)
    }

    /// The claims, steps and words of the first-tier branch whose kind this version knows, and which
    /// hold against what is here; what does not is for the comparison to bring.
    private func knownKinds(_ db: Database) throws -> [KeptKind] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM unknownRecord WHERE record IN ('claim', 'disputeStep', 'tierStanding')
                ORDER BY record, key
                """
        ).compactMap { row in
            guard let kept = try? kept(row), let rows = ReceivedRows(kept),
                (try? verify(db, claims: rows.claims, settled: [], steps: rows.steps)) != nil
            else { return nil }
            return KeptKind(
                outlet: kept.outlet, name: kept.table, key: try row.value("key"), rows: rows)
        }
    }

    private func kept(_ row: Row) throws -> PassedOn {
        let (outlet, name): (UnitCode, String) = (
            try row.value("outlet"), try row.value("record")
        )
        let key = try row.value("key") as String
        let text = try secrets.open(
            try row.value("content"), "unknownRecord", "\(outlet)/\(name)/\(key)", "content")
        guard let json = try? JSONValue(reading: Array((text ?? "").utf8)),
            let content = json.object
        else { throw StoreError.damaged("unknownRecord") }
        return PassedOn(outlet: outlet, table: name, row: content)
    }
}

/// A claim, step or word that was kept while its kind was unknown.
private struct KeptKind {
    let outlet: UnitCode
    let name: String
    let key: String
    let rows: ReceivedRows
}

extension ReceivedRows {
    /// Nil where it is no claim or step, or of a kind that is unknown here as well.
    fileprivate init?(_ record: PassedOn) {
        if TierStandingRecord(record) != nil {
            self.init(end: 0, records: [record])
            return
        }
        guard let id = record.row["id"]?.string, let content = record.row["content"] else {
            return nil
        }
        self.init(end: 0)
        switch record.table {
        case "claim":
            let code = record.row["outcome"]?.string
            let outcome = code.flatMap(Decision.Outcome.init(rawValue:))
            guard let claim = Claim(verifying: ClaimID(id), content: content),
                outcome != nil || code == nil
            else { return nil }
            claims = [Delta.ClaimChange(claim: claim, outcome: outcome)]
        case "disputeStep":
            guard let step = DisputeStep(verifying: DisputeStepID(id), content: content) else {
                return nil
            }
            steps = [step]
        default: return nil
        }
    }
}

extension PassedOn {
    /// Whether the record is its outlet's by its own words, so that no outlet's takes the place of
    /// another's.
    fileprivate func names(its table: SyncedTable) -> Bool {
        row["author"]?.string == outlet.rawValue
            && (row["id"]?.string ?? "").hasPrefix("\(outlet)-")
    }
}

extension Database {
    /// Whether the comparison has brought it, perhaps with what became of it since.
    fileprivate func holds(_ record: KeptKind) throws -> Bool {
        if let kept = record.rows.records.first.flatMap(TierStandingRecord.init) {
            return try Bool.fetchOne(
                self,
                prepared:
                    "SELECT EXISTS (SELECT 1 FROM tierStanding WHERE customer = ? AND said >= ?)",
                arguments: [kept.customer, kept.word.said]) ?? false
        }
        let id = record.rows.claims.first?.claim.id.rawValue ?? record.rows.steps.first?.id.rawValue
        return try Bool.fetchOne(
            self, prepared: "SELECT EXISTS (SELECT 1 FROM \(record.name) WHERE id = ?)",
            arguments: [id]) ?? false
    }

    /// Writes another outlet's record; it stays silent.
    func write(
        _ values: [JSONValue], of table: SyncedTable, _ secrets: Secrets
    ) throws {
        let names = table.columns.map { "\"\($0.name)\"" }
        let changes = table.columns.filter { !table.key.contains($0.name) }.map {
            "\"\($0.name)\" = excluded.\"\($0.name)\""
        }
        var arguments: StatementArguments = []
        for (column, value) in zip(table.columns, values) {
            switch column.kind {
            case .integer, .day: arguments += [value.int]
            case .text: arguments += [value.string]
            case .bytes:
                arguments += [value.string.flatMap { bytes(hexadecimal: $0) }.map(Blob.init)]
            case .sealed:
                arguments += [
                    secrets.seal(value.string, table.name, values[0].string ?? "", column.name)
                ]
            }
        }
        try execute(
            prepared: """
                INSERT INTO \(table.name) (\(names.joined(separator: ", ")), sequence)
                VALUES (\(String(repeating: "?, ", count: names.count))0)
                ON CONFLICT (\(table.key.joined(separator: ", "))) DO UPDATE
                SET \(changes.joined(separator: ", "))
                WHERE sequence = 0
                """,
            arguments: arguments)
    }
}
