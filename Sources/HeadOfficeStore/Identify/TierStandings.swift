import Bank
import GRDB
import Vault

/// What a customer has at all outlets of the first-tier branch at one day's close.
struct TierPosition {
    let assets: Assets
    /// An active VIP card of any outlet.
    let activeCard: Bool
    /// Where the customer has an open account.
    let outlets: Int
    /// Where, and what at each of several: each of those outlets sees its own share alone, so that
    /// money that moves between them is news to both.
    let heldAt: String
    /// Whether no outlet said anything of the customer yet.
    let isEmpty: Bool
}

/// A row of `tierStanding`.
struct TierStandingRow: Equatable {
    let standing: Standing
    let activeCard: Bool
    let outlets: Int
    let heldAt: String
    let isLatest: Bool
    let sequence: Int64

    init(_ row: Row) throws {
        standing = Standing(
            date: try row.value("date"), pool: try row.value("pool"),
            poolSince: try row.value("poolSince"), origin: try row.value("origin"),
            tier: try row.value("tier"), tierSince: try row.value("tierSince"),
            belowSince: try row.value("belowSince"),
            assets: Assets(
                financial: try row.value("financialAssets"),
                largestAccount: try row.value("largestAccount")),
            accumulated: try row.value("accumulated"),
            lastAtMinimum: try row.value("lastAtMinimum"),
            reviewOn: try row.value("reviewOn"))
        activeCard = try row.value("activeCard")
        outlets = try row.value("outlets")
        heldAt = try row.value("heldAt")
        isLatest = try row.value("isLatest")
        sequence = try row.value("sequence")
    }

    /// Whether a later close found the same, so that this row still says all but the date.
    func holds(_ later: Standing, _ position: TierPosition) -> Bool {
        standing.stillSays(later) && activeCard == position.activeCard
            && outlets == position.outlets && heldAt == position.heldAt
    }

    /// Whether the rows say the same, whenever they were written and are to be looked at.
    func says(_ other: TierStandingRow) -> Bool {
        var (mine, theirs) = (standing, other.standing)
        mine.reviewOn = nil
        theirs.reviewOn = nil
        return mine == theirs && activeCard == other.activeCard && outlets == other.outlets
            && heldAt == other.heldAt && isLatest == other.isLatest
    }
}

extension Database {
    /// The last figures of each outlet through `day`, unless it was closed or moved by then.
    func tierPosition(of customer: CustomerNumber, at day: BusinessDay) throws -> TierPosition {
        let statement = try cachedStatement(
            sql: """
                WITH RECURSIVE held (outlet) AS (
                    SELECT min(outlet) FROM standing WHERE customer = ?1
                    UNION ALL
                    SELECT (SELECT min(outlet) FROM standing
                        WHERE customer = ?1 AND outlet > held.outlet)
                    FROM held WHERE held.outlet IS NOT NULL)
                SELECT financialAssets, largestAccount, accounts, activeCard, said.outlet
                FROM held CROSS JOIN standing AS said
                ON said.customer = ?1 AND said.outlet = held.outlet AND said.date = (
                    SELECT max(date) FROM standing
                    WHERE customer = ?1 AND outlet = held.outlet AND date <= ?2)
                WHERE NOT EXISTS (SELECT 1 FROM tierOutletGone AS gone
                    WHERE gone.outlet = said.outlet AND gone.fromDate <= ?2
                        AND (gone.untilDate IS NULL OR gone.untilDate > ?2))
                """)
        let rows = try Row.fetchAll(statement, arguments: [customer, day])
        let serving = try rows.filter { try $0.value(2) as Int > 0 }
        let shares = try serving.map { row in
            let outlet: UnitCode = try row.value(4)
            guard serving.count > 1 else { return outlet.rawValue }
            let (assets, largest): (HalfFen, Fen) = (try row.value(0), try row.value(1))
            return "\(outlet):\(assets.rawValue):\(largest.rawValue)"
        }
        return TierPosition(
            assets: Assets(
                at: try rows.map {
                    Assets(financial: try $0.value(0), largestAccount: try $0.value(1))
                }),
            activeCard: try rows.contains { try $0.value(3) },
            outlets: serving.count, heldAt: shares.joined(separator: ","), isEmpty: rows.isEmpty)
    }

    func latestTierStanding(of customer: CustomerNumber) throws -> TierStandingRow? {
        try Row.fetchOne(
            self, prepared: "SELECT * FROM tierStanding WHERE customer = ? AND isLatest = 1",
            arguments: [customer]
        ).map(TierStandingRow.init)
    }

    /// Where the last close put a customer; nil where none knew them.
    func tierStanding(of customer: CustomerNumber) throws -> TierStanding? {
        guard let row = try latestTierStanding(of: customer), let through = try lastTierClose()
        else { return nil }
        return TierStanding(standing: row.standing, through: through)
    }

    /// A customer's rows of a date and after it, the earliest first.
    func tierStandings(
        of customer: CustomerNumber, from day: BusinessDay
    ) throws -> [TierStandingRow] {
        try Row.fetchAll(
            self,
            prepared: "SELECT * FROM tierStanding WHERE customer = ? AND date >= ? ORDER BY date",
            arguments: [customer, day]
        ).map(TierStandingRow.init)
    }

    func lastTierStanding(
        of customer: CustomerNumber, before day: BusinessDay
    ) throws -> TierStandingRow? {
        try Row.fetchOne(
            self,
            prepared: """
                SELECT * FROM tierStanding WHERE customer = ? AND date < ?
                ORDER BY date DESC LIMIT 1
                """,
            arguments: [customer, day]
        ).map(TierStandingRow.init)
    }

    /// What a customer's financial assets were on each day through `day`.
    func tierAssetHistory(
        of customer: CustomerNumber, through day: BusinessDay
    ) throws -> AssetHistory {
        AssetHistory(
            try Row.fetchAll(
                self,
                prepared: """
                    SELECT date, financialAssets FROM tierStanding
                    WHERE customer = ? AND date <= ?
                    ORDER BY date
                    """,
                arguments: [customer, day]
            ).map { AssetHistory.Step(from: try $0.value(0), assets: try $0.value(1)) })
    }

    /// Writes a row where something changed, and otherwise only when to look again.
    ///
    /// - Parameter evenAlike: a row in any case.
    func save(
        _ standing: Standing, _ position: TierPosition, of customer: CustomerNumber,
        after previous: TierStandingRow?, evenAlike: Bool, sequence: Int64
    ) throws {
        if !evenAlike, let previous, previous.holds(standing, position) {
            try execute(
                prepared: """
                    UPDATE tierStanding SET reviewOn = ? WHERE customer = ? AND isLatest = 1
                    """,
                arguments: [standing.reviewOn, customer])
            return
        }
        if previous != nil {
            try execute(
                prepared: """
                    UPDATE tierStanding SET isLatest = 0, reviewOn = NULL
                    WHERE customer = ? AND isLatest = 1
                    """,
                arguments: [customer])
        }
        try execute(
            prepared: """
                INSERT INTO tierStanding (
                    customer, date, pool, poolSince, origin, tier, tierSince, belowSince,
                    financialAssets, largestAccount, accumulated, lastAtMinimum, activeCard,
                    outlets, heldAt, reviewOn, isLatest, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
                """,
            arguments: [
                customer, standing.date, standing.pool, standing.poolSince, standing.origin,
                standing.tier, standing.tierSince, standing.belowSince,
                standing.assets.financial, standing.assets.largestAccount, standing.accumulated,
                standing.lastAtMinimum, position.activeCard, position.outlets, position.heldAt,
                standing.reviewOn, sequence,
            ])
    }

    func tierTargetsByTier() throws -> [Tier: Int] {
        var tiers: [Tier: Int] = [.gold: 0, .platinum: 0, .diamond: 0]
        let rows = try Row.fetchAll(
            self,
            prepared: """
                SELECT tier, count(*) FROM tierStanding
                WHERE isLatest = 1 AND pool = 'target' AND tier IS NOT NULL
                GROUP BY tier
                """)
        for row in rows { tiers[try row.value(0)] = try row.value(1) }
        return tiers
    }
}
