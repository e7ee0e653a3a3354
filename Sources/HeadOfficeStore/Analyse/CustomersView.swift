package import Bank
import GRDB
import Vault

/// Counts of customers by pool and, of the targets, by tier.
package struct CustomerCounts: Hashable, Sendable {
    package var pools: [Pool: Int] = [:]
    /// Targets that hold the tier; the others have none.
    package var tiers: [Tier: Int] = [:]

    package var total: Int { pools.values.reduce(0, +) }
    package var untiered: Int { (pools[.target] ?? 0) - tiers.values.reduce(0, +) }

    package static func + (left: Self, right: Self) -> CustomerCounts {
        CustomerCounts(
            pools: left.pools.merging(right.pools, uniquingKeysWith: +),
            tiers: left.tiers.merging(right.tiers, uniquingKeysWith: +))
    }
}

/// One outlet's row of the consolidated view.
package struct OutletCustomers: Sendable {
    package let outlet: Bank.Unit
    package let counts: CustomerCounts
    package let accounts: Int
    package let balance: Fen
    /// Half-fen, of all customers at the outlet.
    package let financialAssets: HalfFen
    /// The last business date that it closed and delivered.
    package let businessDate: BusinessDay?
    /// When its node was last heard, milliseconds; nil: never.
    package let contactedAt: Int64?
}

/// The last date that a first-tier branch closed, and whose figures were carried forward to it.
package struct TierCloseMark: Hashable, Sendable {
    package let through: BusinessDay
    package let late: [UnitCode]

    package init(through: BusinessDay, late: [UnitCode]) {
        self.through = through
        self.late = late
    }
}

/// One first-tier branch of the consolidated view: its outlets, their sum, and its persons.
package struct FirstTierCustomers: Sendable {
    package let unit: Bank.Unit
    package let outlets: [OutletCustomers]
    /// The outlets' counts added up: a customer of two outlets counts twice.
    package let sum: CustomerCounts
    /// Each customer once: as the first-tier branch's close found them or, before its first, in the
    /// highest pool that any of the outlets found.
    package let persons: CustomerCounts
    /// The last date that the first-tier branch closed; nil before the first.
    package let closed: TierCloseMark?
    package let accounts: Int
    package let balance: Fen

    /// The last business date that every outlet has delivered; nil where one never did.
    package var completeThrough: BusinessDay? {
        let dates = outlets.map(\.businessDate)
        return dates.contains(nil) ? nil : dates.compactMap(\.self).min()
    }
}

extension BankStore {
    /// Customers by pool and tier per outlet, as the outlets' last closes found them; of one unit's
    /// subtree or the whole bank. The look is audited.
    package func customersView(
        of unit: UnitCode? = nil, by actor: String
    ) throws -> [FirstTierCustomers] {
        try audit(.viewed, by: actor, on: unit?.rawValue, detail: ["view": "customers"])
        let (units, contacts) = try translating {
            try bank.readState { db in
                (
                    try db.units(),
                    try Dictionary(
                        once: try Row.fetchAll(
                            db, prepared: "SELECT outlet, contactedAt FROM node"
                        ).map {
                            (
                                try $0.value("outlet") as UnitCode,
                                try $0.value("contactedAt") as Int64?
                            )
                        }, in: "node")
                )
            }
        }
        let organisation = Organisation(units: units, staff: [])
        if let unit, organisation.unit(unit) == nil {
            throw Refusal(.unknownUnit, ["unit": unit.rawValue])
        }
        return try firstTierCodes.compactMap { code in
            let outlets = units.filter {
                $0.level == .outlet && organisation.firstTier(of: $0.code) == code
                    && (unit == nil || organisation.is(unit ?? $0.code, above: $0.code))
            }
            guard !outlets.isEmpty, let own = organisation.unit(code) else { return nil }
            return try view(of: own, outlets, contacts)
        }
    }

    private func view(
        of unit: Bank.Unit, _ outlets: [Bank.Unit], _ contacts: [UnitCode: Int64?]
    ) throws -> FirstTierCustomers {
        let tier = try firstTier(unit.code)
        return try translating {
            try tier.database.readState { db in
                let rows = try outlets.map { outlet in
                    try db.customers(of: outlet, contactedAt: contacts[outlet.code] ?? nil)
                }
                let closed = try db.lastTierCloseMark()
                let codes = Set(outlets.map(\.code))
                return FirstTierCustomers(
                    unit: unit, outlets: rows,
                    sum: rows.map(\.counts).reduce(CustomerCounts(), +),
                    persons: closed == nil
                        ? try db.persons(of: codes) : try db.closedPersons(of: codes),
                    closed: closed,
                    accounts: rows.map(\.accounts).reduce(0, +),
                    balance: rows.map(\.balance).reduce(.zero, +))
            }
        }
    }
}

extension Database {
    /// Far above what any outlet holds; what outlets send is bounded row by row, not in its sum.
    private static let mostAssets = Double(1 << 52)

    fileprivate func customers(
        of outlet: Bank.Unit, contactedAt: Int64?
    ) throws -> OutletCustomers {
        var counts = CustomerCounts()
        var assets = 0.0
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT pool, tier, count(*), total(financialAssets) FROM standing
                WHERE outlet = ? AND isLatest = 1
                GROUP BY pool, tier
                """,
            arguments: [outlet.code])
        while let row = try rows.next() {
            let number = try row.value(2) as Int
            counts.pools[try row.value(0), default: 0] += number
            if let tier = try row.value(1) as Tier? { counts.tiers[tier, default: 0] += number }
            assets += try row.value(3) as Double
        }
        let close = try Row.fetchOne(
            self,
            prepared: """
                SELECT date, accounts, balanceSum FROM dayClose
                WHERE outlet = ?
                ORDER BY date DESC LIMIT 1
                """,
            arguments: [outlet.code])
        return OutletCustomers(
            outlet: outlet, counts: counts, accounts: try close?.value("accounts") ?? 0,
            balance: try close?.value("balanceSum") ?? .zero,
            financialAssets: HalfFen(
                Int64(min(max(assets, -Self.mostAssets), Self.mostAssets))),
            businessDate: try close?.value("date"), contactedAt: contactedAt)
    }

    /// Each customer of the outlets once, where the first-tier branch's last close put them.
    fileprivate func closedPersons(of outlets: Set<UnitCode>) throws -> CustomerCounts {
        var counts = CustomerCounts()
        let marks = Array(repeating: "?", count: outlets.count).joined(separator: ", ")
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT pool, tier, count(*) FROM tierStanding
                WHERE isLatest = 1 AND EXISTS (SELECT 1 FROM standing
                    WHERE standing.customer = tierStanding.customer AND outlet IN (\(marks)))
                GROUP BY pool, tier
                """,
            arguments: StatementArguments(outlets.sorted()))
        while let row = try rows.next() {
            let number = try row.value(2) as Int
            counts.pools[try row.value(0), default: 0] += number
            if let tier = try row.value(1) as Tier? { counts.tiers[tier, default: 0] += number }
        }
        return counts
    }

    func lastTierCloseMark() throws -> TierCloseMark? {
        let row = try Row.fetchOne(
            self, prepared: "SELECT date, late FROM tierClose ORDER BY date DESC LIMIT 1")
        guard let row else { return nil }
        return TierCloseMark(
            through: try row.value("date"), late: try JSONValue.codes(try row.value("late")))
    }

    /// A customer of several outlets counts once: in the highest pool, with the highest tier.
    fileprivate func persons(of outlets: Set<UnitCode>) throws -> CustomerCounts {
        var counts = CustomerCounts()
        let marks = Array(repeating: "?", count: outlets.count).joined(separator: ", ")
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT pool, tier, count(*) FROM (
                    SELECT max(CASE pool WHEN 'target' THEN 2 WHEN 'potential' THEN 1 ELSE 0 END) AS pool,
                        max(CASE tier WHEN 'diamond' THEN 3 WHEN 'platinum' THEN 2
                            WHEN 'gold' THEN 1 ELSE 0 END) AS tier
                    FROM standing
                    WHERE isLatest = 1 AND outlet IN (\(marks))
                    GROUP BY customer)
                GROUP BY pool, tier
                """,
            arguments: StatementArguments(outlets.sorted()))
        let pools: [Pool] = [.retained, .potential, .target]
        let tiers: [Tier?] = [nil, .gold, .platinum, .diamond]
        while let row = try rows.next() {
            let number = try row.value(2) as Int
            counts.pools[pools[try row.value(0)], default: 0] += number
            if let tier = tiers[try row.value(1)] { counts.tiers[tier, default: 0] += number }
        }
        return counts
    }
}
