package import Bank
import GRDB
package import Sync
import Vault

/// Who owns a customer, with what the answer rests on.
package struct OwnerAnswer: Sendable {
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    package let ownership: Ownership
    /// The instant of the last exchange with head office, milliseconds; nil where there was none.
    package let asOf: Int64?
    /// Own claims on the customer that head office does not have yet.
    package let pendingHere: Int
    package let managerName: String?
    package let outletName: String?
}

/// Every claim on a customer, the decision and why.
package struct OwnershipAnswer: Sendable {
    package let owner: OwnerAnswer
    /// Nil where this outlet does not serve the customer, and so is not shown the claims.
    package let claims: [(claim: Claim, outcome: Decision.Outcome?)]?
    /// The settlement record; nil where nothing was settled yet.
    package let record: SettlementRecord?
    /// The whole decision as it was digested; nil where this outlet is not entitled to it.
    package let decision: JSONValue?
    /// What the order says of the claims that are not settled; nil where there are none.
    package let provisional: Decision?
    /// Requests and objections about the customer; empty where this outlet is not shown them.
    package let disputes: [Dispute]
    /// Who looked after the customer and when; nil where this outlet does not serve the customer.
    package let history: OwnershipHistory?
}

extension BranchStore {
    /// Answers for any customer of the first-tier branch, with a line or without; the look is
    /// audited. A number that nobody knows is unowned.
    package func owner(of customer: CustomerNumber, by actor: String) throws -> OwnerAnswer {
        try audit(.lookedUpOwner, by: actor, on: customer.rawValue)
        return try settledOwner(of: customer) ?? read { try owner($0, of: customer) }
    }

    package func ownership(of customer: CustomerNumber, by actor: String) throws -> OwnershipAnswer
    {
        try audit(.lookedAtOwnership, by: actor, on: customer.rawValue)
        return try read { db in
            let claims = try db.claims(on: customer)
            let serves = try db.customerID(customer) != nil || !claims.isEmpty
            let settled = try db.settledClaim(on: customer, firstTier: node.firstTier)
            let unsettled = try db.openClaims(on: customer, isOwned: settled != nil)
            let row = try Row.fetchOne(
                db,
                prepared: """
                    SELECT record, content FROM directory
                    LEFT JOIN decision ON decision.digest = directory.digest
                    WHERE directory.customer = ?
                    """,
                arguments: [customer])
            func json(_ column: String) throws -> JSONValue? {
                (try row?.value(column) as String?).flatMap {
                    try? JSONValue(reading: Array($0.utf8))
                }
            }
            return OwnershipAnswer(
                owner: try owner(db, of: customer), claims: serves ? claims : nil,
                record: try json("record").flatMap(SettlementRecord.init(json:)),
                decision: try json("content"),
                provisional: unsettled.isEmpty
                    ? nil
                    : Settlement(
                        customer: customer, firstTier: node.firstTier, previous: settled,
                        claims: unsettled
                    ).decide(),
                disputes: try disputes(db, about: customer),
                history: serves ? try history(db, of: customer) : nil)
        }
    }

    func owner(_ db: Database, of customer: CustomerNumber) throws -> OwnerAnswer {
        let ownership = try db.ownership(of: customer, firstTier: node.firstTier)
        let owner = ownership.owner
        return OwnerAnswer(
            customer: customer, firstTier: node.firstTier, ownership: ownership,
            asOf: try Int64.fetchOne(db, prepared: "SELECT contactedAt FROM line"),
            pendingHere: try Int.fetchOne(
                db,
                prepared: """
                    SELECT count(*) FROM claim
                    WHERE customer = ?1 AND sequence > 0 AND sequence > (
                        SELECT sequence FROM lane
                        WHERE name = CASE
                            WHEN EXISTS (
                                SELECT 1 FROM changeMark
                                WHERE isUrgent = 1 AND claim.sequence BETWEEN first
                                    AND changeMark.sequence)
                            THEN 'urgent' ELSE 'records' END)
                    """,
                arguments: [customer]) ?? 0,
            managerName: try owner?.manager.flatMap { try db.member($0)?.name },
            outletName: try owner.flatMap { try db.unit($0.outlet)?.name })
    }
}
