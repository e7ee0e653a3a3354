package import Bank
import Foundation
import GRDB
import Sealing
import Vault

extension BranchStore {
    /// Writes one field of a customer's profile (`domain.md` item 20), under the number that is left
    /// where CIF merged the one that is named, by the customer's own manager,
    /// or a teller or supervisor of the outlet; an empty value empties the field.
    package func edit(
        _ field: ProfileField, of asked: CustomerNumber, to text: String, by staff: StaffID,
        because reason: String = ""
    ) throws -> ProfileEdit {
        guard field != .marketing else { throw Refusal(.fieldByItself) }
        var value = try short(text, "value")
        if field == .mobile, let given = value {
            value = Mobile.normal(given)
            guard let value, Mobile.isWellFormed(value) else { throw Refusal(.invalidMobile) }
        }
        let note = try short(reason, "reason")
        return try write { db in
            let customer = try db.survivor(of: asked) ?? asked
            let profile = try editable(db, customer, by: staff, atLeast: .own)
            if let last = profile.current[field], last.value == value { return last }
            return try add(db, field, customer, value, note, [], staff)
        }
    }

    /// Writes down what a customer said of marketing messages. A refusal counts at once and travels
    /// ahead of everything else; anybody at the counter may take it. An agreement needs to be told
    /// how it was given, and lifts the refusals that are known here (`domain.md` 5.6).
    package func note(
        _ choice: MarketingChoice, of asked: CustomerNumber, by staff: StaffID,
        because reason: String = ""
    ) throws -> ProfileEdit {
        let note = try short(reason, "reason")
        guard choice == .refused || note != nil else { throw Refusal(.reasonMissing) }
        return try write { db in
            let customer = try db.survivor(of: asked) ?? asked
            // No obstacle to refusing: whoever hears it writes it down.
            let profile = try editable(
                db, customer, by: staff, atLeast: choice == .refused ? .outlet : .own)
            if let last = profile.current[.marketing], last.value == choice.rawValue {
                return last
            }
            return try add(
                db, .marketing, customer, choice.rawValue, note,
                choice == .agreed ? profile.refusals : [], staff)
        }
    }

    private func add(
        _ db: Database, _ field: ProfileField, _ customer: CustomerNumber, _ value: String?,
        _ note: String?, _ lifts: Set<ProfileEditID>, _ staff: StaffID
    ) throws -> ProfileEdit {
        let stamp = try nextProfileStamp(db)
        let edit = ProfileEdit(
            id: ProfileEditID("\(node.outlet)-\(hexadecimal(world.randomBytes(16)))"),
            author: node.outlet, customer: customer, field: field.rawValue, value: value,
            note: note, lifts: lifts, stamp: stamp, written: stamp, staff: staff,
            date: try db.workingDate())
        try insert(edit, db)
        try db.audit(
            AuditEntry(
                at: world.now(), actor: staff.rawValue, action: .editedProfile,
                subject: customer.rawValue,
                detail: ["edit": JSONValue(edit.id), "field": .string(field.rawValue)]))
        return edit
    }

    /// The profile, where the customer is served here and the member of staff may write in it.
    ///
    /// - Parameter reach: `outlet` where every member of the outlet's staff with a part in profiles
    ///   may, whosever customer it is.
    private func editable(
        _ db: Database, _ customer: CustomerNumber, by staff: StaffID, atLeast reach: Reach
    ) throws -> Profile {
        let member = try db.actor(staff)
        guard let id = try db.customerID(customer) else {
            throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
        }
        guard let row = try db.latestStanding(of: id), row.accounts > 0 else {
            throw Refusal(.noAccountHere, ["customer": customer.rawValue])
        }
        let owner = try db.ownership(of: customer, firstTier: node.firstTier).owner
        let own = member.reach(for: .profileUpdate)
        let isOwn =
            try own == .own
            && (reach == .outlet || owner?.manager == staff || ownsMerged(db, staff, customer))
        guard member.unit == node.outlet, isOwn || own >= .outlet else {
            throw Refusal(.notAllowed, ["staff": staff.rawValue])
        }
        return try profile(db, of: customer)
    }

    /// Trimmed; nil where nothing is left.
    private func short(_ text: String, _ field: String) throws -> String? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.count <= ProfileField.longestValue else {
            throw Refusal(
                .textTooLong, ["field": field, "most": String(ProfileField.longestValue)])
        }
        return text.isEmpty ? nil : text
    }
}
