import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// A refusal of marketing is the person's, whatever number they had then (`domain.md` 5.6): where
    /// CIF merged a number under which one stands, it is said again for the number that is left, and
    /// so holds at every outlet that serves it. The edit names the one that it says again: whatever
    /// lifts either lifts both.
    ///
    /// Called after closes, in a transaction of its own: it travels ahead of what was closed.
    func carryRefusals() throws {
        guard try !read({ try refusalsToCarry($0) }).isEmpty else { return }
        try write { db in
            for (customer, refused) in try refusalsToCarry(db) {
                let stamp = try nextProfileStamp(db)
                let edit = ProfileEdit(
                    id: ProfileEditID("\(node.outlet)-\(hexadecimal(world.randomBytes(16)))"),
                    author: node.outlet, customer: customer, field: refused.field,
                    value: refused.value, note: "CIF: \(refused.customer)", lifts: [refused.id],
                    stamp: stamp, written: stamp, staff: refused.staff, date: try db.workingDate())
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
        var due: [(CustomerNumber, ProfileEdit)] = []
        for survivor in try Set(Merges(db, on: closed).inForce.map(\.survivor)).sorted() {
            guard let row = try db.latestStanding(of: survivor), row.accounts > 0 else { continue }
            let customer = CustomerNumber(try db.number(of: survivor))
            due += try profile(db, of: customer).refusals(notUnder: customer).map { (customer, $0) }
        }
        return due
    }
}
