import Bank
import GRDB
import Vault

/// The latest standing of each customer, read and followed by the next one, for every customer whom
/// one close looks at.
///
/// New rows are gathered in a table of this connection's own, in memory, and written by few statements
/// at the end: a statement for each row costs as much again as the row itself. What is searched for
/// among the latest is written only of whom it moved.
struct StandingRecords: ~Copyable {
    private static let columns = """
        customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
        financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened,
        activeCard, elsewhereAssets, elsewhereLargest
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
                SELECT \(StandingRow.columns), reviewOn, secondLargest FROM latestStanding AS latest
                CROSS JOIN standing ON standing.customer = latest.customer
                WHERE latest.customer = ? ORDER BY standing.date DESC LIMIT 1
                """)
        let review = try RowQuery(
            db,
            prepared: """
                UPDATE latestStanding SET reviewOn = ?2, secondLargest = ?3 WHERE customer = ?1
                """)
        let decide = try RowQuery(
            db,
            prepared: """
                INSERT INTO temp.decided (\(Self.columns), reviewOn, secondLargest, isFirst, isMoved)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        // Whether it is the customer's first row, and whether pool, origin or the date to look again
        // are others than the last one's.
        try db.execute(
            sql: """
                CREATE TEMP TABLE decided (
                    \(columns.replacing("customer,", with: "customer INTEGER PRIMARY KEY,")),
                    reviewOn, secondLargest, isFirst, isMoved)
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
            guard
                previous.standing.reviewOn != standing.reviewOn
                    || previous.secondLargest != position.secondLargest
            else { return }
            review.bind(customer, at: 1)
            review.bind(standing.reviewOn, at: 2)
            review.bind(position.secondLargest?.rawValue, at: 3)
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
        decide.bind(position.secondLargest?.rawValue, at: 20)
        let isMoved =
            previous.map {
                $0.standing.pool != standing.pool || $0.standing.origin != standing.origin
                    || $0.standing.reviewOn != standing.reviewOn
            } ?? false
        decide.bind(previous == nil ? 1 : 0, at: 21)
        decide.bind(isMoved ? 1 : 0, at: 22)
        try decide.execute()
    }

    /// Writes what was gathered.
    consuming func finish() throws {
        try db.execute(
            prepared: """
                INSERT INTO latestStanding (customer, pool, origin, reviewOn, secondLargest)
                SELECT customer, pool, origin, reviewOn, secondLargest FROM temp.decided
                WHERE isFirst ORDER BY customer
                """)
        // The plus sign has SQLite begin with the few that were decided.
        try db.execute(
            prepared: """
                UPDATE latestStanding
                SET pool = decided.pool, origin = decided.origin, reviewOn = decided.reviewOn
                FROM temp.decided AS decided
                WHERE decided.isMoved AND +decided.customer = latestStanding.customer
                """)
        try db.execute(
            prepared: """
                UPDATE latestStanding SET secondLargest = decided.secondLargest
                FROM temp.decided AS decided
                WHERE +decided.customer = latestStanding.customer
                    AND decided.secondLargest IS NOT latestStanding.secondLargest
                """)
        try db.execute(
            prepared: """
                INSERT INTO standing (\(Self.columns), sequence)
                SELECT \(Self.columns), ? FROM temp.decided ORDER BY customer
                """,
            arguments: [sequence])
        try db.execute(prepared: "DELETE FROM temp.decided")
    }
}
