package import Bank
import GRDB
package import HeadOfficeStore
import Vault

/// Head office on a disk with the three outlets of one first-tier branch, for its close; late in
/// 2026, so that any date of the tests may be closed.
package struct TierBranch {
    package let office: HeadOfficeOnDisk
    package let outlets: ThreeOutlets
    package let stops: StoppingWorld
    package var bank: BankStore { office.store }

    package init(organisation: Organisation = .ofTests) throws {
        stops = StoppingWorld()
        office = try HeadOfficeOnDisk(in: stops.world, organisation: organisation)
        outlets = try ThreeOutlets(at: office.store)
        outlets.world.now = StoppingWorld.now
    }

    /// Closes what was delivered.
    @discardableResult
    package func close(through last: String? = nil) throws -> TierCloses {
        try bank.closeDays(firstTier: .zhejiang, through: last.map { day($0) }, by: "os:test")
    }

    /// Where the first tier's closes put a customer, one after the other.
    package func standings(of customer: CustomerNumber = .wang) throws -> [Standing] {
        try rows(
            "SELECT * FROM tierStanding WHERE customer = ? ORDER BY date", [customer.rawValue]
        ) { row in
            Standing(
                date: try row.value("date"), pool: try row.value("pool"),
                poolSince: try row.value("poolSince"), origin: try row.value("origin"),
                tier: try row.value("tier"), tierSince: try row.value("tierSince"),
                belowSince: try row.value("belowSince"),
                assets: Assets(
                    financial: try row.value("financialAssets"),
                    largestAccount: try row.value("largestAccount")),
                accumulated: try row.value("accumulated"),
                lastAtMinimum: try row.value("lastAtMinimum"),
                reviewOn: try row.value("reviewOn"))
        }
    }

    /// Who is to be closed again.
    package func due() throws -> [CustomerNumber] {
        try rows("SELECT DISTINCT customer FROM tierDue ORDER BY customer", []) {
            try $0.value(0)
        }
    }

    /// What the closes of the first tier say, but for when it was written and is looked at again.
    package func result() throws -> [String: [String]] {
        try office.dump().comparing(
            ["tierStanding", "tierClose"], without: ["sequence", "closedAt", "reviewOn"])
    }

    private func rows<Value>(
        _ sql: String, _ arguments: StatementArguments, _ read: (Row) throws -> Value
    ) throws -> [Value] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(
            path: office.directory.path + "/office/first-tier-\(UnitCode.zhejiang).sqlite",
            configuration: configuration)
        return try queue.read { try Row.fetchAll($0, sql: sql, arguments: arguments).map(read) }
    }
}
