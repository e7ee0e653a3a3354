package import Bank
import GRDB
import Vault

extension BranchStore {
    /// The active member of staff, or the refusal.
    package func actor(_ id: StaffID) throws -> Staff { try read { try $0.actor(id) } }

    package func unitName(_ code: UnitCode) throws -> String {
        try read { try $0.unit(code)?.name } ?? code.rawValue
    }

    /// The date that is being worked on; refuses before the first close.
    package func workingDate() throws -> BusinessDay { try read { try $0.workingDate() } }

    package func lastClosed() throws -> BusinessDay? { try read { try $0.lastClosed() } }

    /// Open accounts and the sum of their balances at the last close.
    package func totals() throws -> (accounts: Int, balance: Fen) {
        try read { db in
            let row = try Row.fetchOne(
                db,
                prepared: "SELECT accounts, balanceSum FROM dayClose ORDER BY date DESC LIMIT 1")
            return (try row?.value(0) ?? 0, try row?.value(1) ?? .zero)
        }
    }
}
