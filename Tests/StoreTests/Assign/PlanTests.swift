import Bank
import Store
import Synchronization
import TestSupport
import Testing
import Vault

/// Assignment by rule: the preview, and doing what it says.
struct PlanTests {
    private let files: TemporaryDirectory
    private let store: BranchStore
    /// Targets with 100,000, 200,000 … yuan, the first with the least.
    private static let customers: [CustomerNumber] = ["41", "42", "43", "44", "45"]

    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose([Self.extract(Self.customers)], in: files)
    }

    /// Wang is beside them, a customer and no target.
    private static func extract(_ customers: [CustomerNumber]) -> ExtractBuilder {
        customers.enumerated().reduce(
            ExtractBuilder(day("2025-03-01")).holding(.wang, "20000")
        ) { extract, customer in
            extract.holding(customer.element, "\(customer.offset + 1)00000")
        }
    }

    private func plan(
        _ scope: AssignmentScope = .all(.all), _ rule: Distribution.Rule = .count,
        to managers: [StaffID] = [.ada, .ben], suggested: Bool = false
    ) throws -> AssignmentPlan {
        try store.planAssignment(
            of: scope, evenly: rule, among: managers, followingSuggestions: suggested, by: .eve)
    }

    private func owners() throws -> [StaffID?] {
        try Self.customers.map { try store.ownership(of: $0).owner?.manager }
    }

    @Test func `a preview says who would get whom and changes nothing`() throws {
        let plan = try plan()

        // The largest first, each to the smaller book, then to the one with less.
        #expect(
            plan.shares.map(\.manager) == [.ada, .ada, .ben, .ben, .ada])
        #expect(plan.shares.map(\.customer) == Self.customers)
        #expect(plan.books.map(\.manager.id) == [.ada, .ben])
        #expect(plan.books.map(\.before) == [.empty, .empty])
        #expect(plan.books.map(\.after.customers) == [3, 2])
        #expect(plan.books.map(\.after.assets) == [HalfFen(160_000_000), HalfFen(140_000_000)])
        #expect(plan.books.map(\.isOverCap) == [false, false])
        #expect(plan.date == day("2025-03-02"))
        #expect(try owners() == [nil, nil, nil, nil, nil])
        #expect(try store.reminders(of: .ada) == [])
    }

    @Test func `what was previewed is what is done, and each manager is reminded`() throws {
        let plan = try plan()

        let results = try store.assign(plan.shares, by: .eve)

        #expect(results.allSatisfy { $0.refusal == nil && $0.claim != nil })
        #expect(results.map(\.customer) == plan.shares.map(\.customer))
        #expect(try owners() == plan.shares.map(\.manager))
        #expect(try store.books().map(\.size) == plan.books.map(\.after))
        #expect(try store.pendingCustomers().isEmpty)
        #expect(try store.reminders(of: .ada).map(\.kind) == [.assigned, .assigned, .assigned])
        #expect(try store.reminders(of: .ben).map(\.kind) == [.assigned, .assigned])
    }

    @Test func `what changed since the preview is refused for that customer alone`() throws {
        let plan = try plan()
        // Ben's by the preview, Ada's meanwhile.
        _ = try store.assign(["44"], to: .ada, by: .eve)

        let results = try store.assign(plan.shares, by: .eve)

        #expect(
            results.map(\.refusal) == [
                nil, nil, nil,
                Refusal(.ownedHere, ["customer": "44", "outlet": "330101", "manager": "ada"]),
                nil,
            ])
        #expect(try owners() == [.ada, .ada, .ben, .ada, .ada])
    }

    @Test func `a manager who no longer is one gets nobody, the others get theirs`() throws {
        let results = try store.assign(
            [
                AssignmentShare(customer: "41", manager: .ida),
                AssignmentShare(customer: "42", manager: .ben),
                AssignmentShare(customer: "43", manager: .cai),
            ], by: .eve)

        #expect(
            results.map(\.refusal) == [
                Refusal(.inactiveStaff, ["staff": "ida"]), nil,
                Refusal(.managerElsewhere, ["staff": "cai", "outlet": "330102"]),
            ])
        #expect(try owners() == [nil, .ben, nil, nil, nil])
    }

    @Test
    func `the books of now count, and chosen ones who do not await are refused in the preview`()
        throws
    {
        _ = try store.assign(["45", "44"], to: .ada, by: .eve)

        let plan = try plan(.chosen(["41", "45", "42", "43", .wang, "9", "41"]))

        #expect(plan.shares.map(\.customer) == ["41", "42", "43"])
        // Ada begins with two.
        #expect(plan.books.map(\.before.customers) == [2, 0])
        #expect(plan.books.map(\.after.customers) == [2, 3])
        let refused = plan.rows.compactMap { row -> Refusal? in
            guard case .refused(let refusal) = row.fate else { return nil }
            return refusal
        }
        #expect(
            refused == [
                Refusal(.notTarget, ["customer": "3300000001", "pool": "potential"]),
                Refusal(.ownedHere, ["customer": "45", "outlet": "330101", "manager": "ada"]),
                Refusal(.unknownCustomer, ["customer": "9"]),
            ])
    }

    /// In force from the date being worked on.
    @Test func `above the cap is a warning and no refusal`() throws {
        let store = try BranchStore.alone(
            organisation: .made(parameters: [
                ParameterSetting(
                    name: "book_cap", scope: .bank, value: "2", effectiveFrom: day("2025-03-02"))
            ]))
        try store.takeAndClose([Self.extract(Self.customers)], in: files)

        let plan = try store.planAssignment(
            of: .all(.all), evenly: .count, among: [.ada, .ben], by: .eve)
        let results = try store.assign(plan.shares, by: .eve)

        #expect(plan.books.map(\.cap) == [2, 2])
        #expect(plan.books.map(\.isOverCap) == [true, false])
        #expect(results.allSatisfy { $0.refusal == nil })
    }

    @Test func `a tier alone is divided, those without one as well`() throws {
        // At the month's end those with an average at the floor have a tier.
        try store.takeAndClose([ExtractBuilder(day("2025-03-31"))], in: files)
        let tiers = try store.pendingCustomers().sorted { $0.number < $1.number }.map(\.tier)

        for filter in TierFilter.allCases {
            #expect(
                try plan(.all(filter)).shares.map(\.customer)
                    == zip(Self.customers, tiers).filter { filter.holds($0.1) }.map(\.0))
        }
        #expect(Set(tiers).count > 1)
    }

    @Test(
        arguments: [
            ("a manager", StaffID.ada, StaffID.ada, Refusal(.notAllowed, ["staff": "ada"])),
            ("a teller", .tom, .ada, Refusal(.notAllowed, ["staff": "tom"])),
            ("another outlet's supervisor", .sun, .ada, Refusal(.notAllowed, ["staff": "sun"])),
            ("the first-tier supervisor", .fay, .ada, Refusal(.notAllowed, ["staff": "fay"])),
            ("to one who left", .eve, .ida, Refusal(.inactiveStaff, ["staff": "ida"])),
            ("to a teller", .eve, .tom, Refusal(.notAManager, ["staff": "tom"])),
            (
                "to another outlet's manager", .eve, .cai,
                Refusal(.managerElsewhere, ["staff": "cai", "outlet": "330102"])
            ),
        ] as [(String, StaffID, StaffID, Refusal)])
    func `who may not plan, or get anybody, is refused`(
        name: String, supervisor: StaffID, manager: StaffID, refusal: Refusal
    ) throws {
        #expect(throws: refusal) {
            try store.planAssignment(
                of: .all(.all), evenly: .count, among: [manager], by: supervisor)
        }
        guard supervisor != .eve else { return }
        #expect(throws: refusal) { try store.pendingPool(by: supervisor) }
        #expect(throws: refusal) { try store.ownedElsewhere(by: supervisor) }
        #expect(throws: refusal) {
            try store.assign([AssignmentShare(customer: "41", manager: .ada)], by: supervisor)
        }
        #expect(try owners() == [nil, nil, nil, nil, nil])
    }

    @Test func `whoever was relieved of customers does not get them back by the rule`() throws {
        // Ben has had 44 and 45.
        _ = try store.assign(["44", "45"], to: .ben, by: .eve)
        for customer in ["44", "45"] as [CustomerNumber] {
            _ = try store.release(customer, by: .eve, because: "迁居")
        }

        let followed = try plan(suggested: true).shares
        let plain = try plan().shares

        #expect(followed == plain)
        #expect(plain.map(\.manager) == [.ada, .ada, .ben, .ben, .ada])
    }

    @Test func `nobody is divided among nobody`() throws {
        #expect(throws: Refusal(.unknownStaff, ["staff": "–"])) { try plan(to: []) }
    }

    @Test func `many customers are written a slice at a time`() throws {
        // Each look at the clock takes 10 ms: three customers or so are a slice.
        let clock = Mutex<Int64>(0)
        let commits = Mutex(0)
        let base = TestWorld().world
        let store = try BranchStore(
            inMemory: Node(outlet: .wulin, firstTier: .zhejiang, name: "node"), keys: .ofTests,
            organisation: .ofTests,
            world: World(
                now: base.now, randomBytes: base.randomBytes,
                uptime: {
                    clock.withLock {
                        $0 += 10_000
                        return $0
                    }
                },
                atCommit: { moment in
                    if case .afterCommit = moment { commits.withLock { $0 += 1 } }
                }))
        let many = (100..<120).map { CustomerNumber("\($0)") }
        try store.takeAndClose([Self.extract(many)], in: files)
        let before = commits.withLock { $0 }

        let results = try store.assign(
            many.map { AssignmentShare(customer: $0, manager: .ada) }, by: .eve)

        #expect(results.map(\.customer) == many && results.allSatisfy { $0.claim != nil })
        let taken = commits.withLock { $0 } - before
        #expect(taken > 4 && taken < 20)
    }
}
