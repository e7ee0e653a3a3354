import Bank
import Store
import TestSupport
import Testing

/// However the extracts came and however often the close was interrupted: the same as a node that
/// had everything and never stopped.
struct CleanRunTests {
    private static let derived = ["standing", "latestStanding", "dayClose"]
    /// When a row was written, and in which order, not what it says; and what a close need not know.
    private static let order: Set = ["sequence", "secondLargest"]

    /// Some weeks of few customers whose balances hug the lines, over a year's end, with several
    /// accounts of each, an opened and a closed one, cards that come and go, a changed name, two
    /// numbers that become one, and days without an extract.
    private static func weeks(seed: UInt64) -> [ExtractBuilder] {
        var chance = SeededGenerator(seed: seed &+ 31)
        let others: [(prefix: String, category: Category, currency: String)] = [
            ("B", .loan, "CNY"), ("C", .wealth, "CNY"), ("D", .deposit, "USD"),
        ]
        let amounts = ["0", "5000", "10000", "40000", "99999.99", "600000"]
        var extracts = weeksOfOneAccountEach(seed: seed)
        for index in extracts.indices {
            for number in 1...6 {
                for other in others where index == 0 || chance.oneIn(8) {
                    let account = "\(other.prefix)330000000\(number)"
                    if index == 0 {
                        extracts[index] = extracts[index].accountRow(
                            account, of: CustomerNumber("330000000\(number)"),
                            category: other.category, currency: other.currency)
                    }
                    extracts[index] = extracts[index].balanceRow(account, chance.one(of: amounts))
                }
            }
        }
        extracts[20] = extracts[20].customerRow("3300000006", mergedInto: "3300000005")
        return extracts
    }

    private static func weeksOfOneAccountEach(seed: UInt64) -> [ExtractBuilder] {
        var chance = SeededGenerator(seed: seed)
        let amounts = [
            "0", "9999.99", "10000", "50000", "99999.99", "100000", "500000", "1200000", "-3",
        ]
        var extracts: [ExtractBuilder] = []
        var first = ExtractBuilder(day("2025-11-20"))
        for index in 1...6 {
            first = first.holding(
                CustomerNumber("330000000\(index)"), chance.one(of: amounts))
        }
        extracts.append(first.cardRow("C1", of: .wang).customerRow("3300000007"))
        for offset in 1..<75 where !chance.oneIn(4) {
            var extract = ExtractBuilder(day("2025-11-20") + offset)
            for index in 1...6 where chance.oneIn(12) {
                extract = extract.balanceRow("A330000000\(index)", chance.one(of: amounts))
            }
            if chance.oneIn(8) {
                extract = extract.cardRow(
                    "C1", of: .wang, status: chance.one(of: ["active", "lost"]))
            }
            if chance.oneIn(8) { extract = extract.customerRow(.zhang, name: "张\(offset)") }
            if chance.oneIn(10) {
                extract = extract.accountRow(
                    "A3300000004", of: "3300000004",
                    closedOn: chance.one(of: ["", "2025-12-31", "2026-01-10"]))
            }
            if offset == 30 {
                extract = extract.customerRow("3300000008").accountRow("N1", of: "3300000008")
                    .balanceRow("N1", "100000")
            }
            extracts.append(extract)
        }
        return extracts
    }

    private static let parameters = [
        ParameterSetting(
            name: "pot_min", scope: .bank, value: "60000", effectiveFrom: day("2025-12-10")),
        ParameterSetting(
            name: "pot_min", scope: .bank, value: "10000", effectiveFrom: day("2026-01-15")),
        ParameterSetting(
            name: "tgt_exit_months", scope: .bank, value: "1", effectiveFrom: day("2025-12-20")),
        ParameterSetting(
            name: "aad_method", scope: .bank, value: "rolling_365",
            effectiveFrom: day("2026-01-05")),
        ParameterSetting(
            name: "weight_loan", scope: .bank, value: "2", effectiveFrom: day("2026-01-20")),
    ]

    private struct Run {
        let node: NodeOnDisk
        let store: BranchStore
        let files: TemporaryDirectory

        init(_ parameters: [ParameterSetting] = CleanRunTests.parameters) throws {
            node = try NodeOnDisk(organisation: .made(parameters: parameters))
            store = try node.open()
            files = try TemporaryDirectory()
        }

        @discardableResult
        func take(_ extracts: [ExtractBuilder]) throws -> [ImportedExtract] {
            let outcomes = try store.take(try extracts.map { try $0.write(to: files) }, by: "t")
            try #require(outcomes.allSatisfy { $0.result != .refused })
            return outcomes
        }

        func close(through last: BusinessDay? = nil) throws {
            _ = try store.closeDays(through: last, by: "t")
        }

        func result(
            without columns: Set<String> = CleanRunTests.order
        ) throws -> [String: [String]] {
            try node.dump().comparing(CleanRunTests.derived, without: columns)
        }
    }

    private static func clean(_ extracts: [ExtractBuilder]) throws -> [String: [String]] {
        let run = try Run()
        try run.take(extracts)
        try run.close()
        return try run.result()
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `closing day by day as extracts come is a clean run`(seed: UInt64) throws {
        let extracts = Self.weeks(seed: seed)
        let run = try Run()

        for extract in extracts {
            try run.take([extract])
            try run.close()
        }

        let differences = try TableDump.differences(run.result(), Self.clean(extracts))
        #expect(differences == [])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `going from the last standing finds what reading every account on every day finds`(
        seed: UInt64
    ) throws {
        let extracts = Self.weeks(seed: seed)
        // A parameter that no rule of a close asks for: another one has everybody read anew.
        let anew = (0..<90).map {
            ParameterSetting(
                name: "book_cap", scope: .bank, value: String(300 + $0),
                effectiveFrom: extracts[0].date + $0)
        }
        let columns = Self.order.union(["reviewOn"])
        let (run, plain) = (try Run(), try Run(Self.parameters + anew))
        for run in [run, plain] {
            try run.take(extracts)
            try run.close()
        }

        let differences = try TableDump.differences(
            run.result(without: columns), plain.result(without: columns))
        #expect(differences == [])
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `closing in groups with a stop after any of them is a clean run`(seed: UInt64) throws {
        let extracts = Self.weeks(seed: seed)
        var chance = SeededGenerator(seed: seed &+ 99)
        let run = try Run()
        try run.take(extracts)

        var last = extracts[0].date
        let end = extracts[extracts.count - 1].date
        while last < end {
            last = min(end, last + Int.random(in: 1...20, using: &chance))
            try run.close(through: last)
        }

        let differences = try TableDump.differences(run.result(), Self.clean(extracts))
        #expect(differences == [])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a higher sequence replaces its date and closing again is a clean run`(
        seed: UInt64
    ) throws {
        let extracts = Self.weeks(seed: seed)
        var chance = SeededGenerator(seed: seed &+ 7)
        let index = Int.random(in: 1..<extracts.count, using: &chance)
        // The corrected extract has other balances and no longer says what the first one said.
        let corrected = ExtractBuilder(extracts[index].date).with { $0.sequence = 2 }
            .balanceRow("A3300000002", "150000").balanceRow("A3300000003", "9999.99")
            .accountRow("N1", of: "3300000008").customerRow("3300000008")
        let run = try Run()
        try run.take(extracts)
        try run.close()

        try run.take([corrected])
        try run.close()

        var expected = extracts
        expected[index] = corrected
        let differences = try TableDump.differences(run.result(), Self.clean(expected))
        #expect(differences == [])
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `an extract that comes late for an estimated date gives a clean run`(
        seed: UInt64
    ) throws {
        let extracts = Self.weeks(seed: seed)
        let have = Set(extracts.map(\.date))
        let missed = (extracts[0].date...extracts[extracts.count - 1].date).days
            .filter { !have.contains($0) }
        var chance = SeededGenerator(seed: seed)
        let late = ExtractBuilder(chance.one(of: missed)).balanceRow("A3300000001", "99999.99")
            .balanceRow("A3300000005", "1000000").cardRow("C1", of: .zhang)
        let run = try Run()
        try run.take(extracts)
        try run.close()

        try run.take([late])
        try run.close()

        let expected = (extracts + [late]).sorted { $0.date < $1.date }
        let differences = try TableDump.differences(run.result(), Self.clean(expected))
        #expect(differences == [])
    }

    @Test func `a changed parameter reaches a customer whose record changed only later`() throws {
        let run = try Run()
        try run.take([
            ExtractBuilder(day("2025-11-20")).holding(.wang, "50000"),
            ExtractBuilder(day("2026-01-10")).customerRow(.wang, name: "王大明"),
            ExtractBuilder(day("2026-01-31")),
        ])

        // From 10 December the line is 60,000, from 15 January 10,000 again.
        try run.close(through: day("2025-12-31"))
        #expect(
            try run.store.standings(by: "t").map(\.standing.lastAtMinimum) == [day("2025-12-09")])
        try run.close()
        #expect(try run.store.standings(by: "t").map(\.standing.pool) == [.potential])
    }

    @Test func `a correction closes the later dates again in its own transaction`() throws {
        let run = try Run()
        try run.take([
            ExtractBuilder(day("2025-03-01")).holding(.wang, "1"),
            ExtractBuilder(day("2025-03-02")).balanceRow("A3300000001", "2"),
            ExtractBuilder(day("2025-03-03")).balanceRow("A3300000001", "3"),
        ])
        try run.close()

        let outcomes = try run.take([
            ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
                .balanceRow("A3300000001", "20000")
        ])

        #expect(outcomes.map(\.closedAgain) == [[day("2025-03-02"), day("2025-03-03")]])
        #expect(try run.store.lastClosed() == day("2025-03-03"))
        #expect(try run.store.standings(by: "t").map(\.standing.pool) == [.potential])
    }
}
