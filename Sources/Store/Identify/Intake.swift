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
    /// The numbers that it says are no more.
    private(set) var merged: [CustomerNumber] = []
    /// Accounts that the extract which this one replaces was the first to bring.
    private var brought: [Int64] = []

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

    /// - Parameter today: the date that the clock shows.
    mutating func run(at now: Int64, today: BusinessDay) throws {
        guard try isNew(today) else { return }
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
    private mutating func isNew(_ today: BusinessDay) throws -> Bool {
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
        if date > today {
            refuse(.futureDate, ["date": date.description, "today": today.description])
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
        if let latest = try db.latestSequence(of: manifest), latest > manifest.sequence {
            refuse(
                .olderSequence,
                ["sequence": String(manifest.sequence), "latest": String(latest)])
        }
        return faults.isEmpty
    }

    private mutating func clearReplaced() throws {
        brought = try Int64.fetchAll(
            db,
            prepared: """
                SELECT account FROM accountFact JOIN account ON account.id = accountFact.account
                WHERE date = ?1 AND source = ?2
                    AND NOT EXISTS (SELECT 1 FROM accountFact AS earlier
                        WHERE earlier.account = accountFact.account AND earlier.date < ?1)
                """,
            arguments: [date, manifest.source])
        try db.clearMerges(on: date, source: manifest.source)
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
        _ body: (
            Row,
            _ fault: @escaping (ExtractFault.Kind, [String: String]) -> ExtractFault
        ) throws -> ExtractFault?
    ) throws {
        let reading = try extract.read(type) { row, line in
            try body(row) { kind, facts in ExtractFault(Row.file, line, kind, facts) }
        }
        rows[Row.file] = reading.rows
        faults.add(reading.faults)
    }

    private mutating func readCustomers() throws {
        var seen: Set<CustomerNumber> = []
        var merges: [Merge] = []
        try read(CustomerRow.self) { [db, date, secrets] row, fault in
            guard seen.insert(row.customer.number).inserted else {
                return fault(.duplicateRow, [:])
            }
            try db.save(row.customer, from: date, secrets)
            if let into = row.customer.mergedInto {
                merges.append(Merge(customer: row.customer.number, into: into, fault: fault))
            }
            return nil
        }
        // The number that is left may stand on a later line, and what makes one chain of two merges.
        while !merges.isEmpty {
            let waiting = try merges.compactMap { merge in
                try take(merge).map { (merge: merge, facts: $0) }
            }
            if waiting.count == merges.count {
                for (merge, facts) in waiting { faults.add(merge.fault(.mergedElsewhere, facts)) }
                break
            }
            merges = waiting.map(\.merge)
        }
        merged += try db.mergedBefore(date)
    }

    /// A row that says into which number another was merged.
    private struct Merge {
        let customer: CustomerNumber
        let into: CustomerNumber
        let fault: (ExtractFault.Kind, [String: String]) -> ExtractFault
    }

    /// The facts, where the number was merged elsewhere before by what is known so far.
    private mutating func take(_ merge: Merge) throws -> [String: String]? {
        let wrong = try db.merge(
            merge.customer, into: merge.into, on: date, source: manifest.source)
        switch wrong?.kind {
        case .elsewhere: return wrong?.facts
        case .circle: faults.add(merge.fault(.mergedInCircle, wrong?.facts ?? [:]))
        case nil: merged.append(merge.customer)
        }
        return nil
    }

    private mutating func readAccounts() throws {
        let merges = try Merges(db, on: date)
        try read(AccountRow.self) { [db, date, secrets, source = manifest.source] row, fault in
            guard let customer = try db.customerID(row.customer) else {
                return fault(.unknownCustomer, ["customer": row.customer.rawValue])
            }
            let id: Int64
            if let known = try db.account(row.number, secrets) {
                guard known.source == source else {
                    return fault(.accountOfAnotherSource, ["source": known.source])
                }
                guard merges.areOne(known.customer, customer) else {
                    return fault(
                        .accountOfAnotherCustomer,
                        [
                            "owner": try db.number(of: known.customer),
                            "customer": row.customer.rawValue,
                        ])
                }
                guard known.category == row.category, known.currency == row.currency
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
        let facts = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM accountFact
                    WHERE account = ?1 AND date <= coalesce(
                        (SELECT min(date) FROM balance WHERE account = ?1), date))
                """)
        let vanished = try brought.count { account in
            try Bool.fetchOne(facts, arguments: [account]) != true
        }
        if vanished > 0 {
            faults.add(
                ExtractFault(
                    AccountRow.file, nil, .listedBefore, ["accounts": String(vanished)]))
        }
    }
}
