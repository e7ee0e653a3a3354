package import Bank
import GRDB
import Vault

// What a page or the local API asks before it shows anything; the look itself is audited.

extension BranchStore {
    /// Whether a unit is this node's outlet or one above it: nobody else's staff have business here.
    package func isUnder(_ unit: UnitCode) throws -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                prepared: """
                    WITH RECURSIVE above(code, parent) AS (
                        SELECT code, parent FROM unit WHERE code = ?1
                        UNION
                        SELECT unit.code, unit.parent FROM unit
                        JOIN above ON unit.code = above.parent)
                    SELECT EXISTS (SELECT 1 FROM above WHERE code = ?2)
                    """,
                arguments: [node.outlet, unit]) ?? false
        }
    }

    /// Whether the customer has, or had, an account at this outlet.
    package func serves(_ customer: CustomerNumber) throws -> Bool {
        try read { try $0.customerID(customer) != nil }
    }

    package func ownership(of customer: CustomerNumber) throws -> Ownership {
        try read { try $0.ownership(of: customer, firstTier: node.firstTier) }
    }
}
