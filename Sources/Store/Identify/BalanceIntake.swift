import Bank
import Feed
import GRDB
import Sealing
import Vault

/// Writes an extract's balances: what runs once for every account of an outlet.
struct BalanceIntake: ~Copyable {
    private let secrets: Secrets
    private let source: String
    private var account: RowQuery
    private var insert: RowQuery

    init(_ db: Database, on date: BusinessDay, from source: String, _ secrets: Secrets) throws {
        let account = try RowQuery(
            db, prepared: "SELECT id, source, category FROM account WHERE numberIndex = ?")
        var insert = try RowQuery(
            db,
            prepared: "INSERT OR IGNORE INTO balance (account, date, amount) VALUES (?, ?, ?)")
        insert.bind(date, at: 2)
        self.secrets = secrets
        self.source = source
        self.account = account
        self.insert = insert
    }

    /// What is wrong with the row; nil where it was written.
    mutating func take(
        _ row: BalanceRow
    ) throws -> (kind: ExtractFault.Kind, facts: [String: String])? {
        account.restart()
        let isKnown = try secrets.blind.withIndex("account", row.account) { index in
            account.bind(blob: index, at: 1)
            return try account.next()
        }
        guard isKnown else { return (.unknownAccount, [:]) }
        let owner = try account.text(1)
        guard owner == source else { return (.accountOfAnotherSource, ["source": owner]) }
        if row.balance < .zero {
            let category: Category = try account.word(2)
            guard category == .deposit else {
                return (.negativeBalance, ["category": category.rawValue])
            }
        }
        insert.bind(try account.integer(0), at: 1)
        insert.bind(row.balance.rawValue, at: 3)
        return try insert.execute() ? nil : (.duplicateRow, [:])
    }
}
