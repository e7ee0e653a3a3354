package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// What the bank's people know of a customer beside CIF, from every outlet that serves them;
    /// the look is audited.
    package func profile(of customer: CustomerNumber, by actor: String) throws -> Profile {
        let profile = try read { db -> Profile in
            guard try db.customerID(customer) != nil else {
                throw Refusal(.unknownCustomer, ["customer": customer.rawValue])
            }
            return try self.profile(db, of: try db.survivor(of: customer) ?? customer)
        }
        try audit(.lookedAtCustomer, by: actor, on: customer.rawValue)
        return profile
    }

    /// Why marketing messages to a customer pause; nil where they do not.
    package func marketingHold(on customer: CustomerNumber) throws -> MarketingHold? {
        try read { try marketingHold($0, on: customer) }
    }

    func marketingHold(_ db: Database, on asked: CustomerNumber) throws -> MarketingHold? {
        let customer = try db.survivor(of: asked) ?? asked
        return MarketingHold(
            try profile(db, of: customer),
            try db.ownership(of: customer, firstTier: node.firstTier))
    }

    /// Under every number that is the customer's: what they said holds for the person.
    func profile(_ db: Database, of customer: CustomerNumber) throws -> Profile {
        Profile(
            try db.numbers(of: customer).flatMap { number in
                try Row.fetchAll(
                    db, prepared: "SELECT * FROM profileEdit WHERE customer = ?",
                    arguments: [number]
                ).map(profileEdit)
            })
    }

    private func profileEdit(_ row: Row) throws -> ProfileEdit {
        let id = try row.value("id") as ProfileEditID
        let node = try row.value("node") as String
        return ProfileEdit(
            id: id, author: try row.value("author"), customer: try row.value("customer"),
            field: try row.value("field"),
            value: try secrets.open(try row.value("value"), "profileEdit", id.rawValue, "value"),
            note: try secrets.open(try row.value("note"), "profileEdit", id.rawValue, "note"),
            lifts: ProfileEdit.lifts(try row.value("lifts")),
            stamp: HybridStamp(
                milliseconds: try row.value("at"), counter: try row.value("counter"), node: node),
            written: HybridStamp(
                milliseconds: try row.value("writtenAt"), counter: try row.value("writtenCounter"),
                node: node),
            staff: try row.value("staff"), date: try row.value("date"))
    }

    func insert(_ edit: ProfileEdit, _ db: Database) throws {
        let id = edit.id.rawValue
        try db.execute(
            prepared: """
                INSERT INTO profileEdit (
                    id, author, customer, field, value, note, lifts, at, counter, node, writtenAt,
                    writtenCounter, staff, date)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                edit.id, edit.author, edit.customer, edit.field,
                secrets.seal(edit.value, "profileEdit", id, "value"),
                secrets.seal(edit.note, "profileEdit", id, "note"), edit.liftedText,
                edit.stamp.milliseconds, edit.stamp.counter, edit.stamp.node,
                edit.written.milliseconds, edit.written.counter, edit.staff, edit.date,
            ])
    }

    /// The next stamp of an edit: after every edit that this node knows of, whoever made it.
    func nextProfileStamp(_ db: Database) throws -> HybridStamp {
        let last = try Row.fetchOne(
            db,
            prepared: """
                SELECT at, counter, node FROM profileEdit ORDER BY at DESC, counter DESC LIMIT 1
                """
        ).map { row in
            HybridStamp(
                milliseconds: try row.value(0), counter: try row.value(1),
                node: try row.value(2))
        }
        return .next(after: last, now: world.now(), node: node.name)
    }
}
