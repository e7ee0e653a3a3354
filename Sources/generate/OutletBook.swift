import Bank

/// An outlet's customers and accounts as they stand, from which each day's extract is made.
///
/// Memory grows with the accounts, never with the days.
struct OutletBook {
    let plan: BranchPlan
    let outlet: Outlet
    let people: People
    private(set) var customers: [BookCustomer] = []
    var accounts: [BookAccount] = []
    /// Accounts with an entry today and their balance before it.
    private var touched: [(account: Int, before: Int64)] = []
    private var nextSerial: Int

    init(plan: BranchPlan, outlet: Outlet, people: People, clientele: Clientele) {
        self.plan = plan
        self.outlet = outlet
        self.people = people
        nextSerial = clientele.home + 1
    }

    /// The first date: everybody and everything that is there.
    mutating func open(_ members: [Member], into extract: DayExtract) {
        customers.reserveCapacity(members.count)
        accounts.reserveCapacity(members.count * 2)
        for member in members { admit(member, isOpening: true, extract) }
    }

    /// A later date: what changed.
    mutating func run(into extract: DayExtract) {
        var chance = Chance(
            plan.seed, .day, outlet.index, Int(extract.day.daysSinceEpoch) + 1_000_000)
        for index in customers.indices { changeCustomer(index, extract) }
        for index in accounts.indices where accounts[index].closedOn == nil {
            live(index, extract, &chance)
        }
        for _ in 0..<arrivals(on: extract, &chance) { arrive(extract) }
        writeBalances(extract)
    }

    /// New customers come on working days.
    private func arrivals(on extract: DayExtract, _ chance: inout Chance) -> Int {
        guard extract.weekday < 5 else { return 0 }
        let perMillion = plan.customers * BranchPlan.arrivalsPerThousand * 1_000 / 260
        return perMillion / 1_000_000
            + (chance.hits(perMillion: perMillion % 1_000_000) ? 1 : 0)
    }

    private mutating func arrive(_ extract: DayExtract) {
        guard nextSerial <= plan.serialsPerOutlet else { return }
        let member = Member(
            home: outlet.index, serial: nextSerial, rank: .home, isAnchored: false)
        nextSerial += 1
        admit(member, isOpening: false, extract)
    }

    mutating func add(_ customer: BookCustomer) { customers.append(customer) }

    mutating func lowerExpectations(of index: Int) {
        accounts[index].usual = max(accounts[index].usual / 20, .yuan(100))
    }

    /// Books an entry and writes it.
    mutating func post(
        _ entry: Entry, to index: Int, _ extract: DayExtract, _ chance: inout Chance
    ) {
        guard entry.amount != 0 else { return }
        if accounts[index].touchedOn != extract.day {
            accounts[index].touchedOn = extract.day
            touched.append((index, accounts[index].balance))
        }
        accounts[index].balance += entry.amount
        let second = entry.channel == .system ? 0 : chance.within(30_600...72_000)
        extract.write(entry, to: number(ofAccount: index), second: second)
    }

    private mutating func writeBalances(_ extract: DayExtract) {
        touched.sort { $0.account < $1.account }
        for (index, before) in touched where accounts[index].balance != before {
            extract.write(balance: accounts[index].balance, of: number(ofAccount: index))
        }
        touched.removeAll(keepingCapacity: true)
    }

    func write(account index: Int, _ extract: DayExtract) {
        extract.write(
            accounts[index], number: number(ofAccount: index),
            of: people.number(of: customers[Int(accounts[index].customer)].member))
    }

    /// 19 digits: `19`, the outlet, the kind of account, the place in the book, a Luhn digit.
    func number(ofAccount index: Int) -> String {
        let digits =
            "19" + outlet.code.rawValue + padded(Int(accounts[index].product) + 1, 2)
            + padded(index + 1, 8)
        return digits + String(CheckDigit.luhn(of: digits))
    }

    /// 19 digits: the bank's prefix, the outlet, the customer's place in the book, a Luhn digit.
    func number(ofCardOf index: Int) -> String {
        let digits = "622848" + outlet.code.rawValue + padded(index + 1, 6)
        return digits + String(CheckDigit.luhn(of: digits))
    }
}
