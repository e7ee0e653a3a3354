package import Bank
import GRDB
import Sync
import Vault

extension BankStore {
    /// A customer's profile from the edits of all outlets of a first-tier branch.
    func profile(_ db: Database, of customer: CustomerNumber) throws -> Profile {
        Profile(
            try Row.fetchAll(
                db, prepared: "SELECT * FROM profileEdit WHERE customer = ?", arguments: [customer]
            ).map(profileEdit))
    }

    private func profileEdit(_ row: Row) throws -> ProfileEdit {
        let (outlet, id) = (row["outlet"] as UnitCode, row["id"] as ProfileEditID)
        func open(_ column: String) throws -> String? {
            try secrets.open(row[column], "profileEdit", "\(outlet)/\(id)", column)
        }
        let node = row["node"] as String
        return ProfileEdit(
            id: id, author: outlet, customer: row["customer"], field: row["field"],
            value: try open("value"), note: try open("note"),
            lifts: ProfileEdit.lifts(row["lifts"]),
            stamp: HybridStamp(milliseconds: row["at"], counter: row["counter"], node: node),
            written: HybridStamp(
                milliseconds: row["writtenAt"], counter: row["writtenCounter"], node: node),
            staff: row["staff"], date: row["date"])
    }
}

extension BankStore {
    /// The profile as head office has it, for comparison with the outlets'; audited.
    package func profile(
        of customer: CustomerNumber, firstTier code: UnitCode, by actor: String
    ) throws -> Profile {
        try audit(.lookedAtCustomer, by: actor, on: customer.rawValue)
        let tier = try firstTier(code)
        return try translating {
            try tier.database.readState { try profile($0, of: customer) }
        }
    }
}
