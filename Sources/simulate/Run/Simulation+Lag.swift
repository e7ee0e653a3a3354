import Bank
import HeadOfficeStore
import Vault

// What head office says of a node that it has not heard (`sync.md`, statement 17).

extension Simulation {
    private static let halfADay: Int64 = 12 * 3_600_000

    func noteHeard(_ outlet: UnitCode) {
        heard[outlet, default: []].insert(office.machine.world.now())
    }

    /// Head office names the instant of a hello that it got, or none, and never a later one; how
    /// long that is ago, it reads off its own clock.
    func checkLag(_ bank: BankStore) throws {
        let now = office.machine.world.now()
        for view in try office.machine.inspect({ try bank.nodes(by: "os:simulate") }) {
            checked += 1
            guard let contactedAt = view.contactedAt else { continue }
            guard heard[view.outlet.code]?.contains(contactedAt) == true else {
                throw Violation(
                    17, "\(view.outlet.code) counts as heard at \(contactedAt), and was not")
            }
            guard view.lag == max(0, now - contactedAt) else {
                throw Violation(17, "\(view.outlet.code) lags by \(view.lag ?? -1) ms, it is said")
            }
            if now - contactedAt >= Self.halfADay { done[.heldUnknown, default: 0] += 1 }
        }
    }
}
