import Bank

/// A small first-tier branch as the seed makes it: outlets, people, customers who bank at several
/// outlets, and what they have where on which day.
struct Scenario {
    static let firstTier: UnitCode = "33"
    /// An outlet without customers, whose node is not one of ours.
    static let strange: UnitCode = "331999"
    /// A Monday.
    static let firstDay = BusinessDay(daysSinceEpoch: 20_150)

    /// A customer with an account at each of some outlets.
    struct Client {
        let number: CustomerNumber
        let outlets: [Int]
        let openedOn: [BusinessDay]
        let hasCard: [Bool]
    }

    let outlets: [UnitCode]
    let organisation: Organisation
    let clients: [Client]
    let days: Int
    /// Yuan by outlet, client and day; what an extract says. A correction changes it afterwards.
    var balances: [[[Int]]]
    /// Every balance in half-fen that was ever said of outlet, client and day.
    private(set) var said: [[[Set<Int64>]]]

    init(seed: UInt64, outlets count: Int, days: Int) {
        var chance = Chance(seed, "scenario")
        self.days = days
        let outlets = (0..<count).map { UnitCode("33" + String(1001 + $0)) }
        self.outlets = outlets
        organisation = Self.organisation(outlets)
        clients = (0..<(count * 2 + 2)).map { index in
            let wanted = min(count, 1 + chance.below(4))
            var at: [Int] = []
            while at.count < wanted {
                let outlet = chance.below(count)
                if !at.contains(outlet) { at.append(outlet) }
            }
            at.sort()
            return Client(
                number: CustomerNumber("33000000" + String(1000 + index)), outlets: at,
                openedOn: at.map { _ in
                    BusinessDay(daysSinceEpoch: Int32(18_000 + chance.below(3) * 100))
                },
                hasCard: at.map { _ in chance.hits(perMille: 150) })
        }
        // Most are targets, some on the line, some below; few amounts, so that claims are level.
        let amounts = [100_000, 100_000, 300_000, 300_000, 500_000, 20_000, 99_999]
        let empty = Array(
            repeating: Array(repeating: Array(repeating: 0, count: days), count: clients.count),
            count: count)
        balances = empty
        for (client, person) in clients.enumerated() {
            for outlet in person.outlets {
                var amount = chance.pick(amounts)
                for day in 0..<days {
                    if day > 0, chance.hits(perMille: 120) { amount = chance.pick(amounts) }
                    balances[outlet][client][day] = amount
                }
            }
        }
        said = balances.map { $0.map { $0.map { [Int64($0) * 200] } } }
    }

    static func day(_ index: Int) -> BusinessDay { firstDay + index }

    /// The core system corrects what it said of a day.
    mutating func correct(_ outlet: Int, _ client: Int, _ day: Int, to amount: Int) {
        // It keeps until the next change, as an extract's balance does.
        let old = balances[outlet][client][day]
        for day in day..<days {
            guard balances[outlet][client][day] == old else { break }
            balances[outlet][client][day] = amount
            said[outlet][client][day].insert(Int64(amount) * 200)
        }
    }

    func manager(_ outlet: Int, _ number: Int) -> StaffID {
        StaffID("\(outlets[outlet])-M\(number)")
    }
    func supervisor(_ outlet: Int) -> StaffID { StaffID("\(outlets[outlet])-S") }
    func teller(_ outlet: Int) -> StaffID { StaffID("\(outlets[outlet])-T") }
    static let judge: StaffID = "33-J"

    private static func organisation(_ outlets: [UnitCode]) -> Organisation {
        let units =
            [
                Unit(code: "00", name: "总行", level: .headOffice, parent: nil),
                Unit(code: firstTier, name: "浙江省分行", level: .firstTier, parent: "00"),
            ]
            + (outlets + [strange]).map {
                Unit(code: $0, name: "网点\($0)", level: .outlet, parent: firstTier)
            }
        let staff =
            [Staff(id: judge, name: "J", unit: firstTier, roles: [.firstTierSupervisor])]
            + outlets.flatMap { outlet in
                [
                    Staff(id: StaffID("\(outlet)-M1"), name: "M1", unit: outlet, roles: [.manager]),
                    Staff(id: StaffID("\(outlet)-M2"), name: "M2", unit: outlet, roles: [.manager]),
                    Staff(
                        id: StaffID("\(outlet)-S"), name: "S", unit: outlet,
                        roles: [.outletSupervisor]),
                    Staff(id: StaffID("\(outlet)-T"), name: "T", unit: outlet, roles: [.teller]),
                ]
            }
        return Organisation(units: units, staff: staff)
    }
}
