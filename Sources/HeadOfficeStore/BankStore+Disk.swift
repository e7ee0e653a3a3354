package import Bank
package import GRDB
package import Sealing
package import Vault

// Head office on databases that somebody else keeps: the simulator, whose disks they are. They
// outlive the store, as disks outlive a process.

extension BankStore {
    /// Opens head office as its databases hold it, as after a start.
    package init(
        on disk: any DatabaseWriter, _ tiers: [UnitCode: any DatabaseWriter], keys: KeyRing,
        world: World
    ) throws {
        try self.init(disk, keys, world, nil) { code in
            guard let tier = tiers[code] else { throw StoreError.notInitialised(code.rawValue) }
            return tier
        }
    }

    /// Makes head office on databases that have the schemas of `Migrations` and nothing else.
    package static func make(
        on disk: any DatabaseWriter, keys: KeyRing, organisation: Organisation, world: World
    ) throws {
        try disk.write { try begin($0, organisation, Secrets(keys), world, "os:simulate") }
    }
}
