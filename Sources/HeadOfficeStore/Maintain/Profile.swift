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
        let (outlet, id): (UnitCode, ProfileEditID) = (
            try row.value("outlet"), try row.value("id")
        )
        func open(_ column: String) throws -> String? {
            try secrets.open(try row.value(column), "profileEdit", "\(outlet)/\(id)", column)
        }
        let node = try row.value("node") as String
        return ProfileEdit(
            id: id, author: outlet, customer: try row.value("customer"),
            field: try row.value("field"),
            value: try open("value"), note: try open("note"),
            lifts: ProfileEdit.lifts(try row.value("lifts")),
            stamp: HybridStamp(
                milliseconds: try row.value("at"), counter: try row.value("counter"), node: node),
            written: HybridStamp(
                milliseconds: try row.value("writtenAt"), counter: try row.value("writtenCounter"),
                node: node),
            staff: try row.value("staff"), date: try row.value("date"))
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
