import Bank
import GRDB
import Vault

extension BranchStore {
    /// Why a customer stands where they do at the last close.
    func reasons(
        _ db: Database, _ standings: [Standing], on closed: BusinessDay, average: Average
    ) throws -> [StandingReason] {
        guard let last = standings.last, let first = standings.first else { return [] }
        let end = closed.isEndOfMonth ? closed : closed.firstOfMonth.previous
        let graded =
            first.date <= end
            ? standings.average(on: end, by: try parameters(db, on: end)) : nil
        return last.reasons(
            on: closed, average: average, graded: graded, by: try parameters(db, on: closed))
    }
}

extension [Standing] {
    /// The average of their assets at the close of a day. The year's sum stands in the rows, where
    /// the first-tier branch said it for days of which this outlet does not know all.
    fileprivate func average(on day: BusinessDay, by parameters: RuleParameters) -> Average {
        if parameters.averaging == .yearToDate, parameters.januaryPolicy == .reset,
            let last = last(where: { $0.date <= day })
        {
            return Average(sum: last.accumulated(through: day), days: day.dayOfYear)
        }
        return AssetHistory(
            map { AssetHistory.Step(from: $0.date, assets: $0.assets.financial) }
        ).average(on: day, by: parameters)
    }
}

extension Database {
    /// All of a customer's standings, in the order of their dates.
    func standings(of customer: Int64) throws -> [Standing] {
        let statement = try cachedStatement(
            sql: """
                SELECT \(StandingRow.columns) FROM standing WHERE customer = ? ORDER BY date
                """)
        return try Row.fetchAll(statement, arguments: [customer]).map {
            try StandingRow($0).standing
        }
    }

    /// What a correction made void and did not decide again.
    func voidedChanges(of customer: Int64) throws -> [VoidedChange] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT date, pool, origin, tier, voidedAt FROM voidedChange
                WHERE customer = ?1 AND NOT EXISTS (SELECT 1 FROM standing
                    WHERE standing.customer = ?1 AND standing.date = voidedChange.date
                        AND standing.pool = voidedChange.pool
                        AND standing.poolSince = voidedChange.poolSince
                        AND standing.origin IS voidedChange.origin
                        AND standing.tier IS voidedChange.tier
                        AND standing.tierSince IS voidedChange.tierSince)
                ORDER BY voidedAt, date
                """,
            arguments: [customer]
        ).map {
            VoidedChange(
                date: try $0.value(0), pool: try $0.value(1), origin: try $0.value(2),
                tier: try $0.value(3), voidedAt: try $0.value(4))
        }
    }

    /// Keeps the changes of pool and tier that closes from `day` on decided, before they go.
    func keepVoided(from day: BusinessDay, reopening id: Blob, at now: Int64) throws {
        try execute(
            prepared: """
                INSERT INTO voidedChange (
                    reopening, customer, date, pool, poolSince, origin, tier, tierSince, voidedAt)
                SELECT lower(hex(?2)), customer, date, pool, poolSince, origin, tier, tierSince, ?3
                FROM standing
                WHERE customer IN (SELECT customer FROM latestStanding) AND date >= ?1 AND (
                    (poolSince = date AND pool <> 'retained') OR tierSince = date + 1
                    OR EXISTS (SELECT 1 FROM standing AS before
                        WHERE before.customer = standing.customer
                            AND before.date = (SELECT max(date) FROM standing AS earlier
                                WHERE earlier.customer = standing.customer
                                    AND earlier.date < standing.date)
                            AND (before.pool <> standing.pool
                                OR before.tier IS NOT NULL AND standing.tier IS NULL)))
                """,
            arguments: [day, id, now])
    }
}
