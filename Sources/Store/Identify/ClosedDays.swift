package import Bank
import GRDB
import Vault

extension BranchStore {
    /// Whether a closed date had no extract, so that its balances were carried forward.
    package func isEstimated(_ day: BusinessDay) throws -> Bool {
        try read { db in
            try Bool.fetchOne(
                db, prepared: "SELECT estimated FROM dayClose WHERE date = ?", arguments: [day])
                ?? false
        }
    }

    /// How many of the targets that a manager looks after now had each tier at the close of a day;
    /// of the whole outlet without one. Nil counts those without a tier.
    package func targetsByTier(of manager: StaffID?, at day: BusinessDay) throws -> [Tier?: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                prepared: """
                    SELECT tier, count(*) FROM holder
                    JOIN customer ON customer.number = holder.customer
                    JOIN standing ON standing.customer = customer.id AND standing.date = (
                        SELECT max(date) FROM standing
                        WHERE standing.customer = customer.id AND date <= ?3)
                    WHERE holder.outlet = ?1 AND (?2 IS NULL OR holder.manager = ?2)
                        AND pool = 'target'
                    GROUP BY tier
                    """,
                arguments: [node.outlet, manager, day])
            return rows.reduce(into: [:]) { $0[$1[0] as Tier?] = $1[1] as Int }
        }
    }
}
