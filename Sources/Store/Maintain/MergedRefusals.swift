import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// A refusal of marketing is the person's, whatever number they had then (`domain.md` 5.6): where
    /// CIF merged a number under which one stands, it is written down for the number that is left,
    /// and so holds at every outlet that serves it. Once for each merge: an agreement after it lifts
    /// it like any other.
    ///
    /// Called after closes, in a transaction of its own: it travels ahead of what was closed.
    func carryRefusals() throws {
        guard try !read({ try refusalsToCarry($0) }).isEmpty else { return }
        try write { db in
            for (customer, refused) in try refusalsToCarry(db) {
                let stamp = try nextProfileStamp(db)
                let edit = ProfileEdit(
                    id: ProfileEditID("\(node.outlet)-\(hexadecimal(world.randomBytes(16)))"),
                    author: node.outlet, customer: customer,
                    field: ProfileField.marketing.rawValue, value: refused.value,
                    note: Self.note(of: refused.customer), lifts: [], stamp: stamp, written: stamp,
                    staff: refused.staff, date: try db.workingDate())
                try insert(edit, db)
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: "node:\(node.name)", action: .editedProfile,
                        subject: customer.rawValue,
                        detail: [
                            "edit": JSONValue(edit.id), "field": .string(edit.field),
                            "merged": JSONValue(refused.customer),
                        ]))
            }
        }
    }

    /// Refusals that stand under a merged number alone, each with the customer whose it is.
    private func refusalsToCarry(
        _ db: Database
    ) throws -> [(customer: CustomerNumber, refused: ProfileEdit)] {
        guard let closed = try db.lastClosed() else { return [] }
        let merges = try Merges(db, on: closed).inForce
        return try Set(merges.map(\.survivor)).sorted().compactMap { survivor in
            let customer = CustomerNumber(try db.number(of: survivor))
            guard let row = try db.latestStanding(of: survivor), row.accounts > 0,
                let refused = try profile(db, of: customer).current[.marketing],
                refused.value == MarketingChoice.refused.rawValue, refused.customer != customer
            else { return nil }
            return (customer, refused)
        }
    }

    /// The edits under a merged number, but for what its customer said of marketing where that was
    /// written down for the number that is left: it is lifted there.
    func editsToCount(
        _ db: Database, under merged: CustomerNumber, beside own: [ProfileEdit]
    ) throws -> [ProfileEdit] {
        let isCarried = own.contains {
            $0.field == ProfileField.marketing.rawValue
                && $0.value == MarketingChoice.refused.rawValue && $0.note == Self.note(of: merged)
        }
        return try profileEdits(db, under: merged).filter {
            !isCarried || $0.field != ProfileField.marketing.rawValue
        }
    }

    private static func note(of merged: CustomerNumber) -> String { "CIF: \(merged)" }
}
