package import Bank
import GRDB
import Vault

/// A manager of this outlet and what they look after.
package struct Book: Sendable {
    package let manager: Staff
    package let size: BookSize
    /// More customers than the cap make assignment warn (item 13).
    package let cap: Int

    package var customers: Int { size.customers }
}

extension BranchStore {
    /// The books of the outlet's active managers, by staff number.
    package func books() throws -> [Book] { try read { try books($0) } }

    func books(_ db: Database) throws -> [Book] {
        let day = try db.lastClosed()?.next
        let settings = try db.parameterSettings()
        let cap =
            day.map { RuleParameters(settings, on: $0, firstTier: node.firstTier).bookCap }
            ?? RuleParameters().bookCap
        let sizes = try db.bookSizes(of: node.outlet)
        return try db.members(of: node.outlet).filter { $0.active && $0.holds(.manager) }.map {
            Book(manager: $0, size: sizes[$0.id, default: .empty], cap: cap)
        }
    }
}

extension Database {
    /// One pass over whom the outlet's staff look after.
    fileprivate func bookSizes(of outlet: UnitCode) throws -> [StaffID: BookSize] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT manager, tier, count(*) AS customers, sum(coalesce(financialAssets, 0)) AS assets
                FROM holder
                LEFT JOIN customer ON customer.number = holder.customer
                LEFT JOIN standing ON \(StandingRow.isLatest(of: "customer.id"))
                WHERE manager IN (SELECT id FROM staff WHERE unit = ?)
                GROUP BY manager, tier
                """,
            arguments: [outlet]
        ).reduce(into: [:]) { sizes, row in
            sizes[try row.value("manager"), default: .empty].add(
                try row.value("customers"), of: try row.value("tier"),
                holding: try row.value("assets"))
        }
    }
}
