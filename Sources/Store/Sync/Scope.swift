import Bank
import GRDB
import Vault

extension BranchStore {
    /// Takes away what is no longer in the outlet's scope: the claims and steps of others, and the
    /// decisions behind records, on customers of whom it holds no account any more and to whose
    /// settlement it was no party (`sync.md`, statement 12). What the outlet wrote itself stays, and
    /// so do disputes that it began.
    ///
    /// Only while head office has everything: it sends again what comes back into scope, and has to
    /// have seen it leave. And not before a date is closed: a node in the place of a lost one does
    /// not know yet whom it serves, and what head office says is in its scope stays until it does.
    @discardableResult
    package func leaveScope() throws -> Applied {
        let (customers, holdsUnserved) = try read { db in
            try db.lastClosed() == nil
                ? ([], false) : (db.customersOutside(node.outlet), db.holdsUnserved())
        }
        var applied = Applied()
        if !customers.isEmpty {
            applied += try writeInSlices(customers, rows: { _ in 1 }) { db, customer in
                // Something may have been written here since it was looked.
                guard try db.customersOutside(node.outlet, only: customer).contains(customer)
                else { return }
                try db.leave(customer, as: node.outlet)
                try db.refreshHolder(of: customer, firstTier: node.firstTier)
            } closing: { _, _ in
            }
        }
        if holdsUnserved { try write { try $0.leaveUnserved() } }
        return applied
    }
}

extension Database {
    /// What others keep of a customer's profile, and what the first-tier branch decided, is for those
    /// who serve the customer.
    private static let unserved = [
        "profileEdit": "sequence = 0", "tierStanding": "TRUE", "unknownRecord": "TRUE",
    ]
    .mapValues { condition in
        """
        \(condition) AND customer IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM customer AS served
            JOIN standing ON \(StandingRow.isLatest(of: "served.id"))
            WHERE served.number = item.customer AND standing.accounts > 0)
        """
    }

    /// Whether some of it is to go; not while something is unsent.
    fileprivate func holdsUnserved() throws -> Bool {
        guard try countRows(in: unsentRanges()) == 0 else { return false }
        return try Self.unserved.contains { table, condition in
            try Bool.fetchOne(
                self,
                prepared: "SELECT EXISTS (SELECT 1 FROM \(table) AS item WHERE \(condition))")
                ?? false
        }
    }

    fileprivate func leaveUnserved() throws {
        guard try countRows(in: unsentRanges()) == 0 else { return }
        for (table, condition) in Self.unserved {
            try execute(prepared: "DELETE FROM \(table) AS item WHERE \(condition)")
        }
    }
}

extension Database {
    private static let isOutside = """
        NOT EXISTS (SELECT 1 FROM customer
            JOIN standing ON \(StandingRow.isLatest(of: "customer.id"))
            WHERE customer.number = item.customer AND standing.accounts > 0)
        AND NOT EXISTS (SELECT 1 FROM claim AS own
            WHERE own.customer = item.customer AND own.author = :outlet
                AND own.outcome IS NOT 'refused')
        """

    private static let isForeignStep = """
        author <> :outlet AND sequence = 0
        AND NOT EXISTS (SELECT 1 FROM disputeStep AS first
            WHERE first.id = item.dispute AND first.author = :outlet)
        """

    /// Whose claims, steps or decisions are to go; none while something is unsent.
    ///
    /// - Parameter only: of this customer alone; nil: of all.
    fileprivate func customersOutside(
        _ outlet: UnitCode, only: CustomerNumber? = nil
    ) throws -> [CustomerNumber] {
        guard try countRows(in: unsentRanges()) == 0 else { return [] }
        let isMeant = only == nil ? "1" : "item.customer = :only"
        return try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT customer FROM claim AS item
                WHERE author <> :outlet AND sequence = 0 AND \(isMeant) AND \(Self.isOutside)
                UNION
                SELECT DISTINCT customer FROM disputeStep AS item
                WHERE \(Self.isForeignStep) AND \(isMeant) AND \(Self.isOutside)
                UNION
                SELECT DISTINCT customer FROM decision AS item
                WHERE \(isMeant) AND \(Self.isOutside)
                """,
            arguments: only.map { ["outlet": outlet, "only": $0] } ?? ["outlet": outlet])
    }

    fileprivate func leave(_ customer: CustomerNumber, as outlet: UnitCode) throws {
        try execute(
            prepared: "DELETE FROM claim WHERE customer = ? AND author <> ? AND sequence = 0",
            arguments: [customer, outlet])
        try execute(
            prepared: """
                DELETE FROM disputeStep AS item WHERE customer = :customer AND \(Self.isForeignStep)
                """,
            arguments: ["customer": customer, "outlet": outlet])
        // What was answered of the claims that are gone.
        try execute(
            prepared: """
                DELETE FROM answeredClaim
                WHERE customer = ? AND NOT EXISTS (SELECT 1 FROM claim WHERE id = answeredClaim.claim)
                """,
            arguments: [customer])
        try execute(prepared: "DELETE FROM decision WHERE customer = ?", arguments: [customer])
    }
}
