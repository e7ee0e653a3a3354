import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BranchStore {
    /// Says of the customers whom this outlet owns by what they can be found, and takes back what it
    /// said of those whom it does not own any more; of nobody else, and only what has changed. Other
    /// outlets answer from it without a line.
    ///
    /// Some customers at a time: local writes get through in between.
    package func publishKeys() throws {
        while true {
            let due = try read {
                try CustomerNumber.fetchAll(
                    $0, prepared: "SELECT customer FROM customerKeyDue LIMIT ?",
                    arguments: [Self.keysAtOnce])
            }
            guard !due.isEmpty else { return }
            try write { db in for customer in due { try publishKeys(db, of: customer) } }
        }
    }

    /// Some 10 milliseconds of the write lock.
    private static let keysAtOnce = 100
    /// So that what is said of one customer stays far below what a cell may have.
    private static let mostKeys = 250

    private func publishKeys(_ db: Database, of customer: CustomerNumber) throws {
        try db.execute(
            prepared: "DELETE FROM customerKeyDue WHERE customer = ?", arguments: [customer])
        let id = "\(node.outlet)-\(customer)"
        let isOwned = try Bool.fetchOne(
            db,
            prepared: "SELECT EXISTS (SELECT 1 FROM holder WHERE customer = ? AND outlet = ?)",
            arguments: [customer, node.outlet])
        let known = isOwned == true ? try db.customer(customer, secrets) : nil
        let name = known.map { Mask.name($0.name) }
        let indexes = JSONValue.array(
            try known.map { try self.indexes(db, of: $0).map(JSONValue.string) } ?? []
        ).description
        let said = try Row.fetchOne(
            db, prepared: "SELECT name, indexes FROM customerKey WHERE id = ?", arguments: [id])
        if let said {
            guard
                try said.value("indexes") != indexes
                    || secrets.open(try said.value("name"), "customerKey", id, "name") != name
            else { return }
        } else if known == nil {
            return
        }
        try db.execute(
            prepared: """
                INSERT INTO customerKey (id, author, customer, name, indexes)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, indexes = excluded.indexes
                """,
            arguments: [
                id, node.outlet, customer, secrets.seal(name, "customerKey", id, "name"), indexes,
            ])
    }

    /// What people bring to the counter first, then accounts.
    private func indexes(_ db: Database, of customer: Customer) throws -> [String] {
        var keys: [StrongKey] = []
        if let number = customer.idNumber.map(IdentityNumber.normal) {
            keys.append(.identity(number))
            keys += IdentityNumber.lastFours(of: number).compactMap {
                StrongKey(name: customer.name, lastFour: $0)
            }
        }
        if let mobile = customer.mobile, Mobile.isWellFormed(mobile) {
            keys.append(.mobile(mobile))
        }
        var indexes = keys.flatMap(secrets.published)
        indexes += try db.cardIndexes(of: customer.number).map {
            Secrets.published($0, of: .card)
        }
        indexes += try db.accountIndexes(of: customer.number).map {
            Secrets.published($0, of: .account)
        }
        return Set(indexes.prefix(Self.mostKeys)).sorted()
    }
}

extension Database {
    fileprivate func accountIndexes(of customer: CustomerNumber) throws -> [Blob] {
        try Blob.fetchAll(
            self,
            prepared: """
                SELECT numberIndex FROM account JOIN customer ON customer.id = account.customer
                WHERE customer.number = ?
                ORDER BY account.id DESC
                """,
            arguments: [customer])
    }

    /// Of the cards that the last extract which named them gives to the customer.
    fileprivate func cardIndexes(of customer: CustomerNumber) throws -> [Blob] {
        try Blob.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT card.numberIndex FROM cardFact
                JOIN customer ON customer.id = cardFact.customer
                JOIN card ON card.id = cardFact.card
                WHERE customer.number = ? AND cardFact.date = (
                    SELECT max(date) FROM cardFact AS later WHERE later.card = cardFact.card)
                ORDER BY card.id DESC
                """,
            arguments: [customer])
    }
}
