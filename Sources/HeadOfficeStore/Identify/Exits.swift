import Bank
import GRDB
import Sync
import Vault

extension BankStore {
    /// So many ownerships end in one transaction at the most.
    private static let exitsPerCommit = 200

    /// Ends the ownership of customers whom the first-tier branch's close took out of the target
    /// pool and who hold no active VIP card at any outlet (`domain.md` 2.3). Who that is follows
    /// from what stands, so that an interruption loses nobody.
    func releaseWhoLeft(
        _ tier: FirstTier, by actor: String, _ closes: inout TierCloses
    ) throws {
        var last: CustomerNumber?
        while true {
            let group = try translating {
                try tier.database.readState {
                    try $0.whoLeft(after: last, most: Self.exitsPerCommit)
                }
            }
            guard !group.isEmpty else { return }
            let rules = try Admissibility(of: tier.code, bank: bank, now: world.now())
            let records = try translating {
                try tier.write(world) { db in
                    let delivered = try DeliveredDates(db)
                    return try group.compactMap { customer -> SettlementRecord? in
                        // Once more here: something may have come in between.
                        guard let since = try db.leaving(of: customer),
                            try rules.isExitDue(of: customer, since: since, delivered, db)
                        else { return nil }
                        return try decree(
                            db, tier, rules, .exit, on: customer, to: nil, nil, .unknown,
                            by: StaffID(actor), sequence: try db.nextSequence()
                        ).record
                    }
                }
            }
            try inBank { db in
                for record in records {
                    try db.audit(
                        AuditEntry(
                            at: world.now(), actor: actor, action: .settled,
                            subject: record.customer.rawValue,
                            detail: ["exit": true, "record": .int(record.number)]))
                }
            }
            closes.exits += records
            last = group.last
        }
    }
}

extension BankStore {
    /// Whether the ownership of somebody who left the target pool is to end now.
    func areExitsDue(in tier: FirstTier) throws -> Bool {
        let rules = try Admissibility(of: tier.code, bank: bank, now: world.now())
        return try translating {
            try tier.database.readState { db in
                let delivered = try DeliveredDates(db)
                var last: CustomerNumber?
                while true {
                    let group = try db.whoLeft(after: last, most: Self.exitsPerCommit)
                    guard !group.isEmpty else { return false }
                    for customer in group {
                        if let since = try db.leaving(of: customer),
                            try rules.isExitDue(of: customer, since: since, delivered, db)
                        {
                            return true
                        }
                    }
                    last = group.last
                }
            }
        }
    }
}

extension Admissibility {
    /// Whether every outlet that serves the customer has delivered the date of the leaving, or the
    /// waiting time is over: as with claims, a night without a line must not decide against an
    /// outlet.
    fileprivate func isExitDue(
        of customer: CustomerNumber, since day: BusinessDay, _ delivered: DeliveredDates,
        _ db: Database
    ) throws -> Bool {
        let serving = try db.serving(customer).subtracting(closed)
        return delivered.late(on: day, of: serving).isEmpty
            || calendar.isWaitOver(since: day, delivered)
    }
}

extension Database {
    /// Owners of customers who are no targets at the last close, from the ownership's first date
    /// on. Whom a ruling gave is owned although no target, until they leave the pool once more. Who
    /// is still to be closed again stays.
    private static let whoLeft = """
        FROM ownership
        JOIN tierStanding ON tierStanding.customer = ownership.customer
            AND tierStanding.isLatest = 1
        LEFT JOIN claim ON claim.id = ownership.claim
        WHERE ownership.outlet IS NOT NULL AND tierStanding.pool <> 'target'
            AND tierStanding.activeCard = 0
            AND ownership.since <= (SELECT max(date) FROM tierClose)
            AND (tierStanding.poolSince >= ownership.since
                OR coalesce(json_extract(claim.content, '$.kind'), '') <> 'ruling')
            AND NOT EXISTS (SELECT 1 FROM tierDue WHERE tierDue.customer = ownership.customer)
        """

    fileprivate func whoLeft(after last: CustomerNumber?, most: Int) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT ownership.customer \(Self.whoLeft)
                    AND (?1 IS NULL OR ownership.customer > ?1)
                ORDER BY ownership.customer
                LIMIT ?2
                """,
            arguments: [last, most])
    }

    /// Since which close the owned customer is no target; nil where they are one, or stay owned.
    fileprivate func leaving(of customer: CustomerNumber) throws -> BusinessDay? {
        try BusinessDay.fetchOne(
            self,
            prepared: "SELECT tierStanding.poolSince \(Self.whoLeft) AND ownership.customer = ?",
            arguments: [customer])
    }

    /// The pool by the first-tier branch's close; nil where it has not closed `day`, does not know
    /// the customer, or has figures of theirs to close again first.
    func tierPool(of customer: CustomerNumber, on day: BusinessDay) throws -> Pool? {
        try Pool.fetchOne(
            self,
            prepared: """
                SELECT pool FROM tierStanding
                WHERE customer = ?1 AND isLatest = 1 AND ?2 <= (SELECT max(date) FROM tierClose)
                    AND NOT EXISTS (SELECT 1 FROM tierDue WHERE customer = ?1)
                """,
            arguments: [customer, day])
    }
}
