import Bank
import GRDB
import Vault

extension BranchStore {
    /// The answer that the directory gives alone, as it does of nearly every customer of the
    /// first-tier branch; nil where nobody owns the customer or claims on them are known here.
    func settledOwner(of customer: CustomerNumber) throws -> OwnerAnswer? {
        try readOnce { db in
            var row = try RowQuery(
                db,
                prepared: """
                    SELECT directory.claim, directory.manager, directory.outlet, since,
                        staff.name AS managerName, unit.name AS outletName,
                        (SELECT contactedAt FROM line) AS contactedAt
                    FROM directory
                    LEFT JOIN staff ON staff.id = directory.manager
                    LEFT JOIN unit ON unit.code = directory.outlet
                    WHERE directory.customer = ?1 AND directory.outlet IS NOT NULL
                        AND directory.claim IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.customer = ?1)
                    """)
            row.bind(customer.rawValue, at: 1)
            guard try row.next() else { return nil }
            return OwnerAnswer(
                customer: customer, firstTier: node.firstTier,
                ownership: Ownership(
                    owner: Ownership.Owner(
                        manager: try row.optionalText(1).map { StaffID($0) },
                        outlet: UnitCode(try row.text(2)), since: try row.day(3)),
                    state: .confirmed, claim: ClaimID(try row.text(0))),
                asOf: try row.optionalInteger(6), pendingHere: 0,
                managerName: try row.optionalText(4), outletName: try row.optionalText(5))
        }
    }
}
