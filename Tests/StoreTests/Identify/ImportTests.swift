import Bank
import Feed
import Store
import TestSupport
import Testing

struct ImportTests {
    private let files: TemporaryDirectory
    private let node: NodeOnDisk
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        node = try NodeOnDisk()
        store = try node.open()
    }

    private static let first = ExtractBuilder(day("2025-03-01")).holding(.wang, "20000")
        .holding(.zhang, "5000")
    private static let second = ExtractBuilder(day("2025-03-02")).balanceRow(
        "A3300000001", "100000")

    private func take(_ extracts: ExtractBuilder...) throws -> [ImportedExtract] {
        try store.take(try extracts.map { try $0.write(to: files) }, by: "os:test")
    }

    @Test func `a correction replaces its own source's movements and leaves another's`() throws {
        let other = ExtractBuilder(day("2025-03-01")).with { $0.source = "CMS" }
            .movementRow("M1", account: "A3300000001", "7")
        let corrected = Self.first.with { $0.sequence = 2 }
            .movementRow("M1", account: "A3300000001", "8")

        let outcomes = try take(
            Self.first.movementRow("M1", account: "A3300000001", "1"), other, corrected,
            other.with { $0.sequence = 2 })

        #expect(outcomes.map(\.result) == [.taken, .taken, .taken, .taken])
    }

    @Test func `extracts are taken in the order of their dates, whatever their order`() throws {
        let outcomes = try take(Self.second, Self.first)

        #expect(outcomes.map(\.date) == [day("2025-03-01"), day("2025-03-02")])
        #expect(outcomes.map(\.result) == [.taken, .taken])
        #expect(outcomes[0].rows["balances.csv"] == 2)
    }

    @Test func `an extract taken twice changes nothing`() throws {
        _ = try take(Self.first, Self.second)
        let before = try node.dump()

        let outcomes = try take(Self.first, Self.second)

        #expect(outcomes.map(\.result) == [.alreadyTaken, .alreadyTaken])
        #expect(try node.dump() == before)
    }

    @Test(
        arguments: [
            (
                "the same sequence with other content",
                first.with { $0 = $0.balanceRow("A3300000001", "1") },
                ExtractFault("manifest.json", nil, .otherContent, ["sequence": "2"])
            ),
            (
                "an older sequence", first.with { $0.sequence = 1 },
                ExtractFault(
                    "manifest.json", nil, .olderSequence, ["sequence": "1", "latest": "2"])
            ),
            (
                "another outlet's", next.with { $0.outlet = .xihu },
                ExtractFault(
                    "manifest.json", nil, .anotherOutlet, ["found": "330102", "expected": "330101"])
            ),
            (
                "another first-tier branch's", next.with { $0.firstTier = .jiangsu },
                ExtractFault(
                    "manifest.json", nil, .anotherFirstTier, ["found": "32", "expected": "33"])
            ),
            (
                "an account of an unknown customer", next.accountRow("A9", of: .zhou),
                ExtractFault("accounts.csv", 2, .unknownCustomer, ["customer": "3300000003"])
            ),
            (
                "a balance of an unknown account", next.balanceRow("A9", "1"),
                ExtractFault("balances.csv", 2, .unknownAccount)
            ),
            (
                "a card of an unknown customer", next.cardRow("C9", of: .zhou),
                ExtractFault("cards.csv", 2, .unknownCustomer, ["customer": "3300000003"])
            ),
            (
                "a movement of an unknown account", next.movementRow("M1", account: "A9", "1"),
                ExtractFault("movements.csv", 2, .unknownAccount)
            ),
            (
                "a customer twice", next.customerRow(.zhou).customerRow(.zhou),
                ExtractFault("customers.csv", 3, .duplicateRow)
            ),
            (
                "an account twice",
                next.customerRow(.zhou).accountRow("A9", of: .zhou).accountRow("A9", of: .zhou),
                ExtractFault("accounts.csv", 3, .duplicateRow)
            ),
            (
                "a balance twice",
                next.balanceRow("A3300000001", "1").balanceRow("A3300000001", "2"),
                ExtractFault("balances.csv", 3, .duplicateRow)
            ),
            (
                "a card twice", next.cardRow("C9", of: .wang).cardRow("C9", of: .wang),
                ExtractFault("cards.csv", 3, .duplicateRow)
            ),
            (
                "a movement twice",
                next.movementRow("M1", account: "A3300000001", "1").movementRow(
                    "M1", account: "A3300000001", "1"),
                ExtractFault("movements.csv", 3, .duplicateRow)
            ),
            (
                "a negative loan",
                next.accountRow("L9", of: .wang, category: .loan, subcategory: "housing_loan")
                    .balanceRow("L9", "-0.01"),
                ExtractFault("balances.csv", 2, .negativeBalance, ["category": "loan"])
            ),
            (
                "an account of another customer", next.accountRow("A3300000001", of: .zhang),
                ExtractFault(
                    "accounts.csv", 2, .accountOfAnotherCustomer,
                    ["owner": "3300000001", "customer": "3300000002"])
            ),
            (
                "an account of another category",
                next.accountRow("A3300000001", of: .wang, category: .fund),
                ExtractFault("accounts.csv", 2, .accountChanged)
            ),
            (
                "another source's account",
                next.with { $0.source = "CMS" }.balanceRow("A3300000001", "1"),
                ExtractFault("balances.csv", 2, .accountOfAnotherSource, ["source": "ABIS"])
            ),
            (
                "a correction without an account that it brought",
                ExtractBuilder(day("2025-03-01")).with { $0.sequence = 3 }.holding(.wang, "1"),
                ExtractFault("accounts.csv", nil, .listedBefore, ["accounts": "1"])
            ),
            (
                "bytes that are not the manifest's",
                next.customerRow(.zhou).with {
                    $0.manifest = { $0.changeFile("customers.csv", "sha256", to: "00") }
                },
                ExtractFault("customers.csv", nil, .wrongHash)
            ),
        ] as [(String, ExtractBuilder, ExtractFault)])
    func `a refused extract says why and changes nothing`(
        name: String, extract: ExtractBuilder, fault: ExtractFault
    ) throws {
        _ = try take(Self.first.with { $0.sequence = 2 })
        _ = try store.closeDays(by: "os:test")
        let before = try node.dump()
        let refused =
            name.hasPrefix("the same sequence") ? extract.with { $0.sequence = 2 } : extract

        let outcomes = try take(refused)

        #expect(outcomes.map(\.result) == [.refused])
        #expect(outcomes[0].faults.list == [fault])
        #expect(try node.dump() == before)
    }

    private static let next = ExtractBuilder(day("2025-03-02"))

    @Test func `an extract of a date that has not come is refused, and taken when it has`() throws {
        let world = TestWorld()
        let node = try NodeOnDisk(world: world)
        let store = try node.open()
        let paths = [try Self.first.write(to: files), try Self.second.write(to: files)]
        world.today = day("2025-03-01")
        _ = try store.take([paths[0]], by: "os:test")
        let before = try node.dump()

        let early = try store.take([paths[1]], by: "os:test")
        #expect(
            early.flatMap(\.faults.list) == [
                ExtractFault(
                    "manifest.json", nil, .futureDate,
                    ["date": "2025-03-02", "today": "2025-03-01"])
            ])
        #expect(try node.dump() == before)

        world.today = day("2025-03-02")
        #expect(try store.take([paths[1]], by: "os:test").map(\.result) == [.taken])
    }

    @Test func `a correction may leave out what a later date says of an account before it counts`()
        throws
    {
        let later = Self.next.customerRow(.zhou).accountRow("A9", of: .zhou).balanceRow("A9", "7")
        let corrected = ExtractBuilder(day("2025-03-01")).with { $0.sequence = 2 }
            .holding(.wang, "20000").holding(.zhang, "5000")

        _ = try take(Self.first.customerRow(.zhou).accountRow("A9", of: .zhou), later)

        #expect(try take(corrected).map(\.result) == [.taken])
    }

    @Test
    func `a balance that came before its account was named counts from the date that names it`()
        throws
    {
        _ = try take(
            Self.first,
            ExtractBuilder(day("2025-03-03")).accountRow("A9", of: .wang).balanceRow("A9", "7"))
        _ = try take(ExtractBuilder(day("2025-03-02")).balanceRow("A9", "500000"))

        let closed = try store.closeDays(by: "os:test")

        #expect(closed.map(\.balance) == [yuan("25000"), yuan("25000"), yuan("25007")])
    }

    @Test func `every fault of the content is listed at once`() throws {
        let outcomes = try take(
            ExtractBuilder(day("2025-03-01")).accountRow("A1", of: .wang)
                .accountRow("A2", of: .zhang).balanceRow("A1", "1"))

        #expect(
            outcomes[0].faults.list == [
                ExtractFault("accounts.csv", 2, .unknownCustomer, ["customer": "3300000001"]),
                ExtractFault("accounts.csv", 3, .unknownCustomer, ["customer": "3300000002"]),
                ExtractFault("balances.csv", 2, .unknownAccount),
            ])
    }

    @Test func `the first refused extract ends the import and those before it stay`() throws {
        let third = ExtractBuilder(day("2025-03-03")).balanceRow("A3300000001", "1")

        let outcomes = try take(third, Self.second.balanceRow("A9", "1"), Self.first)

        #expect(outcomes.map(\.result) == [.taken, .refused])
        #expect(try store.lineState().lastExtract == day("2025-03-01"))
    }

    @Test func `an overdrawn deposit is kept and counts as nothing`() throws {
        _ = try take(ExtractBuilder(day("2025-03-01")).holding(.wang, "-50.00"))

        let closed = try store.closeDays(by: "os:test")

        #expect(closed.map(\.balance) == [yuan("-50")])
        #expect(try store.standings(by: "os:test").map(\.standing.assets) == [.none])
    }

    @Test func `more extracts than share a commit are all taken`() throws {
        let days = (0..<70).map { offset in
            ExtractBuilder(day("2025-03-01") + offset).with {
                $0 =
                    offset == 0 ? $0.holding(.wang, "1") : $0.balanceRow("A3300000001", "\(offset)")
            }
        }

        let outcomes = try store.take(try days.map { try $0.write(to: files) }, by: "os:test")

        #expect(outcomes.count == 70)
        #expect(Set(outcomes.map(\.result)) == [.taken])
    }
}
