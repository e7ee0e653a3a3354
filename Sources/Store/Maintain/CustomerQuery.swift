package import Bank
import GRDB
package import Sync
import Vault

/// One customer of the first-tier branch as anybody of its managers and supervisors may see them
/// (`domain.md`, item 22): who, which pool, whose; no balances.
package struct CustomerQuery: Sendable {
    package let found: OwnerSearch.Found
    /// What the outlet's own extracts and closes say, or head office; nil where neither does.
    package let facts: Facts?
    /// Who looked after the customer and when; nil with `facts`.
    package let history: OwnershipHistory?

    /// Direct identifiers are masked.
    package struct Facts: Sendable {
        package let idNumber: String?
        package let mobile: String?
        /// Nil before the first close.
        package let pool: Pool?
        package let poolSince: BusinessDay?
        package let tier: Tier?
        package let businessDate: BusinessDay?
        /// Level and status of each VIP card, the newest first; nil where only head office answers,
        /// which has no cards.
        package let cards: [(level: Tier, status: String)]?
        /// Nil before the first close.
        package let activeCard: Bool?
        /// Whether head office says so, of all the first-tier branch's outlets.
        package let isOfFirstTier: Bool
    }
}

/// Everybody who has a key, and what to ask head office about it.
package struct CustomerSearch: Sendable {
    package internal(set) var search: OwnerSearch
    package internal(set) var customers: [CustomerQuery]
    /// Nil where the answer is whole, there is nobody to ask, or no use in it (`unasked`).
    package let question: QueryRequest?
    /// Why head office is not asked though it may know more: how the last exchange ended.
    package let unasked: Unanswered?
    /// Head office's answer, once it is in.
    package internal(set) var reply: QueryReply?
}

extension BranchStore {
    /// The single-customer query by any strong key: of the outlet's own customers what it knows, of
    /// the first-tier branch's owned ones their owner; head office has more (`complete`). Audited as
    /// a look-up, and as a look at each of the outlet's own.
    package func query(
        by text: String, as kind: StrongKey.Kind? = nil, actor: String
    ) throws -> CustomerSearch {
        let search = try owners(by: text, as: kind, actor: actor)
        let isKnownNumber = search.isByNumber && search.isKnown
        // Of what may be another key as well only the indexes travel.
        let saysNumber =
            kind == .customer || isKnownNumber || StrongKey.isOrdinaryNumber(text)
        return try queried(
            search, StrongKey.reading(text, as: kind), saysNumber: saysNumber, actor)
    }

    /// The same by a name and the last four characters of the identity number.
    package func query(by name: String, lastFour: String, actor: String) throws -> CustomerSearch {
        try queried(
            owners(by: name, lastFour: lastFour, actor: actor),
            StrongKey(name: name, lastFour: lastFour).map { [$0] } ?? [], saysNumber: false, actor)
    }

    private func queried(
        _ search: OwnerSearch, _ keys: [StrongKey], saysNumber: Bool, _ actor: String
    ) throws -> CustomerSearch {
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
        let question = try question(by: keys, saysNumber: saysNumber, about: search, actor: actor)
        let unasked = question == nil ? nil : try whyNotAsk()
        return CustomerSearch(
            search: search, customers: customers, question: unasked == nil ? question : nil,
            unasked: unasked)
    }

    private func facts(
        _ db: Database, of number: CustomerNumber
    ) throws -> CustomerQuery.Facts? {
        guard let customer = try db.customer(number, secrets), let id = try db.customerID(number)
        else { return nil }
        let closed = try db.lastClosed()
        let standing = try db.latestStanding(of: id)?.standing
        let seen = try closed.map { try cards(db, of: id, at: $0) }
        return CustomerQuery.Facts(
            idNumber: customer.idNumber.map { Mask.idNumber($0) },
            mobile: customer.mobile.map { Mask.mobile($0) },
            pool: standing?.pool, poolSince: standing?.poolSince, tier: standing?.tier,
            businessDate: closed, cards: seen?.map { ($0.level, $0.status) } ?? [],
            activeCard: seen.map { $0.contains { $0.status == "active" } }, isOfFirstTier: false)
    }
}
