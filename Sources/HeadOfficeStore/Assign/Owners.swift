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
    /// Pool and tier by the first-tier branch's own close; nil where it knows none.
    package var standing: TierStanding?
}

/// Where the first-tier branch's closes put a customer.
package struct TierStanding: Hashable, Sendable {
    package let standing: Standing
    /// The last date that was closed.
    package let through: BusinessDay
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
    /// Requests, objections and rulings about the customer, the earliest first.
    package let disputes: [Dispute]
    /// Who looked after the customer and when.
    package let history: OwnershipHistory
}

extension BankStore {
    /// One entry for each first-tier branch that knows the customer, audited.
    package func owners(of customer: CustomerNumber, by actor: String) throws -> [OwnerEntry] {
        try audit(.lookedUpOwner, by: actor, on: customer.rawValue)
        return try firstTierCodes.compactMap { try owner(of: customer, in: $0) }
    }

    /// As one first-tier branch has it; nil where it does not know the customer.
    func owner(of customer: CustomerNumber, in code: UnitCode) throws -> OwnerEntry? {
        let tier = try firstTier(code)
        let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
        let known = try translating {
            try tier.database.readState { db -> (Ownership, TierStanding?)? in
                guard try db.knows(customer) else { return nil }
                return (
                    try ownership(db, tier, calendar, of: customer),
                    try db.tierStanding(of: customer)
                )
            }
        }
        guard let (ownership, standing) = known else { return nil }
        var entry = try entry(customer, code, ownership)
        entry.standing = standing
        return entry
    }

    package func ownership(
        of customer: CustomerNumber, firstTier code: UnitCode?, by actor: String
    ) throws -> [OwnershipEntry] {
        try audit(.lookedAtOwnership, by: actor, on: customer.rawValue)
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        return try codes.compactMap { code in
            let tier = try firstTier(code)
            let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
            return try translating {
                try tier.database.readState { db -> OwnershipEntry? in
                    guard try db.knows(customer) else { return nil }
                    let claims = try db.knownClaims(on: customer)
                    let unsettled = try openClaims(db, tier, calendar, on: customer)
                    let row = try Row.fetchOne(
                        db,
                        prepared: """
                            SELECT record, decision FROM settlement
                            WHERE customer = ?
                            ORDER BY number DESC LIMIT 1
                            """,
                        arguments: [customer])
                    func json(_ column: String) throws -> JSONValue? {
                        (try row?.value(column) as String?).flatMap {
                            try? JSONValue(reading: Array($0.utf8))
                        }
                    }
                    let provisional =
                        unsettled.isEmpty
                        ? nil
                        : Settlement(
                            customer: customer, firstTier: code,
                            previous: try db.settledClaim(on: customer), claims: unsettled
                        ).decide()
                    return OwnershipEntry(
                        owner: try entry(
                            customer, code, try ownership(db, tier, calendar, of: customer)),
                        claims: claims,
                        record: try json("record").flatMap(SettlementRecord.init(json:)),
                        decision: try json("decision"), provisional: provisional,
                        disputes: try disputes(db, tier, calendar, about: customer),
                        history: OwnershipHistory(
                            claims: claims, settled: try db.settledHistory(of: customer),
                            provisional: provisional))
                }
            }
        }
    }

    /// Whether marketing messages to the customer pause, because several outlets claim them.
    package func holdsMarketing(
        to customer: CustomerNumber, firstTier code: UnitCode
    ) throws -> Bool {
        let tier = try firstTier(code)
        let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
        return try translating {
            try tier.database.readState {
                try MarketingHold(
                    profile($0, of: customer), ownership($0, tier, calendar, of: customer)) != nil
            }
        }
    }

    /// Before settlement: whom the order would choose of the claims that came so far.
    func ownership(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar, of customer: CustomerNumber
    ) throws -> Ownership {
        Ownership(
            settled: try db.settledClaim(on: customer),
            unsettled: try openClaims(db, tier, calendar, on: customer))
    }

    private func entry(
        _ customer: CustomerNumber, _ code: UnitCode, _ ownership: Ownership
    ) throws -> OwnerEntry {
        let owner = ownership.owner
        return try translating {
            try bank.readState { db in
                OwnerEntry(
                    customer: customer, firstTier: code, ownership: ownership,
                    managerName: try owner?.manager.flatMap { try db.member($0)?.name },
                    outletName: try owner.flatMap { try db.unit($0.outlet)?.name })
            }
        }
    }
}

extension Database {
    func settledHistory(
        of customer: CustomerNumber
    ) throws -> [OwnershipHistory.Settled] {
        try String.fetchAll(
            self, prepared: "SELECT record FROM settlement WHERE customer = ?",
            arguments: [customer]
        ).compactMap { text in
            guard let json = try? JSONValue(reading: Array(text.utf8)),
                let record = SettlementRecord(json: json)
            else { return nil }
            return OwnershipHistory.Settled(
                number: record.number, claim: record.claim, owner: record.owner, rule: record.rule)
        }
    }

    func knows(_ customer: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM customer WHERE number = ?1)
                    OR EXISTS (SELECT 1 FROM claim WHERE customer = ?1)
                """,
            arguments: [customer]) ?? false
    }
}
