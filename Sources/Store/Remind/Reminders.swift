package import Bank
import GRDB
import Vault

extension Database {
    /// One cause reminds once: a reminder that is there already stays as it is.
    func remind(_ reminder: Reminder, at now: Int64) throws {
        let facts = JSONValue.object(reminder.facts.mapValues(JSONValue.string)).description
        try execute(
            prepared: """
                INSERT OR IGNORE INTO reminder (id, staff, kind, customer, dueOn, facts, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                reminder.id, reminder.staff, reminder.kind.rawValue, reminder.customer,
                reminder.dueOn, facts, now,
            ])
    }

    /// A list of whose reminders somebody gets.
    fileprivate func remindedWith(_ staff: StaffID) throws -> String {
        JSONValue.array(try ([staff] + deputised(by: staff)).map { JSONValue($0) }).description
    }

    /// Whether anybody has or had a reminder `cause:MEMBER`.
    func hasReminder(of cause: String) throws -> Bool {
        // What follows a colon comes before the semicolon.
        try Bool.fetchOne(
            self,
            prepared: "SELECT EXISTS (SELECT 1 FROM reminder WHERE id > ? AND id < ?)",
            arguments: ["\(cause):", "\(cause);"]) ?? false
    }
}

extension BranchStore {
    /// The open reminders that are due on the date being worked, the oldest first: a member of
    /// staff's own, and those of the managers for whom they stand in.
    package func reminders(of staff: StaffID) throws -> [Reminder] {
        try read { db in
            _ = try db.actor(staff)
            let date = try db.lastClosed()?.next
            let whose = try db.remindedWith(staff)
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT id, staff, kind, customer, dueOn, facts FROM reminder
                    WHERE staff IN (SELECT value FROM json_each(?1)) AND doneAt IS NULL
                        AND (?2 IS NULL OR dueOn <= ?2)
                    ORDER BY dueOn, at, id
                    """,
                arguments: [whose, date]
            ).map(Reminder.init(row:)).filter { !$0.isOver(by: date) }
        }
    }

    /// Closes a reminder of one's own, or of a manager for whom one stands in.
    package func finishReminder(_ id: String, by staff: StaffID) throws {
        try write { db in
            try db.execute(
                prepared: """
                    UPDATE reminder SET doneAt = ?
                    WHERE id = ? AND doneAt IS NULL
                        AND staff IN (SELECT value FROM json_each(?))
                    """,
                arguments: [world.now(), id, try db.remindedWith(staff)])
            guard db.changesCount == 1 else { throw Refusal(.unknownReminder) }
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .reminded, subject: nil,
                    detail: ["reminder": .string(id)]))
        }
    }
}

extension Reminder {
    init(row: Row) throws {
        let text: String = try row.value("facts")
        guard let kind = Kind(rawValue: try row.value("kind")),
            let facts = try? JSONValue(reading: Array(text.utf8)).object
        else { throw StoreError.damaged("reminder") }
        self.init(
            id: try row.value("id"), staff: try row.value("staff"), kind: kind,
            customer: try row.value("customer"), dueOn: try row.value("dueOn"),
            facts: facts.compactMapValues(\.string))
    }
}
