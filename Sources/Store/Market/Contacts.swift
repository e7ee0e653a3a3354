package import Bank
import Foundation
import GRDB
import Vault

extension BranchStore {
    /// Writes a marketing record (item 36), by the customer's own manager or their deputy, or a
    /// teller at the counter; a wanted follow-up becomes a reminder. With a number that CIF merged
    /// into another it is one of the number that is left.
    package func addContact(
        with asked: CustomerNumber, by staff: StaffID, way: Contact.Way, note: String,
        followUpOn: BusinessDay? = nil
    ) throws -> Contact {
        let text = note.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal(.emptyText, ["field": "note"]) }
        guard text.count <= Contact.longestNote else {
            throw Refusal(.textTooLong, ["field": "note", "most": String(Contact.longestNote)])
        }
        return try write { db in
            let member = try db.actor(staff)
            let customer = try db.survivor(of: asked) ?? asked
            guard try db.customerID(customer) != nil else {
                throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
            }
            let reach = member.reach(for: .marketingRecord)
            let owner = try db.ownership(of: customer, firstTier: node.firstTier).owner
            let looksAfter = try db.looksAfter(staff, customersOf: owner?.manager)
            let isOwn =
                try reach == .own && (looksAfter || ownsMerged(db, staff, customer))
            guard member.unit == node.outlet, isOwn || reach >= .outlet else {
                throw Refusal(.notAllowed, ["staff": staff.rawValue])
            }
            if way.isMessage, let hold = try marketingHold(db, on: customer) {
                throw Refusal(
                    hold == .refused ? .marketingRefused : .marketingContested,
                    ["customer": customer.rawValue])
            }
            let date = try db.workingDate()
            if let followUpOn, followUpOn < date {
                throw Refusal(.followUpPast, ["date": date.description])
            }
            let contact = Contact(
                id: world.orderedID(), customer: customer, staff: staff, way: way,
                date: date, note: text, followUpOn: followUpOn)
            try db.insert(contact, at: world.now(), secrets)
            if let followUpOn {
                try db.remind(
                    Reminder(
                        // Whoever stands in sees the manager's, who has it when they are back.
                        id: "follow-up:\(contact.id)",
                        staff: isOwn && looksAfter ? owner?.manager ?? staff : staff,
                        kind: .followUp,
                        customer: customer, dueOn: followUpOn,
                        facts: ["contact": date.description]), at: world.now())
            }
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .contacted,
                    subject: customer.rawValue, detail: ["contact": .string(contact.id)]))
            return contact
        }
    }

    /// The marketing records of a customer under every number that is theirs, the latest first; also
    /// those of the outlets that looked after the customer before this one.
    func contacts(_ db: Database, with customer: CustomerNumber) throws -> [Contact] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT id, staff, way, date, note, followUpOn, at, NULL AS outlet FROM contact
                WHERE customer IN (SELECT value FROM json_each(?1))
                UNION ALL
                SELECT id, staff, way, date, note, followUpOn, at, outlet FROM pastContact
                WHERE customer IN (SELECT value FROM json_each(?1))
                ORDER BY date DESC, at DESC, id
                """,
            arguments: [
                JSONValue.array(try db.numbers(of: customer).map { JSONValue($0) }).description
            ]
        ).compactMap { row in
            let outlet: UnitCode? = try row.value("outlet")
            guard let way = Contact.Way(rawValue: try row.value("way")) else {
                // Another outlet's node may be of a later version.
                if outlet != nil { return nil }
                throw StoreError.damaged("contact")
            }
            let id: String = try row.value("id")
            return Contact(
                id: id, customer: customer, staff: try row.value("staff"), way: way,
                date: try row.value("date"),
                note: try secrets.open(
                    try row.value("note"), outlet == nil ? "contact" : "pastContact",
                    outlet.map { "\($0)/\(id)" } ?? id, "note") ?? "",
                followUpOn: try row.value("followUpOn"), outlet: outlet)
        }
    }
}

extension Database {
    fileprivate func insert(_ contact: Contact, at now: Int64, _ secrets: Secrets) throws {
        try execute(
            prepared: """
                INSERT INTO contact (
                    id, customer, staff, way, date, note, followUpOn, at, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                contact.id, contact.customer, contact.staff, contact.way.rawValue, contact.date,
                secrets.seal(contact.note, "contact", contact.id, "note"), contact.followUpOn, now,
                try nextSequence(),
            ])
    }
}
