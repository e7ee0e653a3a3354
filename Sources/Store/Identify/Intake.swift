import Bank
import Feed
import GRDB
import Sealing
import Vault

/// Taking in one extract: compares it with what was taken before, reads its files, writes its rows.
///
/// Faults gather while rows are written; the caller rolls back where there are any.
struct Intake {
    let extract: Extract
    let node: Node
    let secrets: Secrets
    let db: Database
    private(set) var faults = ExtractFaults()
    private var result = ImportedExtract.Result.taken
    private var rows: [String: Int] = [:]
    private var balanceSum: Int64 = 0

    init(extract: Extract, node: Node, secrets: Secrets, db: Database) {
        self.extract = extract
        self.node = node
        self.secrets = secrets
        self.db = db
    }

    private var manifest: Manifest { extract.manifest }
    private var date: BusinessDay { manifest.businessDate }

    var outcome: ImportedExtract {
        ImportedExtract(
            directory: extract.directory, date: date, sequence: manifest.sequence,
            result: faults.isEmpty ? result : .refused, faults: faults, rows: rows)
    }

    mutating func run(at now: Int64) throws {
        guard try isNew() else { return }
        try clearReplaced()
        try readCustomers()
        try readAccounts()
        try readBalances()
        try readMovements()
        try readCards()
        try checkNothingVanished()
        try db.execute(
            prepared: """
                INSERT INTO extract (
                    source, date, sequence, digest, accounts, balances, balanceSum, takenAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                manifest.source, date, manifest.sequence, extract.digest.hex,
                rows[AccountRow.file] ?? 0, rows[BalanceRow.file] ?? 0, balanceSum, now,
            ])
        let isClosed = try Bool.fetchOne(
            db, prepared: "SELECT EXISTS (SELECT 1 FROM dayClose WHERE date >= ?)",
            arguments: [date])
        if isClosed == true { result = .reopened }
    }

    /// Whether it is this outlet's and was not taken before; taking it twice changes nothing.
    private mutating func isNew() throws -> Bool {
        func refuse(_ kind: ExtractFault.Kind, _ facts: [String: String]) {
            faults.add(ExtractFault("manifest.json", nil, kind, facts))
        }
        if manifest.firstTier != node.firstTier {
            refuse(
                .anotherFirstTier,
                ["found": manifest.firstTier.rawValue, "expected": node.firstTier.rawValue])
        }
        if manifest.outlet != node.outlet {
            refuse(
                .anotherOutlet,
                ["found": manifest.outlet.rawValue, "expected": node.outlet.rawValue])
        }
        // What another outlet's extract says of its dates is nothing to compare with ours.
        guard faults.isEmpty else { return false }
        let digest = try String.fetchOne(
            db,
            prepared: "SELECT digest FROM extract WHERE source = ? AND date = ? AND sequence = ?",
            arguments: [manifest.source, date, manifest.sequence])
        if let digest {
            if digest == extract.digest.hex {
                result = .alreadyTaken
            } else {
                refuse(.otherContent, ["sequence": String(manifest.sequence)])
            }
            return false
        }
        let latest = try Int.fetchOne(
            db, prepared: "SELECT max(sequence) FROM extract WHERE source = ? AND date = ?",
            arguments: [manifest.source, date])
        if let latest, latest > manifest.sequence {
            refuse(
                .olderSequence,
                ["sequence": String(manifest.sequence), "latest": String(latest)])
        }
        return faults.isEmpty
    }

    private func clearReplaced() throws {
        try db.execute(
            prepared: "DELETE FROM movement WHERE date = ? AND source = ?",
            arguments: [date, manifest.source])
        for table in ["balance", "accountFact"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table)
                    WHERE date = ? AND account IN (SELECT id FROM account WHERE source = ?)
                    """,
                arguments: [date, manifest.source])
        }
        try db.execute(
            prepared: "DELETE FROM cardFact WHERE date = ? AND source = ?",
            arguments: [date, manifest.source])
    }

    private mutating func read<Row: ExtractRow>(
        _ type: Row.Type,
        _ body: (Row, _ fault: (ExtractFault.Kind, [String: String]) -> ExtractFault)
            throws -> ExtractFault?
    ) throws {
        let reading = try extract.read(type) { row, line in
            try body(row) { kind, facts in ExtractFault(Row.file, line, kind, facts) }
        }
        rows[Row.file] = reading.rows
        faults.add(reading.faults)
    }

    private mutating func readCustomers() throws {
        var seen: Set<CustomerNumber> = []
        try read(CustomerRow.self) { [db, date, secrets] row, fault in
            guard seen.insert(row.customer.number).inserted else {
                return fault(.duplicateRow, [:])
            }
            try db.save(row.customer, from: date, secrets)
            return nil
        }
    }

    private mutating func readAccounts() throws {
        try read(AccountRow.self) { [db, date, secrets, source = manifest.source] row, fault in
            guard let customer = try db.customerID(row.customer) else {
                return fault(.unknownCustomer, ["customer": row.customer.rawValue])
            }
            let id: Int64
            if let known = try db.account(row.number, secrets) {
                guard known.source == source else {
                    return fault(.accountOfAnotherSource, ["source": known.source])
                }
                guard known.customer == customer, known.category == row.category,
                    known.currency == row.currency
                else { return fault(.accountChanged, [:]) }
                id = known.id
            } else {
                id = try db.insert(row, of: customer, source: source, secrets)
            }
            return try db.insertFact(row, account: id, on: date) ? nil : fault(.duplicateRow, [:])
        }
    }

    private mutating func readBalances() throws {
        var sum: Int64 = 0
        var balances = try BalanceIntake(db, on: date, from: manifest.source, secrets)
        try read(BalanceRow.self) { row, fault in
            if let found = try balances.take(row) { return fault(found.kind, found.facts) }
            sum = sum &+ row.balance.rawValue
            return nil
        }
        balanceSum = sum
    }

    private mutating func readMovements() throws {
        try read(MovementRow.self) { [db, date, secrets, source = manifest.source] row, fault in
            guard let account = try db.account(row.account, secrets) else {
                return fault(.unknownAccount, [:])
            }
            return try db.insert(row, from: source, account: account.id, on: date, secrets)
                ? nil : fault(.duplicateRow, [:])
        }
    }

    private mutating func readCards() throws {
        try read(CardRow.self) { [db, date, secrets, source = manifest.source] row, fault in
            guard let customer = try db.customerID(row.customer) else {
                return fault(.unknownCustomer, ["customer": row.customer.rawValue])
            }
            return try db.insert(row, of: customer, source: source, on: date, secrets)
                ? nil : fault(.duplicateRow, [:])
        }
    }

    /// A corrected extract may change what the one before it said of an account, but the accounts
    /// that it brought have to be in it: later dates build on them.
    private mutating func checkNothingVanished() throws {
        let vanished = try Int.fetchOne(
            db,
            prepared: """
                SELECT count(*) FROM account
                WHERE source = ? AND NOT EXISTS (SELECT 1 FROM accountFact WHERE account = account.id)
                """,
            arguments: [manifest.source])
        if let vanished, vanished > 0 {
            faults.add(
                ExtractFault(
                    AccountRow.file, nil, .listedBefore, ["accounts": String(vanished)]))
        }
    }
}
