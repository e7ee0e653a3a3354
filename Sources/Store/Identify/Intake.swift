import Bank
import Feed
import GRDB
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
            sql: """
                INSERT INTO extract (
                    source, date, sequence, digest, accounts, balances, balanceSum, takenAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                manifest.source, date, manifest.sequence, extract.digest.hex,
                rows[AccountRow.file] ?? 0, rows[BalanceRow.file] ?? 0, balanceSum, now,
            ])
        let isClosed = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM dayClose WHERE date >= ?)", arguments: [date])
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
        let digest = try String.fetchOne(
            db, sql: "SELECT digest FROM extract WHERE source = ? AND date = ? AND sequence = ?",
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
            db, sql: "SELECT max(sequence) FROM extract WHERE source = ? AND date = ?",
            arguments: [manifest.source, date])
        if let latest, latest > manifest.sequence {
            refuse(
                .olderSequence,
                ["sequence": String(manifest.sequence), "latest": String(latest)])
        }
        return faults.isEmpty
    }

    private func clearReplaced() throws {
        for table in ["balance", "accountFact", "movement"] {
            try db.execute(
                sql: """
                    DELETE FROM \(table)
                    WHERE date = ? AND account IN (SELECT id FROM account WHERE source = ?)
                    """,
                arguments: [date, manifest.source])
        }
    }

    private mutating func readCustomers() throws {
        var seen: Set<CustomerNumber> = []
        try extract.read(CustomerRow.self, faults: &faults) { row, line, faults in
            count(CustomerRow.file)
            guard seen.insert(row.customer.number).inserted else {
                faults.add(ExtractFault(CustomerRow.file, line, .duplicateRow))
                return
            }
            try db.save(row.customer, from: date, secrets)
        }
    }

    private mutating func readAccounts() throws {
        try extract.read(AccountRow.self, faults: &faults) { row, line, faults in
            count(AccountRow.file)
            guard let customer = try db.customerID(row.customer) else {
                faults.add(
                    ExtractFault(
                        AccountRow.file, line, .unknownCustomer,
                        ["customer": row.customer.rawValue]))
                return
            }
            let id: Int64
            switch try db.account(row.number, secrets) {
            case nil: id = try db.insert(row, of: customer, source: manifest.source, secrets)
            case let known?:
                guard known.source == manifest.source else {
                    faults.add(
                        ExtractFault(
                            AccountRow.file, line, .accountOfAnotherSource,
                            ["source": known.source]))
                    return
                }
                guard known.customer == customer, known.category == row.category,
                    known.currency == row.currency
                else {
                    faults.add(ExtractFault(AccountRow.file, line, .accountChanged))
                    return
                }
                id = known.id
            }
            if try !db.insertFact(row, account: id, on: date) {
                faults.add(ExtractFault(AccountRow.file, line, .duplicateRow))
            }
        }
    }

    private mutating func readBalances() throws {
        try extract.read(BalanceRow.self, faults: &faults) { row, line, faults in
            count(BalanceRow.file)
            guard let account = try db.account(row.account, secrets) else {
                faults.add(ExtractFault(BalanceRow.file, line, .unknownAccount))
                return
            }
            guard account.source == manifest.source else {
                faults.add(
                    ExtractFault(
                        BalanceRow.file, line, .accountOfAnotherSource,
                        ["source": account.source]))
                return
            }
            guard row.balance >= .zero || account.category == .deposit else {
                faults.add(
                    ExtractFault(
                        BalanceRow.file, line, .negativeBalance,
                        ["category": account.category.rawValue]))
                return
            }
            balanceSum = balanceSum &+ row.balance.rawValue
            if try !db.insertBalance(row.balance, account: account.id, on: date) {
                faults.add(ExtractFault(BalanceRow.file, line, .duplicateRow))
            }
        }
    }

    private mutating func readMovements() throws {
        try extract.read(MovementRow.self, faults: &faults) { row, line, faults in
            count(MovementRow.file)
            guard let account = try db.account(row.account, secrets) else {
                faults.add(ExtractFault(MovementRow.file, line, .unknownAccount))
                return
            }
            if try !db.insert(row, account: account.id, on: date, secrets) {
                faults.add(ExtractFault(MovementRow.file, line, .duplicateRow))
            }
        }
    }

    private mutating func readCards() throws {
        var seen: Set<String> = []
        try extract.read(CardRow.self, faults: &faults) { row, line, faults in
            count(CardRow.file)
            guard let customer = try db.customerID(row.customer) else {
                faults.add(
                    ExtractFault(
                        CardRow.file, line, .unknownCustomer, ["customer": row.customer.rawValue])
                )
                return
            }
            guard seen.insert(row.number).inserted else {
                faults.add(ExtractFault(CardRow.file, line, .duplicateRow))
                return
            }
            try db.save(row, of: customer, from: date, secrets)
        }
    }

    /// A corrected extract may change what the one before it said of an account, but the accounts
    /// that it brought have to be in it: later dates build on them.
    private mutating func checkNothingVanished() throws {
        let vanished = try Int.fetchOne(
            db,
            sql: """
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

    private mutating func count(_ file: String) {
        rows[file, default: 0] += 1
    }
}
