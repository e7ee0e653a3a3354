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

    /// Whether a member of staff looks after a manager's customers: as that manager, or as who
    /// stands in for them on the date being worked on.
    package func looksAfter(_ staff: StaffID, customersOf manager: StaffID?) throws -> Bool {
        try read { try $0.looksAfter(staff, customersOf: manager) }
    }

    /// Whether a manager looks after the customer under a number that CIF merged into theirs, until it
    /// is decided who does.
    package func ownsMerged(_ staff: StaffID, _ customer: CustomerNumber) throws -> Bool {
        try read { try ownsMerged($0, staff, customer) }
    }

    func ownsMerged(
        _ db: Database, _ staff: StaffID, _ customer: CustomerNumber
    ) throws -> Bool {
        let isOwner = try db.numbers(of: customer).dropFirst().contains {
            try db.ownership(of: $0, firstTier: node.firstTier).owner?.manager == staff
        }
        return try isOwner
            && !disputes(db, about: customer).contains {
                $0.first.isOfMerge && $0.first.outlet == node.outlet
                    && ($0.ending == .refused || $0.ending == .ruled)
            }
    }

    package func ownership(of customer: CustomerNumber) throws -> Ownership {
        try read { try $0.ownership(of: customer, firstTier: node.firstTier) }
    }
}

extension Database {
    func looksAfter(_ staff: StaffID, customersOf manager: StaffID?) throws -> Bool {
        guard let manager else { return false }
        return try staff == manager || deputised(by: staff).contains(manager)
    }

    /// For whom a member of staff stands in on the date being worked on.
    func deputised(by deputy: StaffID) throws -> [StaffID] {
        guard let day = try lastClosed()?.next else { return [] }
        return try StaffID.fetchAll(
            self,
            prepared: """
                SELECT manager FROM delegation
                WHERE deputy = ?1 AND endedBy IS NULL AND startsOn <= ?2 AND endsOn >= ?2
                ORDER BY manager
                """,
            arguments: [deputy, day])
    }
}
