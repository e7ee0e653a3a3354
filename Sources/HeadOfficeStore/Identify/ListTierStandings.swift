package import Bank
import GRDB
import Vault

/// A customer's row of the list of a first-tier branch.
package struct ListedTierStanding: Sendable {
    package let customer: CustomerNumber
    package let standing: Standing
    /// At how many outlets the customer has open accounts.
    package let outlets: Int
}

/// Every customer of a first-tier branch, as its last close put them.
package struct TierStandingList: Sendable {
    /// The last date that was closed, and whose figures it carried forward; nil before the first.
    package let closed: TierCloseMark?
    /// In the order of their numbers.
    package let customers: [ListedTierStanding]
}

extension BankStore {
    /// The customers of a first-tier branch by its last close, for an operator's checks; audited.
    package func tierStandings(of code: UnitCode, by actor: String) throws -> TierStandingList {
        let tier = try firstTier(code)
        try audit(.viewed, by: actor, on: code.rawValue, detail: ["view": "standings"])
        return try translating {
            try tier.database.readState { db in
                TierStandingList(
                    closed: try db.lastTierCloseMark(),
                    customers: try Row.fetchAll(
                        db,
                        prepared: """
                            SELECT * FROM tierStanding WHERE isLatest = 1 ORDER BY customer
                            """
                    ).map { row in
                        let found = try TierStandingRow(row)
                        return ListedTierStanding(
                            customer: try row.value("customer"), standing: found.standing,
                            outlets: found.outlets)
                    })
            }
        }
    }
}
