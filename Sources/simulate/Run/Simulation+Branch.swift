import Bank
import HeadOfficeStore
import Sync
import Vault

// What people at the first-tier branch do.

extension Simulation {
    /// A ruling, mostly; sometimes the close takes a customer out of the pool, or outlets are merged.
    func rule() throws {
        guard let bank = office.store else { return }
        let owned = scenario.clients.filter { owners.owner(of: $0.number) != nil }
        let client = people.pick(
            owned.isEmpty || people.hits(perMille: 300) ? scenario.clients : owned)
        let customer = client.number
        let outlet = people.pick(client.outlets)
        let code = scenario.outlets[outlet]
        let manager =
            people.hits(perMille: 250) ? nil : scenario.manager(outlet, people.within(1...2))
        let doing: Doing = people.pick([.ruling, .ruling, .ruling, .exit, .reorganisation])
        do {
            var number: Int64?
            switch doing {
            case .exit:
                number = try bank.exit(customer, firstTier: Scenario.firstTier, by: "os:close")?
                    .number
            case .reorganisation:
                number = try bank.reorganise(
                    customer, firstTier: Scenario.firstTier, to: code, manager: manager,
                    by: "os:close")?.number
            default:
                number = try bank.adjudicate(
                    customer, to: code, manager: manager, by: Scenario.judge, opinion: "simulated"
                ).record.number
            }
            note("office \(doing.rawValue) \(customer) \(number.map(String.init) ?? "–")")
            if number != nil { done[doing, default: 0] += 1 }
        } catch is Crash {
            officeCrashed()
            return
        } catch StoreError.diskFull {
            note("office disk full")
            return
        } catch let refusal as Refusal {
            note("office refuses the \(doing.rawValue): \(refusal.reason.rawValue)")
            return
        }
        try followRecords()
    }
}
