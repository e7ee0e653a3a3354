package import Bank
import GRDB
import Vault

extension Database {
    /// One cause reminds once: a reminder that is there already stays as it is.
    func remind(_ reminder: Reminder, at now: Int64) throws {
        let facts = JSONValue.object(reminder.facts.mapValues(JSONValue.string)).description
        try execute(
            prepared: """
                INSERT OR IGNORE INTO supervisorReminder (
                    id, staff, kind, customer, dueOn, facts, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                reminder.id, reminder.staff, reminder.kind.rawValue, reminder.customer,
                reminder.dueOn, facts, now,
            ])
    }
}

extension BankStore {
    /// The open reminders of a first-tier supervisor, the oldest first.
    package func reminders(of staff: StaffID) throws -> [Reminder] {
        let tier = try tier(of: staff)
        return try translating {
            try tier.database.readState { db in
                try Row.fetchAll(
                    db,
                    prepared: """
                        SELECT id, staff, kind, customer, dueOn, facts FROM supervisorReminder
                        WHERE staff = ? AND doneAt IS NULL
                        ORDER BY dueOn, at, id
                        """,
                    arguments: [staff]
                ).map { row in
                    let text = try row.value("facts") as String
                    let facts = try? JSONValue(reading: Array(text.utf8))
                    guard let kind = Reminder.Kind(rawValue: try row.value("kind")) else {
                        throw StoreError.damaged("supervisorReminder")
                    }
                    return Reminder(
                        id: try row.value("id"), staff: try row.value("staff"), kind: kind,
                        customer: try row.value("customer"),
                        dueOn: try row.value("dueOn"),
                        facts: facts?.object?.compactMapValues(\.string) ?? [:])
                }
            }
        }
    }

    /// Closes a reminder of one's own.
    package func finishReminder(_ id: String, by staff: StaffID) throws {
        let tier = try tier(of: staff)
        try translating {
            try tier.write(world) { db in
                try db.execute(
                    prepared: """
                        UPDATE supervisorReminder SET doneAt = ?
                        WHERE id = ? AND staff = ? AND doneAt IS NULL
                        """,
                    arguments: [world.now(), id, staff])
                guard db.changesCount == 1 else { throw Refusal(.unknownReminder) }
            }
        }
        try audit(.reminded, by: staff.rawValue, on: nil, detail: ["reminder": .string(id)])
    }

    private func tier(of staff: StaffID) throws -> FirstTier {
        let member = try actor(staff)
        let organisation = Organisation(units: try units(), staff: [])
        guard let code = organisation.firstTier(of: member.unit) else {
            throw Refusal(.notAllowed, ["staff": staff.rawValue])
        }
        return try firstTier(code)
    }
}
