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
}

/// What a customer has at this outlet at one day's close.
struct Position: Hashable {
    var assets = Assets.none
    /// Of the accounts that can make the customer potential; nil where it is not known.
    var secondLargest: Fen? = .zero
    var accounts = 0
    var balance = Fen.zero
    /// Of the earliest demand deposit in order that was opened here.
    var demandAccountOpened: BusinessDay?
    var activeCard = false

    var largest: LargestAccounts {
        LargestAccounts(first: assets.largestAccount, second: secondLargest)
    }
}

func hexadecimal(_ blob: Blob?) -> String {
    blob.map { Sealing.hexadecimal($0.bytes) } ?? ""
}
