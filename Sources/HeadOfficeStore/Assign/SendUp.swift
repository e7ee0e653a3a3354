import Bank
import GRDB
import Sync
import Vault

extension BankStore {
    /// Writes down which requests and objections of a first-tier branch nobody answered in time: a
    /// step each, which goes to the parties, and a reminder for each first-tier supervisor
    /// (`sync.md`, disputes).
    ///
    /// It is written here, at the place that decides; the step is the same whenever that is.
    func sendUp(_ tier: FirstTier, _ calendar: TierCalendar) throws {
        let supervisors = try translating {
            try bank.readState { try $0.members(of: tier.code) }
                .filter { $0.active && $0.holds(.firstTierSupervisor) }.map(\.id)
        }
        try translating {
            // Nothing is written where nothing waits.
            let overdue = try tier.database.readState { try self.overdue($0, tier, calendar) }
            guard !overdue.isEmpty else { return }
            try tier.write(world) { db in
                for dispute in overdue {
                    let step = dispute.goingUp.named
                    try keep(step, sequence: try db.nextSequence(), db)
                    for supervisor in supervisors {
                        try db.remind(
                            Reminder(
                                id:
                                    "\(Reminder.Kind.disputeWentUp.rawValue):\(step.id):\(supervisor)",
                                staff: supervisor, kind: .disputeWentUp,
                                customer: step.customer, dueOn: step.businessDate,
                                facts: dispute.wentUpFacts), at: world.now())
                    }
                }
            }
        }
    }

    private func overdue(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar
    ) throws -> [Dispute] {
        // A dispute about which the branch has written went up, or was ruled.
        let customers = try CustomerNumber.fetchAll(
            db,
            prepared: """
                SELECT DISTINCT customer FROM disputeStep AS first
                WHERE id = dispute AND NOT EXISTS (
                    SELECT 1 FROM disputeStep AS step
                    WHERE step.dispute = first.id AND step.id <> first.id AND step.outlet = ?)
                ORDER BY customer
                """,
            arguments: [tier.code])
        return try customers.flatMap { try disputes(db, tier, calendar, about: $0) }
            .filter(\.isOverdue)
    }
}
