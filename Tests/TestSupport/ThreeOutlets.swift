package import Bank
package import HeadOfficeStore
package import Store
package import Sync

/// Head office and the three outlets of one first-tier branch, enrolled, with one clock.
package struct ThreeOutlets {
    package let world = TestWorld()
    package let files: TemporaryDirectory
    package let bank: BankStore
    package let nodes: [UnitCode: BranchStore]
    /// What the nodes stand on.
    package let disks: [UnitCode: NodeDisk]

    package init(
        at bank: BankStore? = nil, organisation: Organisation = .ofTests
    ) throws {
        let world = world
        files = try TemporaryDirectory()
        let bank = try bank ?? BankStore(inMemory: organisation, world: world.world)
        self.bank = bank
        disks = try [UnitCode.wulin, .xihu, .gulou].reduce(into: [:]) { disks, outlet in
            disks[outlet] = try NodeDisk(outlet, at: bank, world: world)
        }
        nodes = try disks.mapValues { try $0.start() }
    }

    package subscript(outlet: UnitCode) -> BranchStore {
        guard let node = nodes[outlet] else { preconditionFailure("\(outlet) has no node") }
        return node
    }

    package func disk(_ outlet: UnitCode) -> NodeDisk {
        guard let disk = disks[outlet] else { preconditionFailure("\(outlet) has no node") }
        return disk
    }

    package func talk(_ outlet: UnitCode) -> Talk { Talk(self[outlet], bank) }

    /// Takes in and closes an extract with a customer's balances, by outlet.
    package func close(
        _ date: String, _ balances: [UnitCode: String], of customer: CustomerNumber = .wang
    ) throws {
        for (outlet, balance) in balances {
            try self[outlet].takeAndClose(
                [
                    ExtractBuilder(day(date), outlet: outlet)
                        .holding(customer, balance, account: "A\(outlet)\(customer)")
                ], in: files)
        }
    }

    /// Closes a date without news.
    package func close(_ date: String, at outlets: [UnitCode] = [.wulin, .xihu, .gulou]) throws {
        for outlet in outlets {
            try self[outlet].takeAndClose([ExtractBuilder(day(date), outlet: outlet)], in: files)
        }
    }

    /// The outlet's supervisor assigns the customer to its manager.
    @discardableResult
    package func claim(_ customer: CustomerNumber = .wang, at outlet: UnitCode) throws -> ClaimID {
        let people: [UnitCode: (StaffID, StaffID)] = [
            .wulin: (.ada, .eve), .xihu: (.cai, .sun), .gulou: (.dan, .gus),
        ]
        guard let (manager, supervisor) = people[outlet],
            let result = try self[outlet].assign([customer], to: manager, by: supervisor).first
        else { preconditionFailure("\(outlet) has no people") }
        if let refusal = result.refusal { throw refusal }
        guard let claim = result.claim else { preconditionFailure("a claim or a refusal") }
        return claim
    }

    package func exchange(_ outlets: [UnitCode] = [.wulin, .xihu, .gulou]) throws {
        for outlet in outlets { try talk(outlet).exchange() }
    }

    @discardableResult
    package func settle(now: Bool = false) throws -> [SettlementRecord] {
        try bank.settle(.zhejiang, now: now, by: "fay", reason: now ? "演练" : nil)
    }
}
