import Bank
import GRDB
import Sealing
import Sync
import Vault

/// Writes a batch's rows under the outlet that sent them, block by block.
struct BatchIntake {
    let outlet: UnitCode
    let firstTier: UnitCode
    let secrets: Secrets
    let now: Int64
    let db: Database
    /// Rows written or passed over as old.
    private(set) var rows = 0
    /// When the newest transaction of the batch was written at the outlet.
    private(set) var writtenAt: Int64?

    init(outlet: UnitCode, firstTier: UnitCode, secrets: Secrets, now: Int64, db: Database) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.secrets = secrets
        self.now = now
        self.db = db
    }

    mutating func apply(_ block: Block) throws {
        guard block.table != SyncedTable.transactions else { return try noteTransactions(block) }
        rows += block.rows
        guard let table = SyncedTable.named(block.table) else {
            return try keepUnknown(try TableRows(block))
        }
        switch table.name {
        case "reopening":
            try eachRow(block, table) { rows, values, _ in
                try rows.reopen(from: values[1])
            }
        case "claim": try eachRow(block, table) { try $0.keepClaim($1, version: $2) }
        case "standing":
            let rows = try TableRows(block)
            guard let customer = rows.columns.firstIndex(of: "customer"),
                let accounts = rows.columns.firstIndex(of: "accounts")
            else { throw ExchangeError.inadmissible }
            for row in 0..<rows.count {
                try serve(rows.values[customer][row], accounts: rows.values[accounts][row].int ?? 0)
            }
            try upsert(block, table)
            for row in 0..<rows.count { try markLatest(rows.values[customer][row]) }
        case "profileEdit":
            try upsert(block, table)
            try capStamps()
        case "contact", "reminder":
            try upsert(block, table)
            try followCustomers(of: block)
        default: try upsert(block, table)
        }
    }

    /// No stamp counts as later than five minutes after head office's own time: a clock that is
    /// years ahead does not win for years.
    private func capStamps() throws {
        try db.cachedStatement(
            sql: "UPDATE profileEdit SET at = ?2, counter = 0 WHERE outlet = ?1 AND at > ?2"
        ).execute(arguments: [outlet, now + HybridStamp.tolerance])
    }

    private mutating func noteTransactions(_ block: Block) throws {
        var block = block
        guard let at = block.index(of: "at") else { throw ExchangeError.inadmissible }
        for _ in 0..<block.rows {
            if case .integer(let instant) = try block.columns[at].next() {
                writtenAt = max(writtenAt ?? instant, instant)
            }
        }
    }

    /// The rows of a table that is not simply written down, with their columns in its order.
    private mutating func eachRow(
        _ block: Block, _ table: SyncedTable,
        _ take: (inout BatchIntake, [JSONValue], _ version: Int64) throws -> Void
    ) throws {
        let rows = try TableRows(block)
        let places = table.columns.map { rows.columns.firstIndex(of: $0.name) }
        guard let version = rows.columns.firstIndex(of: SyncedTable.version) else {
            throw ExchangeError.inadmissible
        }
        for row in 0..<rows.count {
            let values = places.map { $0.map { rows.values[$0][row] } ?? .null }
            guard zip(table.columns, values).allSatisfy({ $0.admits($1) }),
                let number = rows.values[version][row].int
            else { throw ExchangeError.inadmissible }
            try take(&self, values, number)
        }
    }

    /// What the outlet closed from a date on is void and will come again.
    private func reopen(from day: JSONValue) throws {
        for table in ["dayClose", "standing"] {
            try db.execute(
                prepared: "DELETE FROM \(table) WHERE outlet = ? AND date >= ?",
                arguments: [outlet, day.int])
        }
        try db.execute(
            prepared: """
                UPDATE standing
                SET isLatest = 1
                WHERE outlet = ?1 AND isLatest = 0 AND date = (
                    SELECT max(date) FROM standing AS s
                    WHERE s.outlet = ?1 AND s.customer = standing.customer)
                """,
            arguments: [outlet])
    }

    /// Some six times what a claim of this version takes.
    private static let longestClaim = 4 * 1024
    /// What is not understood is passed on as well, and whoever gets it takes it in one piece.
    private static let longestUnknown = 64 * 1024
    /// As in a claim.
    private static let longestNumber = 80
    /// All claims that one settlement decides go to the outlets in one piece.
    private static let mostUndecided = 100

    /// NB: a claim travels ahead of other records, so the customer's may still be on their way;
    /// whether the outlet has an account of the customer is decided at the settlement.
    private mutating func keepClaim(_ values: [JSONValue], version: Int64) throws {
        guard let id = values[0].string, let text = values[3].string,
            text.utf8.count <= Self.longestClaim,
            let content = try? JSONValue(reading: Array(text.utf8)),
            let claim = Claim(verifying: ClaimID(id), content: content),
            claim.author == outlet, claim.firstTier == firstTier,
            claim.customer.rawValue == values[1].string
        else { throw ExchangeError.inadmissible }
        let undecided = try Int.fetchOne(
            db,
            prepared: """
                SELECT count(*) FROM claim
                WHERE customer = ? AND author = ? AND id <> ?
                    AND (outcome IS NULL OR outcome = 'late')
                """,
            arguments: [claim.customer, outlet, claim.id])
        guard (undecided ?? 0) < Self.mostUndecided else { throw ExchangeError.inadmissible }
        // What was lost here may be decided by a record that another node gave back before.
        let outcome =
            try db.recoverySince() == nil ? nil : db.outcome(of: claim.id, on: claim.customer)
        // Version 0.1.0 kept of a claim only what it knew; the name says what it is.
        try db.execute(
            prepared: """
                INSERT INTO claim (
                    id, customer, author, content, outcome, receivedAt, sequence, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET content = excluded.content, sequence = excluded.sequence
                WHERE content <> excluded.content
                """,
            arguments: [
                claim.id, claim.customer, claim.author, claim.content.description, outcome, now,
                try db.nextSequence(), version,
            ])
    }

    /// An outlet that begins to serve a customer gets the claims and settlements that were before.
    private mutating func serve(_ customer: JSONValue, accounts: Int64) throws {
        guard accounts > 0, let customer = customer.string else { return }
        let hasHistory = try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM claim WHERE customer = ?1)
                        OR EXISTS (SELECT 1 FROM profileEdit WHERE customer = ?1)
                        OR EXISTS (SELECT 1 FROM unknownRecord WHERE customer = ?1)
                        OR EXISTS (SELECT 1 FROM tierWord WHERE outlet = ?2 AND customer = ?1)
                    """),
            arguments: [customer, outlet])
        guard hasHistory == true else { return }
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM standing
                        WHERE customer = ? AND outlet = ? AND isLatest = 1 AND accounts > 0)
                    """),
            arguments: [customer, outlet])
        guard isKnown != true else { return }
        try db.showAgain(CustomerNumber(customer))
        try db.sayAgain(CustomerNumber(customer), to: outlet)
    }

    private func markLatest(_ customer: JSONValue) throws {
        try db.cachedStatement(
            sql: """
                UPDATE standing
                SET isLatest = (date = (
                    SELECT max(date) FROM standing AS s WHERE s.customer = ?1 AND s.outlet = ?2))
                WHERE customer = ?1 AND outlet = ?2 AND (isLatest = 1 OR date = (
                    SELECT max(date) FROM standing AS s WHERE s.customer = ?1 AND s.outlet = ?2))
                """
        ).execute(arguments: [customer.string, outlet])
    }

    /// Writes each row that is newer than what is kept; an older one changes nothing.
    private func upsert(_ block: Block, _ table: SyncedTable) throws {
        var block = block
        guard let version = block.index(of: SyncedTable.version),
            block.columns[version].type == .integer
        else { throw ExchangeError.inadmissible }
        // A node of an earlier version lacks the columns that came since: they are optional.
        var places: [Int?] = Array(repeating: nil, count: block.columns.count)
        var missing = Set(table.columns.indices)
        var isUnknownKept = false
        for (index, column) in block.columns.enumerated() {
            if let known = table.columns.firstIndex(where: { $0.name == column.name }) {
                guard table.columns[known].wireType == column.type else {
                    throw ExchangeError.inadmissible
                }
                places[index] = known
                missing.remove(known)
            } else if index != version, column.name != SyncedTable.audience {
                isUnknownKept = true
            }
        }
        guard missing.allSatisfy({ table.columns[$0].isOptional }) else {
            throw ExchangeError.inadmissible
        }
        if isUnknownKept { try keepUnknownColumns(try TableRows(block), of: table) }
        // The key is the table's first column; what is sealed is bound to it.
        guard let keyIndex = places.firstIndex(of: 0) else { throw ExchangeError.inadmissible }
        var binding = try RowQuery(try upsertStatement(table), db)
        binding.bind(outlet.rawValue, at: 1)
        for position in missing { binding.bind(.empty, asText: false, at: Int32(position + 3)) }
        var search = try RowSearch(
            try versionStatement(table), goesOn: table.key.count == 1, outlet: outlet.rawValue, db)
        // What is asked of every cell, without a name or a reference to count.
        let rules = places.map { place in place.map { table.columns[$0].rule } }
        let sealed = places.enumerated().compactMap { index, place -> SealedCell? in
            guard let place, table.columns[place].kind == .sealed else { return nil }
            return SealedCell(
                index: index, position: Int32(place + 3),
                sealer: FieldSealer(
                    secrets.cipher, table: table.name, rowPrefix: "\(outlet)/",
                    column: table.columns[place].name))
        }
        let keys = try table.key.map { key in
            guard
                let index = places.firstIndex(where: { $0.map { table.columns[$0].name } == key })
            else { throw ExchangeError.inadmissible }
            return (place: index, isText: block.columns[index].type == .text)
        }
        // Rows that are here come in runs: a batch comes again. One that changed nothing makes the
        // next be looked for before it is sealed and written.
        var looksFirst = false
        var cells = [Cell](repeating: .empty, count: block.columns.count)
        for _ in 0..<block.rows {
            for index in cells.indices { cells[index] = try block.columns[index].next() }
            guard case .integer(let number) = cells[version], (0...(1 << 52)).contains(number)
            else { throw ExchangeError.inadmissible }
            for index in cells.indices {
                guard let rule = rules[index] else { continue }
                guard rule.admits(cells[index]) else { throw ExchangeError.inadmissible }
            }
            if looksFirst {
                if let kept = try search.version(of: cells, key: keys), kept >= number { continue }
                search.leave()
            }
            binding.bind(number, at: 2)
            for index in cells.indices {
                guard let rule = rules[index], let place = places[index] else { continue }
                if rule.kind == .sealed, case .bytes = cells[index] { continue }
                binding.bind(cells[index], asText: rule.isText, at: Int32(place + 3))
            }
            for field in sealed {
                guard case .bytes(let plain) = cells[field.index] else { continue }
                guard case .bytes(let key) = cells[keyIndex] else {
                    throw ExchangeError.inadmissible
                }
                binding.bind(blob: field.sealer.seal(plain, key: key), at: field.position)
            }
            looksFirst = try !binding.execute()
        }
    }

    /// A column whose cells are sealed on the way.
    private struct SealedCell {
        let index: Int
        let position: Int32
        let sealer: FieldSealer
    }

    /// The kept version of a row; where its key is one column, of those after it as well.
    private func versionStatement(_ table: SyncedTable) throws -> Statement {
        if let key = table.key.first, table.key.count == 1 {
            return try db.cachedStatement(
                sql: """
                    SELECT version, "\(key)" FROM \(table.name)
                    WHERE outlet = ? AND "\(key)" >= ? ORDER BY "\(key)"
                    """)
        }
        let keys = table.key.map { "\"\($0)\" = ?" }
        return try db.cachedStatement(
            sql: """
                SELECT version FROM \(table.name)
                WHERE outlet = ? AND \(keys.joined(separator: " AND "))
                """)
    }

    private func upsertStatement(_ table: SyncedTable) throws -> Statement {
        let names = table.columns.map { "\"\($0.name)\"" }
        let changes = table.columns.filter { !table.key.contains($0.name) }.map {
            "\"\($0.name)\" = excluded.\"\($0.name)\""
        }
        return try db.cachedStatement(
            sql: """
                INSERT INTO \(table.name) (outlet, version, \(names.joined(separator: ", ")))
                VALUES (?, ?\(String(repeating: ", ?", count: names.count)))
                ON CONFLICT (outlet, \(table.key.joined(separator: ", "))) DO UPDATE
                SET \((changes + ["version = excluded.version"]).joined(separator: ", "))
                WHERE excluded.version > \(table.name).version
                """)
    }

    /// A kind of record that only a later version knows.
    private mutating func keepUnknown(_ rows: TableRows) throws {
        guard rows.table.utf8.count <= 80, !rows.table.isEmpty else {
            throw ExchangeError.inadmissible
        }
        let version = rows.columns.firstIndex(of: SyncedTable.version)
        let audience = rows.columns.firstIndex(of: SyncedTable.audience)
        let customer = rows.columns.firstIndex(of: "customer")
        for row in 0..<rows.count {
            let content = JSONValue.object(
                Dictionary(
                    uniqueKeysWithValues: rows.columns.enumerated().filter {
                        $0.offset != version && $0.offset != audience
                    }.map { ($0.element, rows.values[$0.offset][row]) }))
            try keepUnknown(
                rows.table, key: Digest.sha256(content.canonicalBytes).hex,
                version: version.flatMap { rows.values[$0][row].int } ?? 0, content,
                to: audience.flatMap { rows.values[$0][row].string },
                about: try number(customer.map { rows.values[$0][row] }),
                sequence: audience == nil ? nil : try db.nextSequence())
        }
    }

    /// The number of the customer whom an unknown record is about; empty, it is about none.
    private func number(_ customer: JSONValue?) throws -> String? {
        guard let number = customer?.string, !number.isEmpty else { return nil }
        guard number.utf8.count <= Self.longestNumber else { throw ExchangeError.inadmissible }
        return number
    }

    private func keepUnknownColumns(_ rows: TableRows, of table: SyncedTable) throws {
        let known = Set(table.columns.map(\.name) + [SyncedTable.version, SyncedTable.audience])
        let keys = table.key.compactMap { rows.columns.firstIndex(of: $0) }
        let version = rows.columns.firstIndex(of: SyncedTable.version)
        for row in 0..<rows.count {
            var content: [String: JSONValue] = [:]
            for (index, column) in rows.columns.enumerated() where !known.contains(column) {
                content[column] = rows.values[index][row]
            }
            try keepUnknown(
                table.name, key: keys.map { rows.values[$0][row].asKey }.joined(separator: "/"),
                version: version.flatMap { rows.values[$0][row].int } ?? 0, .object(content))
        }
    }

    private func keepUnknown(
        _ record: String, key: String, version: Int64, _ content: JSONValue,
        to audience: String? = nil, about customer: String? = nil, sequence: Int64? = nil
    ) throws {
        let text = content.description
        guard text.utf8.count <= Self.longestUnknown else { throw ExchangeError.inadmissible }
        try db.cachedStatement(
            sql: """
                INSERT INTO unknownRecord (
                    outlet, record, key, version, content, audience, customer, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (outlet, record, key) DO UPDATE
                SET version = excluded.version, content = excluded.content
                WHERE excluded.version > unknownRecord.version
                """
        ).execute(arguments: [
            outlet, record, key, version,
            secrets.seal(
                text, "unknownRecord", "\(outlet)/\(record)/\(key)", "content"),
            audience, customer, sequence,
        ])
    }
}
