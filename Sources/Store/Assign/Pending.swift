package import Bank
import GRDB
import Vault

/// A target of this outlet whom nobody of the first-tier branch looks after.
package struct PendingCustomer: Sendable {
    package let number: CustomerNumber
    package let name: String
    package let tier: Tier?
    /// Half-fen at this outlet at the last close.
    package let financialAssets: HalfFen
    package let targetSince: BusinessDay
    /// Business days are not counted apart: calendar days since the target pool was entered.
    package let daysWaiting: Int
}

/// A target of this outlet whom another outlet looks after: who and where, no more.
package struct OwnedElsewhere: Sendable {
    package let number: CustomerNumber
    package let name: String
    package let owner: Ownership.Owner
    package let state: Ownership.State
    package let outletName: String
}

/// A manager of this outlet and the size of their book.
package struct Book: Sendable {
    package let manager: Staff
    package let customers: Int
    /// More customers than the cap make assignment warn (item 13).
    package let cap: Int
}

extension BranchStore {
    /// `domain.md` item 12, the one waiting longest first.
    package func pendingCustomers() throws -> [PendingCustomer] {
        try read { db in
            let closed = try db.lastClosed()
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT number, name, tier, financialAssets, poolSince FROM standing
                    JOIN customer ON customer.id = standing.customer
                    LEFT JOIN holder ON holder.customer = customer.number
                    WHERE isLatest = 1 AND pool = 'target' AND accounts > 0
                        AND (holder.customer IS NULL
                            OR (holder.manager IS NULL AND holder.outlet = ?))
                    ORDER BY poolSince, number
                    """,
                arguments: [node.outlet]
            ).map { row in
                let since: BusinessDay = try row.value("poolSince")
                return PendingCustomer(
                    number: try row.value("number"), name: try name(row),
                    tier: try row.value("tier"),
                    financialAssets: try row.value("financialAssets"), targetSince: since,
                    daysWaiting: closed.map { $0 - since } ?? 0)
            }
        }
    }

    package func ownedElsewhere() throws -> [OwnedElsewhere] {
        try read { db in
            try Row.fetchAll(
                db,
                prepared: """
                    SELECT number, customer.name AS name, holder.outlet, holder.manager,
                        holder.since, holder.state, unit.name AS outletName
                    FROM standing
                    JOIN customer ON customer.id = standing.customer
                    JOIN holder ON holder.customer = customer.number AND holder.outlet <> ?
                    LEFT JOIN unit ON unit.code = holder.outlet
                    WHERE isLatest = 1 AND pool = 'target' AND accounts > 0
                    ORDER BY number
                    """,
                arguments: [node.outlet]
            ).map { row in
                OwnedElsewhere(
                    number: try row.value("number"), name: try name(row),
                    owner: Ownership.Owner(
                        manager: try row.value("manager"), outlet: try row.value("outlet"),
                        since: try row.value("since")),
                    state: try row.value("state"),
                    outletName: try row.value("outletName") ?? row.value("outlet"))
            }
        }
    }

    package func books() throws -> [Book] {
        try read { db in
            let day = try db.lastClosed()
            let settings = try db.parameterSettings()
            let cap =
                day.map {
                    RuleParameters(settings, on: $0, firstTier: node.firstTier).bookCap
                } ?? RuleParameters().bookCap
            return try db.members(of: node.outlet).filter { $0.active && $0.holds(.manager) }.map {
                Book(
                    manager: $0,
                    customers: try Int.fetchOne(
                        db, prepared: "SELECT count(*) FROM holder WHERE manager = ?",
                        arguments: [$0.id]) ?? 0,
                    cap: cap)
            }
        }
    }

    func name(_ row: Row) throws -> String {
        try secrets.open(
            try row.value("name"), "customer", try row.value("number"), "name") ?? ""
    }
}
