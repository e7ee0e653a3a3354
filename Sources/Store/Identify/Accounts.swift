import Bank
import Feed
import GRDB
import Sealing
import Vault

/// What never changes of an account.
struct KnownAccount {
    let id: Int64
    let customer: Int64
    let category: Bank.Category
    let currency: String
    let source: String
}

extension Database {
    func account(_ number: String, _ secrets: Secrets) throws -> KnownAccount? {
        let statement = try cachedStatement(
            sql: """
                SELECT id, customer, category, currency, source FROM account
                WHERE numberIndex = ?
                """)
        return try Row.fetchOne(
            statement, arguments: [secrets.index("account", number)]
        ).map {
            KnownAccount(
                id: try $0.value(0), customer: try $0.value(1), category: try $0.value(2),
                currency: try $0.value(3), source: try $0.value(4))
        }
    }

    func insert(
        _ row: AccountRow, of customer: Int64, source: String, _ secrets: Secrets
    ) throws -> Int64 {
        let index = secrets.index("account", row.number)
        try cachedStatement(
            sql: """
                INSERT INTO account (
                    numberIndex, number, customer, category, currency, source)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            index, secrets.seal(row.number, "account", hexadecimal(index), "number"), customer,
            row.category, row.currency, source,
        ])
        return lastInsertedRowID
    }

    /// False where the date has a fact of the account already.
    func insertFact(_ row: AccountRow, account: Int64, on date: BusinessDay) throws -> Bool {
        try cachedStatement(
            sql: """
                INSERT OR IGNORE INTO accountFact (
                    account, date, subcategory, product, status, openingOutlet, openedOn,
                    closedOn, maturesOn)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            account, date, row.subcategory, row.product, row.status, row.openingOutlet,
            row.openedOn, row.closedOn, row.maturesOn,
        ])
        return changesCount == 1
    }

    /// False where the date has a balance of the account already.
    func insertBalance(_ amount: Fen, account: Int64, on date: BusinessDay) throws -> Bool {
        try cachedStatement(
            sql: "INSERT OR IGNORE INTO balance (account, date, amount) VALUES (?, ?, ?)"
        ).execute(arguments: [account, date, amount])
        return changesCount == 1
    }

    /// False where a movement of that number is there already.
    func insert(
        _ row: MovementRow, from source: String, account: Int64, on date: BusinessDay,
        _ secrets: Secrets
    ) throws -> Bool {
        try cachedStatement(
            sql: """
                INSERT OR IGNORE INTO movement (
                    source, id, account, date, at, amount, channel, outlet, counterparty, memo)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            source, row.id, account, date, row.at, row.amount, row.channel, row.outlet,
            secrets.seal(row.counterparty, "movement", "\(source)/\(row.id)", "counterparty"),
            secrets.seal(row.memo, "movement", "\(source)/\(row.id)", "memo"),
        ])
        return changesCount == 1
    }

    /// False where the date has a fact of the card already.
    func insert(
        _ row: CardRow, of customer: Int64, source: String, on date: BusinessDay, _ secrets: Secrets
    ) throws -> Bool {
        let index = secrets.index("card", row.number)
        try cachedStatement(
            sql: "INSERT OR IGNORE INTO card (numberIndex, number) VALUES (?, ?)"
        ).execute(arguments: [
            index, secrets.seal(row.number, "card", hexadecimal(index), "number"),
        ])
        try cachedStatement(
            sql: """
                INSERT OR IGNORE INTO cardFact (
                    card, date, source, customer, level, status, issuedOn, issuingOutlet)
                VALUES ((SELECT id FROM card WHERE numberIndex = ?), ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            index, date, source, customer, row.level, row.status, row.issuedOn, row.issuingOutlet,
        ])
        return changesCount == 1
    }

    /// The holdings of one customer at a day's close, and what else its standing is made of.
    func position(of customer: Int64, at day: BusinessDay, outlet: UnitCode) throws -> Position {
        let statement = try cachedStatement(
            sql: """
                SELECT category, currency, fact.openingOutlet, fact.openedOn, fact.subcategory,
                    fact.closedOn, fact.status,
                    (SELECT amount FROM balance
                        WHERE account = account.id AND date <= ?2
                        ORDER BY date DESC LIMIT 1)
                FROM account
                JOIN accountFact AS fact ON fact.account = account.id AND fact.date = (
                    SELECT max(date) FROM accountFact WHERE account = account.id AND date <= ?2)
                WHERE customer = ?1
                """)
        var position = Position()
        let rows = try Row.fetchCursor(statement, arguments: [customer, day])
        while let row = try rows.next() {
            if let closed = try row.value(5) as BusinessDay?, closed <= day { continue }
            let amount = try row.value(7) as Fen? ?? .zero
            position.accounts += 1
            position.balance = position.balance + amount
            if try row.value(1) as String == "CNY" {
                position.holdings.append(Holding(category: try row.value(0), balance: amount))
            }
            // As R6 asks for one; the first-tier branch's close sees it by this alone.
            if try row.value(0) as Bank.Category == .deposit,
                try row.value(4) as String == "demand", try row.value(6) as String == "normal",
                try row.value(2) as UnitCode == outlet
            {
                let opened: BusinessDay = try row.value(3)
                position.demandAccountOpened =
                    min(position.demandAccountOpened ?? opened, opened)
            }
        }
        let card = try cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM cardFact
                    WHERE customer = ?1 AND issuingOutlet = ?2 AND status = 'active'
                        AND date = (SELECT max(date) FROM cardFact AS said
                            WHERE said.card = cardFact.card AND said.date <= ?3))
                """)
        position.activeCard = try Bool.fetchOne(card, arguments: [customer, outlet, day]) ?? false
        return position
    }
}

/// What a customer has at this outlet at one day's close.
struct Position {
    var holdings: [Holding] = []
    var accounts = 0
    var balance = Fen.zero
    /// Of the earliest demand deposit in order that was opened here.
    var demandAccountOpened: BusinessDay?
    var activeCard = false
}

func hexadecimal(_ blob: Blob?) -> String {
    blob.map { Sealing.hexadecimal($0.bytes) } ?? ""
}
