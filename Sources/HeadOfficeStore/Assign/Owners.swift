package import Bank
import GRDB
package import Sync
import Vault

/// Who owns a customer in one first-tier branch, as head office knows it.
package struct OwnerEntry: Sendable {
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    package let ownership: Ownership
    package let managerName: String?
    package let outletName: String?
}

/// Every claim on a customer in one first-tier branch, the decision and why.
package struct OwnershipEntry: Sendable {
    package let owner: OwnerEntry
    package let claims: [(claim: Claim, outcome: Decision.Outcome?)]
    /// The last settlement record; nil where nothing was settled yet.
    package let record: SettlementRecord?
    package let decision: JSONValue?
    /// What the order says of the claims that are not settled; nil where there are none.
    package let provisional: Decision?
}

extension BankStore {
    /// One entry for each first-tier branch that knows the customer, audited.
    package func owners(of customer: CustomerNumber, by actor: String) throws -> [OwnerEntry] {
        try audit(.lookedUpOwner, by: actor, on: customer.rawValue)
        return try firstTierCodes.compactMap { code in
            let tier = try firstTier(code)
            let (isKnown, ownership) = try translating {
                try tier.database.read { db in
                    (try db.knows(customer), try db.ownership(of: customer))
                }
            }
            return isKnown ? try entry(customer, code, ownership) : nil
        }
    }

    package func ownership(
        of customer: CustomerNumber, firstTier code: UnitCode?, by actor: String
    ) throws -> [OwnershipEntry] {
        try audit(.lookedAtOwnership, by: actor, on: customer.rawValue)
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        return try codes.compactMap { code in
            let tier = try firstTier(code)
            return try translating {
                try tier.database.read { db -> OwnershipEntry? in
                    guard try db.knows(customer) else { return nil }
                    let claims = try Row.fetchAll(
                        db,
                        sql: """
                            SELECT id, content, outcome FROM claim WHERE customer = ? ORDER BY id
                            """,
                        arguments: [customer]
                    ).map {
                        (claim: try Claim(row: $0), outcome: $0["outcome"] as Decision.Outcome?)
                    }
                    let unsettled = claims.filter { $0.outcome == nil }.map(\.claim)
                    let row = try Row.fetchOne(
                        db,
                        sql: """
                            SELECT record, decision FROM settlement
                            WHERE customer = ?
                            ORDER BY number DESC LIMIT 1
                            """,
                        arguments: [customer])
                    func json(_ column: String) -> JSONValue? {
                        (row?[column] as String?).flatMap {
                            try? JSONValue(reading: Array($0.utf8))
                        }
                    }
                    return OwnershipEntry(
                        owner: try entry(customer, code, try db.ownership(of: customer)),
                        claims: claims,
                        record: json("record").flatMap(SettlementRecord.init(json:)),
                        decision: json("decision"),
                        provisional: unsettled.isEmpty
                            ? nil
                            : Settlement(
                                customer: customer, firstTier: code,
                                previous: try db.settledClaim(on: customer), claims: unsettled
                            ).decide())
                }
            }
        }
    }

    private func entry(
        _ customer: CustomerNumber, _ code: UnitCode, _ ownership: Ownership
    ) throws -> OwnerEntry {
        let owner = ownership.owner
        return try translating {
            try bank.read { db in
                OwnerEntry(
                    customer: customer, firstTier: code, ownership: ownership,
                    managerName: try owner?.manager.flatMap { try db.member($0)?.name },
                    outletName: try owner.flatMap { try db.unit($0.outlet)?.name })
            }
        }
    }
}

extension Database {
    fileprivate func knows(_ customer: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            self,
            sql: """
                SELECT EXISTS (SELECT 1 FROM customer WHERE number = ?1)
                    OR EXISTS (SELECT 1 FROM claim WHERE customer = ?1)
                """,
            arguments: [customer]) ?? false
    }

    fileprivate func ownership(of customer: CustomerNumber) throws -> Ownership {
        Ownership(
            settled: try settledClaim(on: customer),
            unsettled: try claims(on: customer, whereOutcome: "outcome IS NULL"))
    }
}
