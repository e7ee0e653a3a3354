package import Bank
import GRDB
import Sync
import Vault

/// A target of this outlet whom nobody of the first-tier branch looks after.
package struct PendingCustomer: Sendable {
    package let number: CustomerNumber
    package let name: String
    package let tier: Tier?
    /// Half-fen at this outlet at the last close.
    package let financialAssets: HalfFen
    /// Half-fen in the first-tier branch, as far as it said what others hold.
    package let firstTierAssets: HalfFen
    package let targetSince: BusinessDay
    /// When the target pool was entered, or the last ownership ended if that was later.
    package let waitingSince: BusinessDay
    /// Business days are not counted apart: calendar days until the last close.
    package let daysWaiting: Int
    /// Who looked after the customer at this outlet last.
    package let former: ManagerBefore?
    /// Who could; nil where the outlet has no manager.
    package let suggestion: Suggestion?
}

/// A target of this outlet whom another outlet looks after: who and where, no more.
package struct OwnedElsewhere: Sendable {
    package let number: CustomerNumber
    package let name: String
    package let owner: Ownership.Owner
    package let state: Ownership.State
    package let outletName: String
}

/// What the outlet's supervisor sees of the pool awaiting assignment.
package struct PendingPool: Sendable {
    /// The one waiting longest first.
    package let customers: [PendingCustomer]
    /// The outlet's active managers, by staff number.
    package let books: [Book]
    /// How many targets another outlet looks after.
    package let elsewhere: Int
    /// Of the last close; nil before the first.
    package let businessDate: BusinessDay?
}

extension BranchStore {
    /// `domain.md` item 12, for a supervisor of this outlet; the look is audited.
    package func pendingPool(by supervisor: StaffID) throws -> PendingPool {
        let pool = try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            let books = try books(db)
            return PendingPool(
                customers: try pending(db, books), books: books,
                elsewhere: try db.elsewhereCount(for: node.outlet),
                businessDate: try db.lastClosed())
        }
        try audit(.listed, by: supervisor.rawValue, on: node.outlet.rawValue)
        return pool
    }

    /// The pool, the one waiting longest first.
    package func pendingCustomers() throws -> [PendingCustomer] {
        try read { try pending($0, try books($0)) }
    }

    package func pendingCount() throws -> Int { try read { try $0.pendingCount(at: node.outlet) } }

    /// Targets of this outlet whom another one looks after, by number; for a supervisor of this
    /// outlet, and audited.
    package func ownedElsewhere(by supervisor: StaffID) throws -> [OwnedElsewhere] {
        let customers = try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT number, customer.name AS name, holder.outlet, holder.manager,
                        holder.since, holder.state, unit.name AS outletName
                    FROM latestStanding AS latest
                    JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                    JOIN customer ON customer.id = latest.customer
                    JOIN holder ON holder.customer = customer.number AND holder.outlet <> ?
                    LEFT JOIN unit ON unit.code = holder.outlet
                    WHERE latest.pool = 'target' AND accounts > 0
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
        try audit(.listed, by: supervisor.rawValue, on: node.outlet.rawValue)
        return customers
    }

    func pending(_ db: Database, _ books: [Book]) throws -> [PendingCustomer] {
        let closed = try db.lastClosed()
        let owned = try db.pendingOnceOwned(at: node.outlet)
        let sizes = Dictionary(books.map { ($0.manager.id, $0.size) }) { first, _ in first }
        let cap = books.first?.cap ?? 0
        return try Row.fetchAll(
            db,
            prepared: """
                SELECT number, name, tier, financialAssets, elsewhereAssets, poolSince,
                    holder.since AS heldSince
                \(Database.fromPending)
                """,
            arguments: [node.outlet]
        ).map { row in
            let number: CustomerNumber = try row.value("number")
            let here: HalfFen = try row.value("financialAssets")
            let history = owned.contains(number) ? try history(db, of: number) : nil
            let former = history.flatMap { ManagerBefore($0, at: node.outlet) }
            let targetSince: BusinessDay = try row.value("poolSince")
            let since =
                [
                    targetSince, try row.value("heldSince") as BusinessDay?,
                    history?.periods.compactMap(\.to).max(),
                ].compactMap { $0 }.max() ?? targetSince
            return PendingCustomer(
                number: number, name: try name(row), tier: try row.value("tier"),
                financialAssets: here, firstTierAssets: here + (try row.value("elsewhereAssets")),
                targetSince: targetSince,
                waitingSince: since,
                // What is done today is dated the day after the last close.
                daysWaiting: max(0, closed.map { $0 - since } ?? 0), former: former,
                suggestion: Suggestion(after: former, returned: since, among: sizes, cap: cap))
        }.sorted { ($0.waitingSince, $0.number) < ($1.waitingSince, $1.number) }
    }

    func name(_ row: Row) throws -> String {
        try secrets.open(
            try row.value("name"), "customer", try row.value("number"), "name") ?? ""
    }
}

extension Database {
    /// Nobody looks after them, or the outlet does without a manager; one argument, the outlet.
    fileprivate static let fromPending = """
        FROM latestStanding AS latest
        JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
        JOIN customer ON customer.id = latest.customer
        LEFT JOIN holder ON holder.customer = customer.number
        WHERE latest.pool = 'target' AND accounts > 0
            AND (holder.customer IS NULL OR (holder.manager IS NULL AND holder.outlet = ?))
        """

    fileprivate func pendingCount(at outlet: UnitCode) throws -> Int {
        try Int.fetchOne(
            self, prepared: "SELECT count(*) \(Self.fromPending)", arguments: [outlet]) ?? 0
    }

    fileprivate func elsewhereCount(for outlet: UnitCode) throws -> Int {
        try Int.fetchOne(
            self,
            prepared: """
                SELECT count(*) FROM latestStanding AS latest
                JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                JOIN customer ON customer.id = latest.customer
                JOIN holder ON holder.customer = customer.number AND holder.outlet <> ?
                WHERE latest.pool = 'target' AND accounts > 0
                """,
            arguments: [outlet]) ?? 0
    }

    /// Those of whom anything is known that may have given them an owner: nearly none has.
    fileprivate func pendingOnceOwned(at outlet: UnitCode) throws -> Set<CustomerNumber> {
        try CustomerNumber.fetchSet(
            self,
            prepared: """
                SELECT number \(Self.fromPending)
                    AND (EXISTS (SELECT 1 FROM claim WHERE claim.customer = customer.number)
                        OR EXISTS (SELECT 1 FROM directory WHERE directory.customer = customer.number)
                        OR EXISTS (SELECT 1 FROM pastRecord WHERE pastRecord.customer = customer.number))
                """,
            arguments: [outlet])
    }
}
