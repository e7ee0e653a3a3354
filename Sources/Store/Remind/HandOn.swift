import Bank
import GRDB
import Vault

extension BranchStore {
    /// The customer goes to another manager of this outlet, or back to its supervisors (`sync.md`,
    /// what follows the customer): what was still to be done is closed as moved and made anew for
    /// whoever is to do it; what was news to the manager before is none any more.
    ///
    /// - Parameters:
    ///   - before: nil where nobody here looked after the customer.
    ///   - receiver: nil where the customer awaits assignment again.
    ///   - cause: the hash of the claim or decision that moves the customer.
    func handOnReminders(
        _ db: Database, about customer: CustomerNumber, from before: StaffID?,
        to receiver: StaffID?, cause: String
    ) throws {
        let supervisors = try db.members(of: node.outlet)
            .filter { $0.active && $0.holds(.outletSupervisor) }.map(\.id)
        let open = try db.openReminders(about: customer).filter { reminder in
            // What waits with supervisors, those who have left among them, has its turn too.
            reminder.staff == before || reminder.isHandedOn
        }
        let members = receiver.map { [$0] } ?? supervisors
        // Several supervisors may have the same one, and the receiver may.
        var origins = Set(open.filter { $0.staff == receiver }.map(\.origin))
        for reminder in open where reminder.staff != receiver {
            guard
                reminder.kind.isSuperseded
                    || reminder.kind.goes(toManager: receiver != nil) && !members.isEmpty
            else { continue }
            try db.execute(
                prepared: "UPDATE reminder SET doneAt = ?, movedTo = ? WHERE id = ?",
                arguments: [
                    world.now(), reminder.kind.isSuperseded ? nil : node.outlet, reminder.id,
                ])
            guard !reminder.kind.isSuperseded, origins.insert(reminder.origin).inserted else {
                continue
            }
            for member in members {
                var facts = reminder.facts
                facts["origin"] = reminder.origin
                try db.remind(
                    Reminder(
                        id: "handed-on:\(cause.prefix(16)):\(origins.count):\(member)",
                        staff: member, kind: reminder.kind, customer: customer,
                        dueOn: reminder.dueOn, facts: facts), at: world.now())
            }
        }
    }
}

extension Database {
    fileprivate func openReminders(about customer: CustomerNumber) throws -> [Reminder] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT id, staff, kind, customer, dueOn, facts FROM reminder
                WHERE customer = ? AND doneAt IS NULL ORDER BY id
                """,
            arguments: [customer]
        ).map(Reminder.init(row:))
    }
}

extension Reminder {
    /// What all copies of it have in common, whoever has them.
    fileprivate var origin: String {
        let ending = ":\(staff)"
        return facts["origin"]
            ?? (id.hasSuffix(ending) ? String(id.dropLast(ending.count)) : id)
    }

    /// Whether it waits with a supervisor for whoever gets the customer.
    fileprivate var isHandedOn: Bool { id.hasPrefix("handed-on:") || id.hasPrefix("moved:") }
}

extension Reminder.Kind {
    /// Whether it says that the customer is one's own.
    fileprivate var isSuperseded: Bool { self == .assigned || self == .claimConfirmed }

    /// Whether it is for whoever looks after the customer. Of all but what a manager promised, the
    /// supervisors have been reminded themselves.
    fileprivate func goes(toManager isManagers: Bool) -> Bool {
        switch self {
        case .followUp: true
        case .targetLeaving, .customerMerged, .transferRequested, .objectionRaised, .disputeWentUp:
            isManagers
        case .assigned, .claimLost, .claimLate, .claimRefused, .claimConfirmed, .ownershipLost,
            .leftTarget, .disputeAnswered, .additionFailed, .moveIncomplete, .deputyNamed:
            false
        }
    }
}
