package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Who looked after a customer and when, by the claims and records known here.
    func history(_ db: Database, of customer: CustomerNumber) throws -> OwnershipHistory {
        let settled = try db.settledClaim(on: customer, firstTier: node.firstTier)
        let unsettled = try db.openClaims(on: customer, isOwned: settled != nil)
        return OwnershipHistory(
            claims: try db.claims(on: customer), settled: try db.settledHistory(of: customer),
            provisional: unsettled.isEmpty
                ? nil
                : Settlement(
                    customer: customer, firstTier: node.firstTier, previous: settled,
                    claims: unsettled
                ).decide())
    }

    /// Who looked after a customer last, where nobody does now; whom to suggest to whoever assigns
    /// them again is `isSuggested`.
    package func formerOwner(of customer: CustomerNumber) throws -> FormerOwner? {
        try read { try formerOwner($0, of: customer) }
    }

    /// The same inside of a transaction.
    func formerOwner(_ db: Database, of customer: CustomerNumber) throws -> FormerOwner? {
        // Nearly every customer without an owner never had one.
        guard try db.wasOwned(customer) else { return nil }
        return FormerOwner(try history(db, of: customer))
    }
}

extension Database {
    /// Whether there may be an owner who is none any more.
    fileprivate func wasOwned(_ customer: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT NOT EXISTS (SELECT 1 FROM holder WHERE customer = ?1)
                    AND (EXISTS (SELECT 1 FROM directory WHERE customer = ?1)
                        OR EXISTS (SELECT 1 FROM pastRecord WHERE customer = ?1)
                        OR EXISTS (SELECT 1 FROM claim WHERE customer = ?1))
                """,
            arguments: [customer]) ?? false
    }

    /// What was settled of a customer, as far as the records are here.
    fileprivate func settledHistory(
        of customer: CustomerNumber
    ) throws -> [OwnershipHistory.Settled] {
        try String.fetchAll(
            self,
            prepared: """
                SELECT record FROM directory WHERE customer = ?1
                UNION
                SELECT record FROM pastRecord WHERE customer = ?1
                """,
            arguments: [customer]
        ).compactMap { text in
            guard let json = try? JSONValue(reading: Array(text.utf8)),
                let record = SettlementRecord(json: json)
            else { return nil }
            return OwnershipHistory.Settled(
                number: record.number, claim: record.claim, owner: record.owner, rule: record.rule)
        }
    }
}
