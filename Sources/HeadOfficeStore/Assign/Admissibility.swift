import Bank
import GRDB
import Vault

/// Which claims may be at all (`sync.md`, settlement, item 1), and the days of the branch.
struct Admissibility {
    let calendar: TierCalendar
    /// The outlets that are closed or under another first-tier branch: they get no customers here,
    /// and nobody waits for them.
    let closed: Set<UnitCode>
    private let staff: [StaffID: Staff]

    /// `now` in milliseconds since 1970-01-01 UTC.
    init(of firstTier: UnitCode, bank: any DatabaseWriter, now: Int64) throws {
        calendar = try TierCalendar(of: firstTier, bank: bank, now: now)
        (staff, closed) = try bank.readState { db in
            (
                try Dictionary(once: try db.members(of: nil).map { ($0.id, $0) }, in: "staff"),
                Organisation(units: try db.units(), staff: []).outlets(notOpenIn: firstTier)
            )
        }
    }

    /// - Parameters:
    ///   - owner: the settled owner's claim.
    ///   - chains: what the customer's claims build on.
    func refusal(
        of claim: Claim, after owner: Claim?, _ chains: inout ClaimChains, _ db: Database
    ) throws -> Decision.Inadmissible? {
        let base = try claim.base.flatMap { $0 == owner?.id ? owner : try db.claim($0) }
        if let base, base.customer != claim.customer { return .notItsToGive }
        if claim.kind.movesAnOwned {
            // Of a base that nobody here knows, nobody can say that it is the author's; and on one
            // of its own that was refused, a stranger has nothing to give or to end.
            guard let base, base.outlet == claim.author,
                try owner?.outlet == claim.author
                    || db.serves(claim.author, claim.customer)
            else { return .notItsToGive }
        }
        guard claim.kind.gives else { return nil }
        if claim.kind == .assignment || claim.kind == .manual, claim.outlet != claim.author {
            return .notItsToGive
        }
        if let manager = claim.manager {
            // Who adds a customer by hand owns them, a supervisor too (R6).
            guard let member = staff[manager], member.active, member.unit == claim.outlet,
                member.holds(.manager) || claim.kind == .manual && member.holds(.outletSupervisor)
            else { return .managerInactive }
        }
        // What it last said of its accounts there stays as it was.
        if claim.outlet.map(closed.contains) == true { return .noAccount }
        // Between its managers an outlet hands over whom it owns, whatever they hold; and whom it
        // added by hand, before the close that counts them.
        if claim.kind == .handOver, owner?.outlet == claim.author || base?.kind == .manual {
            return try chains.areEndedByExit(below: claim, db) ? .notTarget : nil
        }
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT pool, accounts FROM standing
                WHERE customer = ? AND outlet = ?
                ORDER BY date DESC LIMIT 1
                """,
            arguments: [claim.customer, claim.outlet])
        guard let row, try row.value("accounts") as Int > 0 else { return .noAccount }
        if claim.kind == .manual || claim.kind == .ruling { return nil }
        // What the first-tier branch's close says goes before the outlet's own, provisional result.
        let pool =
            try db.tierPool(of: claim.customer, on: claim.businessDate) ?? row.value("pool")
        let isTarget = try pool == .target && !chains.areEndedByExit(below: claim, db)
        return isTarget ? nil : .notTarget
    }
}

extension Claim.Kind {
    /// Whether the owner's outlet alone writes it.
    fileprivate var movesAnOwned: Bool {
        self == .handOver || self == .release || self == .transfer
    }
}

extension Database {
    /// Whether the customer holds an account at the outlet.
    fileprivate func serves(_ outlet: UnitCode, _ customer: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM standing
                    WHERE customer = ? AND outlet = ? AND isLatest = 1 AND accounts > 0)
                """,
            arguments: [customer, outlet]) ?? false
    }

    func claim(_ id: ClaimID) throws -> Claim? {
        try Row.fetchOne(
            self, prepared: "SELECT id, content FROM claim WHERE id = ?", arguments: [id]
        ).map(Claim.init(row:))
    }
}
