import Bank
import Store
import TestSupport
import Testing

struct AssignTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang is a target, Zhang potential, Zhou a target who has closed the account here.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01")).holding(.wang, "100000").holding(.zhang, "20000")
                    .holding(.zhou, "500000"),
                ExtractBuilder(day("2025-03-02"))
                    .accountRow("A\(CustomerNumber.zhou)", of: .zhou, closedOn: "2025-03-02"),
            ], in: files)
    }

    @Test func `a target is assigned to a manager, who is reminded`() throws {
        let results = try store.assign([.wang], to: .ada, by: .eve)

        let claim = try #require(results[0].claim)
        #expect(
            try store.owner(of: .wang, by: "t").ownership
                == Ownership(
                    owner: .init(manager: .ada, outlet: .wulin, since: day("2025-03-03")),
                    state: .provisional, claim: claim))
        #expect(
            try store.reminders(of: .ada) == [
                Reminder(
                    id: "assigned:\(claim)", staff: .ada, kind: .assigned, customer: .wang,
                    dueOn: day("2025-03-03"), facts: ["by": "eve"])
            ])
        #expect(try store.pendingCustomers().map(\.number) == [])
        #expect(try store.customers(of: .ada, by: "t").map(\.position.number) == [.wang])
        #expect(try store.books().map(\.customers) == [1, 0])
    }

    @Test func `the claim carries the evidence of the last close`() throws {
        _ = try store.assign([.wang], to: .ada, by: .eve)

        let claim = try #require(try store.ownership(of: .wang, by: "t").claims?.first?.claim)

        #expect(claim.kind == .assignment)
        #expect(claim.base == nil)
        #expect(claim.enteredBy == .eve)
        #expect(
            claim.evidence
                == Evidence(
                    activeCard: false, holdings: HalfFen(20_000_000),
                    demandAccountOpened: day("2020-01-01"), businessDate: day("2025-03-03")))
    }

    @Test func `each customer has a result of their own`() throws {
        let results = try store.assign(
            [.zhang, .wang, "3300000009", .wang, .zhou], to: .ada, by: .eve)

        #expect(
            results.map(\.refusal) == [
                Refusal(.notTarget, ["customer": "3300000002", "pool": "potential"]), nil,
                Refusal(.unknownCustomer, ["customer": "3300000009"]),
                Refusal(
                    .ownedHere, ["customer": "3300000001", "outlet": "330101", "manager": "ada"]),
                Refusal(.noAccountHere, ["customer": "3300000003"]),
            ])
        #expect(results.map { $0.claim == nil } == [true, false, true, true, true])
    }

    @Test(
        arguments: [
            (
                "a supervisor of another outlet", StaffID.sun, StaffID.ada,
                Refusal(.notAllowed, ["staff": "sun"])
            ),
            ("a manager", .ada, .ada, Refusal(.notAllowed, ["staff": "ada"])),
            ("a teller", .tom, .ada, Refusal(.notAllowed, ["staff": "tom"])),
            ("an administrator", .amy, .ada, Refusal(.notAllowed, ["staff": "amy"])),
            ("nobody", "zed", .ada, Refusal(.unknownStaff, ["staff": "zed"])),
            ("to nobody", .eve, "zed", Refusal(.unknownStaff, ["staff": "zed"])),
            ("to one who left", .eve, .ida, Refusal(.inactiveStaff, ["staff": "ida"])),
            ("to a teller", .eve, .tom, Refusal(.notAManager, ["staff": "tom"])),
            (
                "to another outlet's manager", .eve, .cai,
                Refusal(.managerElsewhere, ["staff": "cai", "outlet": "330102"])
            ),
        ] as [(String, StaffID, StaffID, Refusal)])
    func `who may not assign, or be assigned to, is refused and nothing is made`(
        name: String, supervisor: StaffID, manager: StaffID, refusal: Refusal
    ) throws {
        #expect(throws: refusal) { try store.assign([.wang], to: manager, by: supervisor) }
        #expect(try store.owner(of: .wang, by: "t").ownership == Ownership.none)
        #expect(try store.reminders(of: .ada) == [])
    }

    @Test func `before the first close there is no business date to assign on`() throws {
        #expect(throws: Refusal(.nothingClosed)) {
            try BranchStore.alone().assign([.wang], to: .ada, by: .eve)
        }
    }

    @Test func `a number that nobody knows is unowned`() throws {
        let answer = try store.owner(of: "3300000009", by: "t")

        #expect(answer.ownership == Ownership.none)
        #expect(answer.pendingHere == 0)
        #expect(answer.asOf == nil)
    }

    @Test func `stamps go on although the clock goes back`() throws {
        let world = TestWorld()
        let store = try BranchStore.alone(world: world)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "100000").holding(.zhang, "100000")],
            in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        world.pass(minutes: -60 * 24 * 365 * 10)
        _ = try store.assign([.zhang], to: .ada, by: .eve)

        let stamps = try [CustomerNumber.wang, .zhang].map {
            try store.ownership(of: $0, by: "t").claims?.first?.claim.stamp
        }

        #expect(
            stamps == [
                "\(TestWorld.morning)-0-node-330101", "\(TestWorld.morning)-1-node-330101",
            ])
    }

    @Test func `targets of the outlet wait, the longest first`() throws {
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-05")).balanceRow("A3300000002", "700000")], in: files)

        let pending = try store.pendingCustomers()

        #expect(pending.map(\.number) == [.wang, .zhang])
        #expect(pending.map(\.daysWaiting) == [4, 0])
        #expect(pending.map(\.name) == ["王小明", "王小明"])
    }
}
