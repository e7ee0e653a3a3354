import Bank
import GRDB
import Sync
import Vault

// What follows a customer to the outlet that owns them now (`sync.md`): the history as a copy to
// read, and the open reminders, which the receiver makes again.

extension BranchStore {
    /// The customer went from this outlet to another: what was still to be done is closed as moved.
    func moveReminders(_ db: Database, by record: SettlementRecord) throws {
        guard let receiver = record.owner?.outlet, receiver != node.outlet else { return }
        let wasOwner = try db.claims(on: record.customer).contains { claim, outcome in
            claim.outlet == node.outlet && outcome == .followed
        }
        guard wasOwner else { return }
        try db.execute(
            prepared: """
                UPDATE reminder SET doneAt = ?, movedTo = ?
                WHERE customer = ? AND kind = ? AND doneAt IS NULL
                """,
            arguments: [
                world.now(), receiver, record.customer, Reminder.Kind.followUp.rawValue,
            ])
    }

    /// The customer stays with this outlet and goes to another of its managers, by a decision: after
    /// an own claim, what was to be done has gone on already.
    func handOnReminders(
        _ db: Database, by record: SettlementRecord, from before: StaffID?
    ) throws {
        guard let before, let settled = record.owner, settled.outlet == node.outlet,
            settled.manager != before
        else { return }
        let owner = try db.ownership(of: record.customer, firstTier: node.firstTier).owner
        // What was claimed since goes by the claims.
        guard owner?.outlet == node.outlet, owner?.manager == settled.manager else { return }
        try handOnReminders(
            db, about: record.customer, from: before, to: settled.manager, cause: record.digest)
    }

    /// Head office refused a hand-over of this outlet's: what went on with it goes back to whose the
    /// customer is.
    func handBack(_ db: Database, after change: Delta.ClaimChange) throws {
        let claim = change.claim
        guard change.outcome == .refused, claim.kind == .handOver, claim.author == node.outlet,
            let receiver = claim.manager
        else { return }
        let owner = try db.ownership(of: claim.customer, firstTier: node.firstTier).owner
        guard owner == nil || owner?.outlet == node.outlet, owner?.manager != receiver else {
            return
        }
        try handOnReminders(
            db, about: claim.customer, from: receiver, to: owner?.manager,
            cause: claim.id.rawValue)
    }

    /// A marketing record of an outlet that owned the customer before.
    func keepPast(_ record: PassedOn, _ db: Database) throws {
        let row = record.row
        guard let id = row["id"]?.string,
            try owns(db, row["customer"]?.string)
        else { return }
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO pastContact (
                    outlet, id, customer, staff, way, date, note, followUpOn, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.outlet, id, row["customer"]?.string, row["staff"]?.string,
                row["way"]?.string, row["date"]?.int,
                secrets.seal(
                    row["note"]?.string, "pastContact", "\(record.outlet)/\(id)", "note"),
                row["followUpOn"]?.int, row["at"]?.int,
            ])
    }

    /// Makes a reminder again that the outlet before closed as moved, once, whoever had it: for the
    /// manager or, where the customer awaits assignment, for the supervisors.
    func remake(_ record: PassedOn, _ db: Database) throws {
        let row = record.row
        guard row["movedTo"]?.string == node.outlet.rawValue,
            row["kind"]?.string == Reminder.Kind.followUp.rawValue,
            let id = row["id"]?.string, let customer = row["customer"]?.string,
            try owns(db, customer), let due = row["dueOn"]?.int,
            try !db.hasReminder(of: "moved:\(record.outlet):\(id)")
        else { return }
        let owner = try db.ownership(of: CustomerNumber(customer), firstTier: node.firstTier).owner
        let supervisors = try db.members(of: node.outlet)
            .filter { $0.active && $0.holds(.outletSupervisor) }.map(\.id)
        let facts = (try? JSONValue(reading: Array((row["facts"]?.string ?? "").utf8)))?.object
        for member in owner?.manager.map({ [$0] }) ?? supervisors {
            try db.remind(
                Reminder(
                    id: "moved:\(record.outlet):\(id):\(member)", staff: member, kind: .followUp,
                    customer: CustomerNumber(customer),
                    dueOn: BusinessDay(daysSinceEpoch: Int32(clamping: due)),
                    facts: facts?.compactMapValues(\.string) ?? [:]), at: world.now())
        }
    }

    /// The history stays only where the customer does.
    func dropPast(_ db: Database, of customer: CustomerNumber) throws {
        guard try !owns(db, customer.rawValue) else { return }
        try db.execute(
            prepared: "DELETE FROM pastContact WHERE customer = ?", arguments: [customer])
    }

    private func owns(_ db: Database, _ customer: String?) throws -> Bool {
        try Bool.fetchOne(
            db,
            prepared: "SELECT EXISTS (SELECT 1 FROM directory WHERE customer = ? AND outlet = ?)",
            arguments: [customer, node.outlet]) ?? false
    }
}
