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
    /// What the close remembers of the latest; nil where it does not know it, and in any other row.
    var secondLargest: Fen? = nil

    static let columns = """
        standing.date, standing.pool, poolSince, standing.origin, tier, tierSince, belowSince,
        accounts, balance, financialAssets, largestAccount, accumulated, lastAtMinimum,
        demandAccountOpened, activeCard, elsewhereAssets, elsewhereLargest
        """

    /// In SQL: that the row of `standing` is the latest of the customer whom an expression names.
    static func isLatest(of customer: String) -> String {
        """
        standing.customer = \(customer) AND standing.date = (
            SELECT max(date) FROM standing AS said WHERE said.customer = \(customer))
        """
    }
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
                lastAtMinimum: try row.value("lastAtMinimum")),
            held: held, accounts: try row.value("accounts"), balance: try row.value("balance"),
            demandAccountOpened: try row.value("demandAccountOpened"),
            activeCard: try row.value("activeCard"))
    }
}

extension StandingRow {
    /// The latest: a row of `columns`, in their order, and after them when to look again and the
    /// second largest account.
    init(_ row: borrowing RowQuery) throws {
        let held = HeldAssets(
            here: Assets(
                financial: HalfFen(try row.integer(9)), largestAccount: Fen(try row.integer(10))),
            elsewhere: Assets(
                financial: HalfFen(try row.integer(15)), largestAccount: Fen(try row.integer(16))))
        self.init(
            standing: Standing(
                date: try row.day(0), pool: try row.word(1), poolSince: try row.day(2),
                origin: try row.optionalWord(3), tier: try row.optionalWord(4),
                tierSince: try row.optionalDay(5), belowSince: try row.optionalDay(6),
                assets: held.all, accumulated: HalfFen(try row.integer(11)),
                lastAtMinimum: try row.optionalDay(12), reviewOn: try row.optionalDay(17)),
            held: held, accounts: Int(try row.integer(7)), balance: Fen(try row.integer(8)),
            demandAccountOpened: try row.optionalDay(13), activeCard: try row.flag(14),
            secondLargest: try row.optionalInteger(18).map { Fen($0) })
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

    func latestStanding(of customer: Int64) throws -> StandingRow? {
        let statement = try cachedStatement(
            sql: """
                SELECT \(StandingRow.columns) FROM standing
                WHERE customer = ? ORDER BY date DESC LIMIT 1
                """)
        return try Row.fetchOne(statement, arguments: [customer]).map(StandingRow.init)
    }

    func targetsByTier() throws -> [Tier: Int] {
        var tiers: [Tier: Int] = [.gold: 0, .platinum: 0, .diamond: 0]
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT tier, count(*) FROM latestStanding AS latest
                JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                WHERE latest.pool = 'target' AND tier IS NOT NULL
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
    /// What it was decided on.
    var position: Position {
        Position(
            assets: held.here, secondLargest: secondLargest, accounts: accounts, balance: balance,
            demandAccountOpened: demandAccountOpened, activeCard: activeCard)
    }

    /// Whether a later close found the same, so that this row still says all but the date.
    func holds(_ later: Standing, _ position: Position, _ held: HeldAssets) -> Bool {
        standing.stillSays(later) && self.held == held && accounts == position.accounts
            && balance == position.balance && activeCard == position.activeCard
            && demandAccountOpened == position.demandAccountOpened
    }
}
