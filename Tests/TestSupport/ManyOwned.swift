package import Bank
package import HeadOfficeStore
import Store
package import Sync

/// Head office with many customers of Wulin's, all settled, so that what goes down is more than a
/// few rows.
package struct ManyOwned {
    package let outlets: ThreeOutlets
    /// Head office with these limits of snapshots.
    package let bank: BankStore
    package let customers: [CustomerNumber]

    package init(_ count: Int, limits: SnapshotLimits) throws {
        outlets = try ThreeOutlets()
        var bank = outlets.bank
        bank.snapshotLimits = limits
        self.bank = bank
        let customers = (1...count).map { CustomerNumber("\(3_300_000_000 + $0)") }
        self.customers = customers
        var extract = ExtractBuilder(day("2025-03-01"), outlet: .wulin)
        for customer in customers {
            extract = extract.holding(customer, "300000", account: "A\(customer)")
        }
        try outlets[.wulin].takeAndClose([extract], in: outlets.files)
        let results = try outlets[.wulin].assign(customers, to: .ada, by: .eve)
        precondition(results.allSatisfy { $0.refusal == nil })
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
    }

    /// What head office and a node hold in common that came down, line by line.
    package func received(at node: UnitCode, from talk: Talk) throws -> (
        here: [String], there: [String]
    ) {
        var here: [String] = []
        var there: [String] = []
        func isReceived(_ line: String) -> Bool {
            ["claim", "disputeStep", "settlement", "organisation"].contains {
                line.hasSuffix("\"table\":\"\($0)\"}")
            }
        }
        try talk.store.exportCanonical(by: "t") { if isReceived($0) { here.append($0) } }
        try bank.exportCanonical(of: node, by: "t") { if isReceived($0) { there.append($0) } }
        return (here, there)
    }
}
