import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing
import Vault

/// However figures came and however often closing stopped: the first tier's close is that of a head
/// office that had everything in time, and that of the rules as they are written.
struct TierCleanRunTests {
    private static let outlets: [UnitCode] = [.wulin, .xihu, .gulou]
    private static let first = day("2025-11-20")
    private static let parameters = [
        ParameterSetting(
            name: "pot_min", scope: .bank, value: "60000", effectiveFrom: day("2025-12-10")),
        ParameterSetting(
            name: "pot_min", scope: .bank, value: "10000", effectiveFrom: day("2026-01-15")),
        ParameterSetting(
            name: "tgt_exit_months", scope: .bank, value: "1", effectiveFrom: day("2025-12-20")),
        ParameterSetting(
            name: "aad_method", scope: .firstTier(.zhejiang), value: "rolling_365",
            effectiveFrom: day("2026-01-25")),
    ]

    /// The accounts of some customers at several outlets, day by day.
    private struct History {
        let customers: [CustomerNumber]
        let days: Int
        /// By day since the first and outlet: new balances.
        var changes: [[UnitCode: [CustomerNumber: String]]] = []

        init(seed: UInt64, customers count: Int, days: Int) {
            var chance = SeededGenerator(seed: seed)
            let amounts = [
                "0", "5000", "9999.99", "10000", "49999.99", "50000", "60000", "99999.99",
                "100000", "250000", "500000", "-3",
            ]
            customers = (1...count).map { CustomerNumber("\(3_300_000_000 + $0)") }
            self.days = days
            for offset in 0..<days {
                var day: [UnitCode: [CustomerNumber: String]] = [:]
                for outlet in TierCleanRunTests.outlets {
                    for customer in customers
                    where chance.oneIn(offset == 0 ? 2 : offset < 5 ? 8 : 25) {
                        day[outlet, default: [:]][customer] = chance.one(of: amounts)
                    }
                }
                changes.append(day)
            }
        }

        func extract(
            _ offset: Int, at outlet: UnitCode, wrongly isWrong: Bool = false, sequence: Int = 1
        ) -> ExtractBuilder {
            var extract = ExtractBuilder(TierCleanRunTests.first + offset, outlet: outlet)
            extract.sequence = sequence
            for (customer, amount) in (changes[offset][outlet] ?? [:]).sorted(by: {
                $0.key < $1.key
            }) {
                extract = extract.holding(
                    customer, isWrong ? "123456.78" : amount, account: "A\(outlet)\(customer)")
            }
            return extract
        }

        func deliver(_ offsets: Range<Int>, to branch: TierBranch) throws {
            for outlet in TierCleanRunTests.outlets {
                try branch.outlets[outlet].takeAndClose(
                    offsets.map { extract($0, at: outlet) }, in: branch.outlets.files)
            }
            try branch.outlets.exchange()
        }
    }

    private func clean(_ history: History) throws -> TierBranch {
        let branch = try TierBranch(organisation: .made(parameters: Self.parameters))
        try history.deliver(0..<history.days, to: branch)
        try branch.close()
        return branch
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `late and corrected figures come to what a clean run says`(seed: UInt64) throws {
        let history = History(seed: seed, customers: 6, days: 75)
        let branch = try TierBranch(organisation: .made(parameters: Self.parameters))
        var chance = SeededGenerator(seed: seed &+ 7)
        var corrections: [(offset: Int, outlet: UnitCode)] = []
        for offset in 0..<history.days {
            for outlet in Self.outlets {
                let isWrong = chance.oneIn(15)
                try branch.outlets[outlet].takeAndClose(
                    [history.extract(offset, at: outlet, wrongly: isWrong)],
                    in: branch.outlets.files)
                if isWrong { corrections.append((offset, outlet)) }
                if chance.oneIn(2) { try branch.outlets.exchange([outlet]) }
            }
            if chance.oneIn(10), let (offset, outlet) = corrections.popLast() {
                try branch.outlets[outlet].takeAndClose(
                    [history.extract(offset, at: outlet, sequence: 2)], in: branch.outlets.files)
            }
            if chance.oneIn(3) { try branch.close() }
        }
        for (offset, outlet) in corrections {
            try branch.outlets[outlet].takeAndClose(
                [history.extract(offset, at: outlet, sequence: 2)], in: branch.outlets.files)
        }
        try branch.outlets.exchange()
        try branch.close()

        let differences = try TableDump.differences(branch.result(), clean(history).result())
        #expect(differences == [])
        #expect(try branch.due() == [])
        #expect(try branch.bank.verify(by: "t").isWhole)
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func `closing that stops again and again comes to what a clean run says`(seed: UInt64) throws {
        let history = History(seed: seed, customers: 6, days: 75)
        let branch = try TierBranch(organisation: .made(parameters: Self.parameters))
        var chance = SeededGenerator(seed: seed &+ 70)
        try history.deliver(0..<40, to: branch)
        for part in 0..<2 {
            if part == 1 { try history.deliver(40..<history.days, to: branch) }
            var isStopped = true
            while isStopped {
                branch.stops.stop(after: Int(chance.next() % 40))
                do {
                    try branch.close()
                    isStopped = false
                } catch is StoppingWorld.Stopped {}
                _ = branch.stops.goOn()
            }
        }

        let differences = try TableDump.differences(branch.result(), clean(history).result())
        #expect(differences == [])
    }

    /// More customers than share a commit, and a stop after any of these.
    @Test func `a date that was half closed is ended, and counts each customer once`() throws {
        let branch = try TierBranch()
        var extract = ExtractBuilder(day("2025-03-02"), outlet: .wulin)
        for number in 1...1_100 {
            let customer = CustomerNumber("\(3_300_000_000 + number)")
            extract = extract.holding(customer, "100000", account: "A\(customer)")
        }
        try branch.outlets[.wulin].takeAndClose([extract], in: branch.outlets.files)
        try branch.outlets.exchange()
        var ended = 0
        for moments in 0..<16 {
            let stops = StoppingWorld()
            let bank = try branch.bank.copiedInMemory(world: stops.world)
            stops.stop(after: moments)
            #expect(throws: StoppingWorld.Stopped.self) {
                try bank.closeDays(firstTier: .zhejiang, by: "t")
            }

            let closes = try bank.closeDays(firstTier: .zhejiang, by: "t")

            // Where the date itself was ended, only what comes after it was left.
            if let closed = closes.days.first {
                ended += 1
                #expect(closed.customers == 1_100 && closed.targetIn == 1_100, "\(moments)")
            }
            let view = try #require(try bank.customersView(of: .zhejiang, by: "hal").first)
            #expect(view.persons.pools == [.target: 1_100], "\(moments)")
        }
        #expect(ended > 12)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `the first tier's close is the rules, day by day and without a short cut`(
        seed: UInt64
    ) throws {
        let history = History(seed: seed &+ 40, customers: 60, days: 130)
        let branch = try clean(history)
        for customer in history.customers {
            let rows = try branch.standings(of: customer)
            var model = NaiveModel()
            var balances: [UnitCode: Fen] = [:]
            for offset in 0..<history.days {
                let today = Self.first + offset
                for (outlet, changed) in history.changes[offset] {
                    if let amount = changed[customer] { balances[outlet] = yuan(amount) }
                }
                guard !balances.isEmpty else { continue }
                let said = model.close(
                    today, balances.values.map { Holding(category: .deposit, balance: $0) },
                    RuleParameters(Self.parameters, on: today, firstTier: .zhejiang),
                    byHand: false)
                let row = try #require(rows.last { $0.date <= today })
                let differs =
                    row.pool != said.pool || row.poolSince != said.poolSince
                    || row.origin != said.origin || row.tier != said.tier
                    || row.tierSince != said.tierSince || row.belowSince != said.belowSince
                    || row.accumulated(through: today).rawValue != said.accumulated
                if differs {
                    Issue.record("\(customer) on \(today): \(row) is not \(said)")
                    return
                }
            }
        }
    }
}
