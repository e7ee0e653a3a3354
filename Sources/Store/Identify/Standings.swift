import Bank
import GRDB
import Vault

/// What a customer holds at this outlet, and what the first-tier branch last said that they hold at
/// others. The rules look at both together.
struct HeldAssets: Hashable {
    let here: Assets
    let elsewhere: Assets

    var all: Assets { here + elsewhere }
}

/// A standing with the plain sums and facts that stand beside it in its row.
struct StandingRow {
    let standing: Standing
    let held: HeldAssets
    let accounts: Int
    let balance: Fen
    let demandAccountOpened: BusinessDay?
    let activeCard: Bool

    static let columns = """
        standing.date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance,
        financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened,
        activeCard, reviewOn, elsewhereAssets, elsewhereLargest
        """
}

extension StandingRow {
    init(_ row: Row) throws {
        let held = HeldAssets(
            here: Assets(
                financial: try row.value("financialAssets"),
                largestAccount: try row.value("largestAccount")),
            elsewhere: Assets(
                financial: try row.value("elsewhereAssets"),
                largestAccount: try row.value("elsewhereLargest")))
        self.init(
            standing: Standing(
                date: try row.value("date"), pool: try row.value("pool"),
                poolSince: try row.value("poolSince"),
                origin: try row.value("origin"), tier: try row.value("tier"),
                tierSince: try row.value("tierSince"),
                belowSince: try row.value("belowSince"),
                assets: held.all, accumulated: try row.value("accumulated"),
                lastAtMinimum: try row.value("lastAtMinimum"),
                reviewOn: try row.value("reviewOn")),
            held: held, accounts: try row.value("accounts"), balance: try row.value("balance"),
            demandAccountOpened: try row.value("demandAccountOpened"),
            activeCard: try row.value("activeCard"))
    }
}

extension Database {
    func lastClosed() throws -> BusinessDay? {
        try BusinessDay.fetchOne(self, prepared: "SELECT max(date) FROM dayClose")
    }

    /// The date that is being worked on: the one after the last close.
    func workingDate() throws -> BusinessDay {
        guard let closed = try lastClosed() else { throw Refusal(.nothingClosed) }
        return closed.next
    }

    func extractSpan() throws -> ClosedRange<BusinessDay>? {
        let row = try Row.fetchOne(self, prepared: "SELECT min(date), max(date) FROM extract")
        guard let row, let first = try row.value(0) as BusinessDay?,
            let last = try row.value(1) as BusinessDay?
        else { return nil }
        return first...last
    }

    func hasExtract(on day: BusinessDay) throws -> Bool {
        try Bool.fetchOne(
            self, prepared: "SELECT EXISTS (SELECT 1 FROM extract WHERE date = ?)", arguments: [day]
        ) ?? false
    }

    /// Whom the close of `day` has to look at: those something came for, and those due.
    ///
    /// - Parameter others: to look at for other reasons.
    func customersToReview(
        on day: BusinessDay, all: Bool, and others: [Int64]
    ) throws -> [Int64] {
        let customers = try Int64.fetchAll(
            self,
            prepared: """
                SELECT account.customer FROM balance JOIN account ON account.id = balance.account
                WHERE balance.date = ?1
                UNION
                SELECT account.customer FROM accountFact
                JOIN account ON account.id = accountFact.account
                WHERE accountFact.date = ?1 OR accountFact.closedOn = ?1
                UNION
                SELECT said.customer FROM cardFact JOIN cardFact AS said USING (card)
                WHERE cardFact.date = ?1
                UNION
                SELECT id FROM customer WHERE knownFrom = ?1
                UNION
                SELECT id FROM customer WHERE ?2 AND knownFrom <= ?1
                UNION
                SELECT customer FROM standing WHERE isLatest = 1 AND reviewOn <= ?1
                ORDER BY 1
                """,
            arguments: [day, all])
        return others.isEmpty ? customers : Set(customers + others).sorted()
    }

    func latestStanding(of customer: Int64) throws -> StandingRow? {
        let statement = try cachedStatement(
            sql: "SELECT \(StandingRow.columns) FROM standing WHERE customer = ? AND isLatest = 1")
        return try Row.fetchOne(statement, arguments: [customer]).map(StandingRow.init)
    }

    /// Writes a row where something changed, and otherwise only when to look again.
    ///
    /// - Parameter sequence: the transaction's, so that no trigger numbers the row once more.
    func save(
        _ standing: Standing, _ position: Position, _ held: HeldAssets, of customer: Int64,
        after previous: StandingRow?, sequence: Int64
    ) throws {
        if let previous, previous.holds(standing, position, held) {
            try cachedStatement(
                sql: "UPDATE standing SET reviewOn = ? WHERE customer = ? AND isLatest = 1"
            ).execute(arguments: [standing.reviewOn, customer])
            return
        }
        if previous != nil {
            try cachedStatement(
                sql: """
                    UPDATE standing SET isLatest = 0, reviewOn = NULL
                    WHERE customer = ? AND isLatest = 1
                    """
            ).execute(arguments: [customer])
        }
        try cachedStatement(
            sql: """
                INSERT INTO standing (
                    customer, date, pool, poolSince, origin, tier, tierSince, belowSince,
                    accounts, balance, financialAssets, largestAccount, accumulated,
                    lastAtMinimum, demandAccountOpened, activeCard, elsewhereAssets,
                    elsewhereLargest, reviewOn, isLatest, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
                """
        ).execute(arguments: [
            customer, standing.date, standing.pool, standing.poolSince, standing.origin,
            standing.tier, standing.tierSince, standing.belowSince, position.accounts,
            position.balance, held.here.financial, held.here.largestAccount,
            standing.accumulated, standing.lastAtMinimum, position.demandAccountOpened,
            position.activeCard, held.elsewhere.financial, held.elsewhere.largestAccount,
            standing.reviewOn, sequence,
        ])
    }

    func targetsByTier() throws -> [Tier: Int] {
        var tiers: [Tier: Int] = [.gold: 0, .platinum: 0, .diamond: 0]
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT tier, count(*) FROM standing
                WHERE isLatest = 1 AND pool = 'target' AND tier IS NOT NULL
                GROUP BY tier
                """)
        while let row = try rows.next() { tiers[try row.value(0)] = try row.value(1) }
        return tiers
    }

    func insert(_ closed: ClosedDay) throws {
        try execute(
            prepared: """
                INSERT INTO dayClose (
                    date, estimated, accounts, balanceSum, potentialIn, potentialOut, targetIn,
                    targetOut, gold, platinum, diamond)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                closed.date, closed.isEstimated, closed.accounts, closed.balance,
                closed.potentialIn, closed.potentialOut, closed.targetIn, closed.targetOut,
                closed.tiers?[.gold], closed.tiers?[.platinum], closed.tiers?[.diamond],
            ])
    }
}

extension StandingRow {
    /// Whether a later close found the same, so that this row still says all but the date.
    func holds(_ later: Standing, _ position: Position, _ held: HeldAssets) -> Bool {
        standing.stillSays(later) && self.held == held && accounts == position.accounts
            && balance == position.balance && activeCard == position.activeCard
            && demandAccountOpened == position.demandAccountOpened
    }
}
