package import Bank
import GRDB

extension Standing {
    /// As a close of the first-tier branch decides it, with the account at the potential line that
    /// day; amounts in yuan.
    ///
    /// - Parameter days: on how many days of the year through the date it was as much.
    package static func ofFirstTier(
        _ date: String, _ pool: Pool, since: String? = nil, origin: Origin? = nil,
        belowSince: String? = nil, assets: Int64, largest: Int64, days: Int64 = 1
    ) -> Standing {
        Standing(
            date: day(date), pool: pool, poolSince: day(since ?? date),
            origin: pool == .target ? origin ?? .rule : nil, belowSince: belowSince.map { day($0) },
            assets: Assets(financial: HalfFen(assets * 200), largestAccount: Fen(largest * 100)),
            accumulated: HalfFen(assets * 200 * days), lastAtMinimum: day(date))
    }
}

extension HeadOfficeOnDisk {
    /// Writes what a close of the first-tier branch does: the date, and standings that are new.
    package func closeFirstTier(
        _ date: String, late: [UnitCode] = [],
        _ standings: [(customer: CustomerNumber, standing: Standing, outlets: Int)] = []
    ) throws {
        let file = try DatabaseQueue(path: directory.path + "/office/first-tier-33.sqlite")
        try file.write { db in
            try db.execute(sql: "UPDATE changeCounter SET value = value + 1")
            let sequence = try Int64.fetchOne(db, sql: "SELECT value FROM changeCounter")
            for (customer, standing, outlets) in standings {
                try db.execute(
                    sql: "UPDATE tierStanding SET isLatest = 0 WHERE customer = ?",
                    arguments: [customer.rawValue])
                try db.execute(
                    sql: """
                        INSERT INTO tierStanding (
                            customer, date, pool, poolSince, origin, belowSince, financialAssets,
                            largestAccount, accumulated, lastAtMinimum, activeCard, outlets,
                            isLatest, sequence)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 1, ?)
                        """,
                    arguments: [
                        customer.rawValue, standing.date.daysSinceEpoch, standing.pool.rawValue,
                        standing.poolSince.daysSinceEpoch, standing.origin?.rawValue,
                        standing.belowSince?.daysSinceEpoch, standing.assets.financial.rawValue,
                        standing.assets.largestAccount.rawValue, standing.accumulated.rawValue,
                        standing.lastAtMinimum?.daysSinceEpoch, outlets, sequence,
                    ])
            }
            let names = JSONValue.array(late.map { JSONValue($0) })
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO tierClose (date, late, closedAt, sequence)
                    VALUES (?, ?, 0, ?)
                    """,
                arguments: [day(date).daysSinceEpoch, names.description, sequence])
        }
    }
}
