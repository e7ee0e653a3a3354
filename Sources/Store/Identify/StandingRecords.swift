import Bank
import GRDB
import Vault

/// The latest standing of each customer, read and followed by the next one, for every customer whom
/// one close looks at.
///
/// What is searched for among the latest is written only of whom it moved: each of its columns that
/// an index has costs as much as the row.
struct StandingRecords: ~Copyable {
    private let sequence: Int64
    private var latest: RowQuery
    private var first: RowQuery
    private var move: RowQuery
    private var remember: RowQuery
    private var insert: RowQuery

    /// - Parameter sequence: the transaction's; a standing has to have one.
    init(_ db: Database, sequence: Int64) throws {
        let latest = try RowQuery(
            db,
            prepared: """
                SELECT \(StandingRow.columns), reviewOn, secondLargest FROM latestStanding AS latest
                CROSS JOIN standing ON standing.customer = latest.customer
                WHERE latest.customer = ? ORDER BY standing.date DESC LIMIT 1
                """)
        let first = try RowQuery(
            db,
            prepared: """
                INSERT INTO latestStanding (customer, pool, origin, reviewOn, secondLargest)
                VALUES (?1, ?2, ?3, ?4, ?5)
                """)
        let move = try RowQuery(
            db,
            prepared: """
                UPDATE latestStanding SET pool = ?2, origin = ?3, reviewOn = ?4, secondLargest = ?5
                WHERE customer = ?1
                """)
        let remember = try RowQuery(
            db, prepared: "UPDATE latestStanding SET secondLargest = ?2 WHERE customer = ?1")
        let insert = try RowQuery(
            db,
            prepared: """
                INSERT INTO standing (
                    customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts,
                    balance, financialAssets, largestAccount, accumulated, lastAtMinimum,
                    demandAccountOpened, activeCard, elsewhereAssets, elsewhereLargest, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        self.sequence = sequence
        self.latest = latest
        self.first = first
        self.move = move
        self.remember = remember
        self.insert = insert
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

    /// Writes a row where something changed, and otherwise at most when to look again.
    mutating func save(
        _ standing: Standing, _ position: Position, _ held: HeldAssets, of customer: Int64,
        after previous: StandingRow?
    ) throws {
        try follow(standing, position, of: customer, after: previous)
        if let previous, previous.holds(standing, position, held) { return }
        insert.bind(customer, at: 1)
        insert.bind(standing.date, at: 2)
        insert.bind(standing.pool.rawValue, at: 3)
        insert.bind(standing.poolSince, at: 4)
        insert.bind(standing.origin?.rawValue, at: 5)
        insert.bind(standing.tier?.rawValue, at: 6)
        insert.bind(standing.tierSince, at: 7)
        insert.bind(standing.belowSince, at: 8)
        insert.bind(Int64(position.accounts), at: 9)
        insert.bind(position.balance.rawValue, at: 10)
        insert.bind(held.here.financial.rawValue, at: 11)
        insert.bind(held.here.largestAccount.rawValue, at: 12)
        insert.bind(standing.accumulated.rawValue, at: 13)
        insert.bind(standing.lastAtMinimum, at: 14)
        insert.bind(position.demandAccountOpened, at: 15)
        insert.bind(position.activeCard ? 1 : 0, at: 16)
        insert.bind(held.elsewhere.financial.rawValue, at: 17)
        insert.bind(held.elsewhere.largestAccount.rawValue, at: 18)
        insert.bind(sequence, at: 19)
        try insert.execute()
    }

    /// Keeps what the latest are searched for.
    private mutating func follow(
        _ standing: Standing, _ position: Position, of customer: Int64,
        after previous: StandingRow?
    ) throws {
        let second = position.secondLargest?.rawValue
        guard let previous else {
            try Self.write(standing, second, of: customer, by: &first)
            return
        }
        let before = previous.standing
        if before.pool != standing.pool || before.origin != standing.origin
            || before.reviewOn != standing.reviewOn
        {
            try Self.write(standing, second, of: customer, by: &move)
        } else if previous.secondLargest != position.secondLargest {
            remember.bind(customer, at: 1)
            remember.bind(second, at: 2)
            try remember.execute()
        }
    }

    private static func write(
        _ standing: Standing, _ secondLargest: Int64?, of customer: Int64, by query: inout RowQuery
    ) throws {
        query.bind(customer, at: 1)
        query.bind(standing.pool.rawValue, at: 2)
        query.bind(standing.origin?.rawValue, at: 3)
        query.bind(standing.reviewOn, at: 4)
        query.bind(secondLargest, at: 5)
        try query.execute()
    }
}
