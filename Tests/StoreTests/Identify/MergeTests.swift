import Bank
import Feed
import Store
import TestSupport
import Testing

/// CIF merges customer numbers of one person.
struct MergeTests {
    private let files: TemporaryDirectory
    private let node: NodeOnDisk
    private let store: BranchStore

    init() throws {
        files = try TemporaryDirectory()
        node = try NodeOnDisk()
        store = try node.open()
    }

    private static let first = ExtractBuilder(day("2025-03-01")).holding(.wang, "60000")
        .holding(.zhang, "50000").holding(.zhou, "20000")
    private static let merging = ExtractBuilder(day("2025-03-02"))
        .customerRow(.zhang, mergedInto: .wang)
    private static let next = ExtractBuilder(day("2025-03-03"))
    /// What is sealed anew each time it is written, and when a row was.
    private static let sealed: Set = [
        "sequence", "name", "idNumber", "birthDate", "mobile", "address", "employer",
    ]

    private func take(_ extracts: ExtractBuilder...) throws -> [ImportedExtract] {
        try store.take(try extracts.map { try $0.write(to: files) }, by: "os:test")
    }

    private func close(_ extracts: ExtractBuilder...) throws {
        try store.takeAndClose(extracts, in: files)
    }

    private func assets() throws -> [HalfFen] {
        try store.standings(by: "os:test").map(\.standing.assets.financial)
    }

    @Test func `the accounts of a merged number count for the one that is left, from its date on`()
        throws
    {
        try close(Self.first)
        #expect(
            try store.standings(by: "t").map(\.standing.pool) == [
                .potential, .potential, .potential,
            ])

        try close(Self.merging)

        let standings = try store.standings(by: "t").map(\.standing)
        #expect(standings.map(\.pool) == [.target, .potential, .potential])
        #expect(try assets() == [yuan("110000").halves, .zero, yuan("20000").halves])
        #expect(try store.totals().accounts == 3)
        try close(Self.next.balanceRow("A3300000002", "70000"))
        #expect(try assets() == [yuan("130000").halves, .zero, yuan("20000").halves])
    }

    @Test func `the old number opens the customer under the new one`() throws {
        try close(Self.first, Self.merging)

        let view = try store.customer(.zhang, by: "t")

        #expect(view.customer.number == .wang)
        #expect(view.mergedNumbers == [.zhang])
        #expect(view.accounts.map(\.balance) == [yuan("60000"), yuan("50000")])
        #expect(try store.survivor(of: .zhang) == .wang)
        #expect(try store.survivor(of: .wang) == nil)
        let search = try store.owners(by: CustomerNumber.zhang.rawValue, actor: "t")
        #expect(search.found.map(\.owner.customer) == [.wang])
    }

    @Test func `an account moves to the number that is left, and to no other`() throws {
        try close(Self.first)
        let early = Self.merging.with {
            $0 = ExtractBuilder(day("2025-03-02")).accountRow("A3300000002", of: .wang)
        }
        let before = try node.dump()
        #expect(
            try take(early).flatMap(\.faults.list) == [
                ExtractFault(
                    "accounts.csv", 2, .accountOfAnotherCustomer,
                    ["owner": "3300000002", "customer": "3300000001"])
            ])
        #expect(try node.dump() == before)

        try close(Self.merging.accountRow("A3300000002", of: .wang))
        #expect(try assets() == [yuan("110000").halves, .zero, yuan("20000").halves])
        #expect(
            try take(Self.next.accountRow("A3300000002", of: .zhou)).flatMap(\.faults.list) == [
                ExtractFault(
                    "accounts.csv", 2, .accountOfAnotherCustomer,
                    ["owner": "3300000002", "customer": "3300000003"])
            ])
    }

    @Test func `a chain of merges ends at the last number`() throws {
        try close(
            Self.first, Self.merging,
            Self.next.customerRow(.wang, mergedInto: .zhou))

        #expect(try assets() == [.zero, .zero, yuan("130000").halves])
        #expect(try store.survivor(of: .zhang) == .zhou)
        // CIF may say again what follows from both.
        try close(
            ExtractBuilder(day("2025-03-04")).customerRow(.zhang, mergedInto: .zhou))
        #expect(try store.customer(.zhang, by: "t").mergedNumbers == [.wang, .zhang])
    }

    @Test func `the number that is left may stand on a later line`() throws {
        let outcomes = try take(
            Self.first,
            Self.merging.with { $0 = ExtractBuilder(day("2025-03-02")) }
                .customerRow(.zhou, mergedInto: "3300000004").customerRow("3300000004"))

        #expect(outcomes.map(\.result) == [.taken, .taken])
        #expect(try store.survivor(of: .zhou) == "3300000004")
    }

    @Test(
        arguments: [
            (
                next.customerRow(.wang, mergedInto: .wang),
                ExtractFault(
                    "customers.csv", 2, .mergedInCircle,
                    ["customer": "3300000001", "into": "3300000001"])
            ),
            (
                next.customerRow(.wang, mergedInto: .zhang),
                ExtractFault(
                    "customers.csv", 2, .mergedInCircle,
                    ["customer": "3300000001", "into": "3300000002"])
            ),
            (
                next.customerRow(.zhang, mergedInto: .zhou),
                ExtractFault(
                    "customers.csv", 2, .mergedElsewhere,
                    ["customer": "3300000002", "into": "3300000003", "before": "3300000001"])
            ),
        ] as [(ExtractBuilder, ExtractFault)])
    func `a merge that cannot be is refused and changes nothing`(
        extract: ExtractBuilder, fault: ExtractFault
    ) throws {
        try close(Self.first, Self.merging)
        let before = try node.dump()

        let outcomes = try take(extract)

        #expect(outcomes.map(\.result) == [.refused])
        #expect(outcomes[0].faults.list == [fault])
        #expect(try node.dump() == before)
    }

    @Test func `a date that is sent again without the merge is a clean run without it`() throws {
        let corrected = ExtractBuilder(day("2025-03-02")).with { $0.sequence = 2 }
            .balanceRow("A3300000003", "30000")
        let last = Self.next.balanceRow("A3300000002", "90000")
        try close(Self.first, Self.merging, last)
        #expect(try store.survivor(of: .zhang) == .wang)

        try close(corrected)

        let clean = try NodeOnDisk()
        try clean.open().takeAndClose([Self.first, corrected, last], in: files)
        let tables = ["standing", "dayClose", "customerMerge"]
        let differences = TableDump.differences(
            try node.dump().comparing(tables, without: ["sequence"]),
            try clean.dump().comparing(tables, without: ["sequence"]))
        #expect(differences == [])
        #expect(try store.survivor(of: .zhang) == nil)
    }

    @Test func `a correction that merges is a clean run with the merge`() throws {
        let corrected = Self.merging.with { $0.sequence = 2 }
        // The later row is what stays known of the old number.
        let last = Self.next.balanceRow("A3300000002", "90000").customerRow(.zhang, name: "张三")
        try close(Self.first, ExtractBuilder(day("2025-03-02")), last)

        try close(corrected)

        let clean = try NodeOnDisk()
        try clean.open().takeAndClose([Self.first, corrected, last], in: files)
        let tables = ["standing", "dayClose", "customerMerge", "customer"]
        let differences = TableDump.differences(
            try node.dump().comparing(tables, without: Self.sealed),
            try clean.dump().comparing(tables, without: Self.sealed))
        #expect(differences == [])
    }

    @Test func `two merges that make a chain may stand in either order`() throws {
        try close(Self.first, Self.merging)

        try close(
            Self.next.customerRow(.zhang, mergedInto: .zhou).customerRow(.wang, mergedInto: .zhou))

        #expect(try store.survivor(of: .zhang) == .zhou)
        #expect(try assets() == [.zero, .zero, yuan("130000").halves])
    }

    @Test func `a merge into a number that is not known here counts once the number is`() throws {
        let unseen: CustomerNumber = "3300000004"
        try close(Self.first, Self.next.customerRow(.zhou, mergedInto: unseen))
        #expect(try assets()[2] == yuan("20000").halves)
        #expect(try store.survivor(of: .zhou) == nil)

        let appears = ExtractBuilder(day("2025-03-05")).holding(unseen, "50000")
        try close(appears)

        #expect(try store.survivor(of: .zhou) == unseen)
        #expect(try assets() == ["60000", "50000", "0", "70000"].map { yuan($0).halves })
        let clean = try NodeOnDisk()
        try clean.open().takeAndClose(
            [Self.first, Self.next.customerRow(.zhou, mergedInto: unseen), appears], in: files)
        let tables = ["standing", "dayClose", "customerMerge"]
        let differences = TableDump.differences(
            try node.dump().comparing(tables, without: ["sequence"]),
            try clean.dump().comparing(tables, without: ["sequence"]))
        #expect(differences == [])
    }

    @Test func `a later row of the old number does not undo the merge`() throws {
        try close(Self.first, Self.merging, Self.next.customerRow(.zhang, name: "张三"))

        #expect(try assets() == [yuan("110000").halves, .zero, yuan("20000").halves])
        #expect(try store.survivor(of: .zhang) == .wang)
    }

    @Test func `where both numbers have an owner, the supervisors and managers are told`() throws {
        let rich = ExtractBuilder(day("2025-03-01")).holding(.wang, "200000")
            .holding(.zhang, "200000")
        try close(rich)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        _ = try store.assign([.zhang], to: .ben, by: .eve)

        try close(Self.merging)

        for member in [StaffID.eve, .ada, .ben] {
            let told = try store.reminders(of: member).filter { $0.kind == .customerMerged }
            #expect(told.map(\.customer) == [.wang])
            #expect(
                told.map(\.facts) == [
                    ["merged": "3300000002", "owner": "ben · 330101", "other": "ada · 330101"]
                ])
        }
    }

    @Test func `nobody is told where one manager owns both, or nobody the old number`() throws {
        let rich = ExtractBuilder(day("2025-03-01")).holding(.wang, "200000")
            .holding(.zhang, "200000").holding(.zhou, "1")
        try close(rich)
        _ = try store.assign([.wang, .zhang], to: .ada, by: .eve)

        try close(Self.merging.customerRow(.zhou, mergedInto: .wang))

        #expect(try store.reminders(of: .eve).filter { $0.kind == .customerMerged } == [])
    }

    @Test func `a refusal under the old number is the person's, until an agreement lifts it`()
        throws
    {
        try close(Self.first)
        _ = try store.note(.refused, of: .zhang, by: .eve)
        #expect(try store.marketingHold(on: .wang) == nil)

        try close(Self.merging)

        #expect(try store.marketingHold(on: .wang) == .refused)
        // Also in an edit of the number that is left, as other outlets get it; who heard it stays.
        func written() throws -> [CustomerNumber] {
            try store.profile(of: .zhang, by: "t").history.map(\.customer)
        }
        #expect(try written() == [.wang, .zhang])
        _ = try store.note(.agreed, of: .zhang, by: .eve, because: "书面同意")
        try close(Self.next)
        #expect(try store.marketingHold(on: .zhang) == nil)
        #expect(try written() == [.wang, .wang, .zhang])
    }

    @Test func `a chain of merges brings back no refusal that was lifted`() throws {
        try close(Self.first)
        _ = try store.note(.refused, of: .zhang, by: .eve)
        try close(Self.merging)
        _ = try store.note(.agreed, of: .wang, by: .eve, because: "书面同意")

        try close(Self.next.customerRow(.wang, mergedInto: .zhou))

        #expect(try store.marketingHold(on: .zhou) == nil)
        #expect(try store.profile(of: .zhou, by: "t").history.count == 3)
    }

    @Test func `what was recorded under the old number is the customer's, and stays its manager's`()
        throws
    {
        try close(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "200000").holding(.zhang, "200000"))
        _ = try store.assign([.wang], to: .ada, by: .eve)
        _ = try store.assign([.zhang], to: .ben, by: .eve)
        _ = try store.addContact(with: .zhang, by: .ben, way: .call, note: "回访")
        _ = try store.edit(.hobbies, of: .zhang, to: "围棋", by: .ben)
        #expect(try !store.ownsMerged(.ben, .wang))

        try close(Self.merging)

        // Until it is decided whose the customer is, both look after them.
        #expect(try store.ownsMerged(.ben, .wang) && !store.ownsMerged(.ada, .wang))
        let added = try store.addContact(
            with: .zhang, by: .ben, way: .call, note: "再访", followUpOn: day("2025-03-03"))
        #expect(added.customer == .wang)
        #expect(try store.reminders(of: .ben).map(\.kind).contains(.followUp))
        #expect(try !store.reminders(of: .ada).map(\.kind).contains(.followUp))
        let view = try store.customer(.zhang, by: "t")
        #expect(view.contacts.map(\.note).sorted() == ["再访", "回访"])
        #expect(view.profile[.hobbies] == "围棋")
        _ = try store.edit(.hobbies, of: .wang, to: "书法", by: .ben)
    }

    @Test func `the last contact in a list is of every number that is the customer's`() throws {
        try close(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "200000").holding(.zhang, "200000"))
        _ = try store.assign([.wang], to: .ada, by: .eve)
        _ = try store.assign([.zhang], to: .ben, by: .eve)
        _ = try store.addContact(with: .zhang, by: .ben, way: .call, note: "回访")
        func last() throws -> [BusinessDay?] {
            try store.customers(of: .ada, by: "t").map(\.lastContact)
        }
        #expect(try last() == [nil])

        try close(Self.merging)

        #expect(try last() == [day("2025-03-02")])
    }

    @Test func `what was merged elsewhere in the end is not the number's between`() throws {
        try close(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "200000").holding(.zhang, "200000")
                .holding(.zhou, "1"))
        _ = try store.assign([.zhang], to: .ben, by: .eve)
        _ = try store.addContact(with: .zhang, by: .ben, way: .call, note: "回访")
        let third = Self.next.customerRow(.wang, mergedInto: .zhou)
        try close(
            Self.merging, third,
            ExtractBuilder(day("2025-03-04")).customerRow(.zhang, mergedInto: .zhou))

        try close(Self.next.with { $0.sequence = 2 })

        #expect(try !store.ownsMerged(.ben, .wang) && store.ownsMerged(.ben, .zhou))
        #expect(try store.customer(.wang, by: "t").contacts.isEmpty)
        #expect(try store.customer(.zhou, by: "t").contacts.count == 1)
    }

    @Test func `a number that is no more is neither assigned nor added by hand`() throws {
        try close(Self.first, Self.merging)

        #expect(
            try store.assign([.zhang], to: .ada, by: .eve).map(\.refusal) == [
                Refusal(.customerMerged, ["customer": "3300000002", "into": "3300000001"])
            ])
        #expect(
            throws: Refusal(.customerMerged, ["customer": "3300000002", "into": "3300000001"])
        ) {
            try store.addTarget(.zhang, by: .ada, because: "x")
        }
        #expect(try store.pendingCustomers().map(\.number) == [.wang])
    }
}
