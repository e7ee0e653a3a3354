package import Bank
import GRDB
import Vault

/// One customer of the first-tier branch as anybody of its managers and supervisors may see them
/// (`domain.md`, item 22): who, which pool, whose; no balances.
package struct CustomerQuery: Sendable {
    package let found: OwnerSearch.Found
    /// What the outlet's own extracts and closes say; nil where it does not serve the customer.
    package let facts: Facts?
    /// Who looked after the customer and when; nil with `facts`.
    package let history: OwnershipHistory?

    /// Direct identifiers are masked.
    package struct Facts: Sendable {
        package let idNumber: String?
        package let mobile: String?
        /// Nil before the first close.
        package let standing: Standing?
        package let businessDate: BusinessDay?
        /// Level and status of each VIP card, the newest first.
        package let cards: [(level: Tier, status: String)]
    }
}

extension BranchStore {
    /// The single-customer query by any strong key: of the outlet's own customers what it knows, of
    /// the first-tier branch's owned ones their owner. Audited as a look-up, and as a look at each of
    /// the outlet's own.
    package func query(
        by text: String, as kind: StrongKey.Kind? = nil, actor: String
    ) throws -> (search: OwnerSearch, customers: [CustomerQuery]) {
        try queried(owners(by: text, as: kind, actor: actor), actor)
    }

    /// The same by a name and the last four characters of the identity number.
    package func query(
        by name: String, lastFour: String, actor: String
    ) throws -> (search: OwnerSearch, customers: [CustomerQuery]) {
        try queried(owners(by: name, lastFour: lastFour, actor: actor), actor)
    }

    private func queried(
        _ search: OwnerSearch, _ actor: String
    ) throws -> (search: OwnerSearch, customers: [CustomerQuery]) {
        for found in search.found where found.isServed {
            try audit(
                .lookedAtCustomer, by: actor, on: found.owner.customer.rawValue,
                detail: ["masked": true])
        }
        let customers = try read { db in
            try search.found.map { found in
                let facts = try facts(db, of: found.owner.customer)
                return CustomerQuery(
                    found: found, facts: facts,
                    history: facts == nil ? nil : try history(db, of: found.owner.customer))
            }
        }
        return (search, customers)
    }

    private func facts(
        _ db: Database, of number: CustomerNumber
    ) throws -> CustomerQuery.Facts? {
        guard let customer = try db.customer(number, secrets), let id = try db.customerID(number)
        else { return nil }
        let closed = try db.lastClosed()
        return CustomerQuery.Facts(
            idNumber: customer.idNumber.map { Mask.idNumber($0) },
            mobile: customer.mobile.map { Mask.mobile($0) },
            standing: try db.latestStanding(of: id)?.standing, businessDate: closed,
            cards: try closed.map { try cards(db, of: id, at: $0) }?.map { ($0.level, $0.status) }
                ?? [])
    }
}
