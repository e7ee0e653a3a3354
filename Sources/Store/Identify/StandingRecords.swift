import Bank
import GRDB
import Vault

/// The latest standing of each customer, read and followed by the next one, for every customer whom
/// one close looks at.
///
/// New rows are gathered in a table of this connection's own, in memory, and written by two statements
/// at the end: a statement for each row costs as much again as the row itself.
struct StandingRecords: ~Copyable {
    private static let columns = """
        customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
        financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened,
        activeCard, elsewhereAssets, elsewhereLargest, reviewOn
        """

    private let db: Database
    private let sequence: Int64
    private var latest: RowQuery
    private var review: RowQuery
    private var decide: RowQuery

    /// - Parameter sequence: the transaction's, so that no trigger numbers a row once more.
    init(_ db: Database, sequence: Int64) throws {
        try Self.makeRoom(db)
        let latest = try RowQuery(
            db,
            prepared: """
                SELECT \(StandingRow.columns) FROM standing
                WHERE customer = ? ORDER BY date DESC LIMIT 1
                """)
        let review = try RowQuery(
            db, prepared: "UPDATE standing SET reviewOn = ?3 WHERE customer = ?1 AND date = ?2")
        let decide = try RowQuery(
            db,
            prepared: """
                INSERT INTO temp.decided (\(Self.columns), before)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        self.db = db
        self.sequence = sequence
        self.latest = latest
        self.review = review
        self.decide = decide
    }

    private static func makeRoom(_ db: Database) throws {
        let isThere = try Bool.fetchOne(
            db,
            prepared: "SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'decided')")
        guard isThere != true else { return }
        // `before` is the date of the row that is the latest no more.
        try db.execute(
            sql: """
                CREATE TEMP TABLE decided (
                    \(columns.replacing("customer,", with: "customer INTEGER PRIMARY KEY,")),
                    before)
                """)
    }

    /// The last one by its date, which is the latest.
    mutating func latest(of customer: Int64) throws -> StandingRow? {
        latest.restart()
        latest.bind(customer, at: 1)
        let row = try latest.next() ? try StandingRow(latest) : nil
        // What stands on a row holds it against whoever writes.
        latest.restart()
        return row
    }

    /// Has a row written where something changed, and otherwise only when to look again.
    mutating func save(
        _ standing: Standing, _ position: Position, _ held: HeldAssets, of customer: Int64,
        after previous: StandingRow?
    ) throws {
        if let previous, previous.holds(standing, position, held) {
            guard previous.standing.reviewOn != standing.reviewOn else { return }
            review.bind(customer, at: 1)
            review.bind(previous.standing.date, at: 2)
            review.bind(standing.reviewOn, at: 3)
            try review.execute()
            return
        }
        decide.bind(customer, at: 1)
        decide.bind(standing.date, at: 2)
        decide.bind(standing.pool.rawValue, at: 3)
        decide.bind(standing.poolSince, at: 4)
        decide.bind(standing.origin?.rawValue, at: 5)
        decide.bind(standing.tier?.rawValue, at: 6)
        decide.bind(standing.tierSince, at: 7)
        decide.bind(standing.belowSince, at: 8)
        decide.bind(Int64(position.accounts), at: 9)
        decide.bind(position.balance.rawValue, at: 10)
        decide.bind(held.here.financial.rawValue, at: 11)
        decide.bind(held.here.largestAccount.rawValue, at: 12)
        decide.bind(standing.accumulated.rawValue, at: 13)
        decide.bind(standing.lastAtMinimum, at: 14)
        decide.bind(position.demandAccountOpened, at: 15)
        decide.bind(position.activeCard ? 1 : 0, at: 16)
        decide.bind(held.elsewhere.financial.rawValue, at: 17)
        decide.bind(held.elsewhere.largestAccount.rawValue, at: 18)
        decide.bind(standing.reviewOn, at: 19)
        decide.bind(previous?.standing.date, at: 20)
        try decide.execute()
    }

    /// Writes what was gathered.
    consuming func finish() throws {
        try db.execute(
            prepared: """
                UPDATE standing SET isLatest = 0, reviewOn = NULL
                WHERE (customer, date) IN (SELECT customer, before FROM temp.decided)
                """)
        try db.execute(
            prepared: """
                INSERT INTO standing (\(Self.columns), isLatest, sequence)
                SELECT \(Self.columns), 1, ? FROM temp.decided ORDER BY customer
                """,
            arguments: [sequence])
        try db.execute(prepared: "DELETE FROM temp.decided")
    }
}
