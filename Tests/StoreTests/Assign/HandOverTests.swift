import Bank
import Store
import TestSupport
import Testing

/// What an outlet does with customers of its own.
struct HandOverTests {
    private let files: TemporaryDirectory
    private let store: BranchStore

    /// Wang is Ada's, Zhang a target whom nobody owns, Zhou is not known here.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).holding(.wang, "100000").holding(.zhang, "200000")
            ], in: files)
        _ = try store.assign([.wang], to: .ada, by: .eve)
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-03")).balanceRow("A\(CustomerNumber.wang)", "300000")],
            in: files)
    }

    @Test func `assigning a customer of one's own to another manager hands them over`() throws {
        let first = try #require(try store.ownership(of: .wang, by: "t").claims?.first?.claim)

        let results = try store.assign([.wang], to: .ben, by: .eve)

        let id = try #require(results[0].claim)
        let claim = try #require(
            try store.ownership(of: .wang, by: "t").claims?.map(\.claim).first { $0.id == id })
        #expect(claim.kind == .handOver)
        #expect(claim.base == first.id)
        // Taken when the chain began, whatever the customer has now.
        #expect(claim.evidence == first.evidence)
        #expect(
            try store.ownership(of: .wang)
                == Ownership(
                    owner: .init(manager: .ben, outlet: .wulin, since: day("2025-03-04")),
                    state: .provisional, claim: id))
        #expect(try store.reminders(of: .ben).map(\.kind) == [.assigned])
        let told = try store.reminders(of: .ada).filter { $0.kind == .ownershipLost }
        #expect(told.map(\.facts) == [["claim": "hand-over", "to": "ben"]])
        #expect(try store.books().map(\.customers) == [0, 1])
    }

    @Test func `a release leaves the customer nobody's and tells the manager`() throws {
        let claim = try store.release(.wang, by: .eve, because: " 客户迁居 ")

        #expect(try store.ownership(of: .wang).owner == nil)
        let claims = try #require(try store.ownership(of: .wang, by: "t").claims).map(\.claim)
        #expect(claims.first { $0.id == claim }?.kind == .release)
        #expect(claims.first { $0.id == claim }?.base == claims.first { $0.id != claim }?.id)
        // Wang has waited since the release, Zhang since being a target.
        #expect(try store.pendingCustomers().map(\.number) == [.zhang, .wang])
        // That the customer is theirs is no news any more.
        #expect(try store.reminders(of: .ada).map(\.kind) == [.ownershipLost])
        // And may be assigned again, on the release.
        let again = try store.assign([.wang], to: .ben, by: .eve)
        #expect(again[0].refusal == nil)
        #expect(try store.ownership(of: .wang).owner?.manager == .ben)
    }

    @Test(
        arguments: [
            ("without a reason", CustomerNumber.wang, StaffID.eve, " \n", Refusal(.reasonMissing)),
            (
                "with a reason of any length", .wang, .eve, String(repeating: "x", count: 1_001),
                Refusal(.textTooLong, ["field": "reason", "most": "1000"])
            ),
            ("by a manager", .wang, .ada, "x", Refusal(.notAllowed, ["staff": "ada"])),
            ("by another outlet", .wang, .sun, "x", Refusal(.notAllowed, ["staff": "sun"])),
            (
                "of whom nobody owns", .zhang, .eve, "x",
                Refusal(.notOwnedHere, ["customer": "3300000002"])
            ),
            (
                "of whom nobody knows", .zhou, .eve, "x",
                Refusal(.notOwnedHere, ["customer": "3300000003"])
            ),
        ] as [(String, CustomerNumber, StaffID, String, Refusal)])
    func `a release that may not be is refused and changes nothing`(
        name: String, customer: CustomerNumber, staff: StaffID, reason: String, refusal: Refusal
    ) throws {
        #expect(throws: refusal) { try store.release(customer, by: staff, because: reason) }
        #expect(try store.ownership(of: .wang).owner?.manager == .ada)
    }

    @Test(
        arguments: [
            (
                "for one's own customer", CustomerNumber.wang, StaffID.eve, StaffID.ben, "x",
                Refusal(
                    .ownedHere, ["customer": "3300000001", "outlet": "330101", "manager": "ada"])
            ),
            (
                "for whom nobody owns", .zhang, .eve, .ben, "x",
                Refusal(.nobodyOwns, ["customer": "3300000002"])
            ),
            (
                "for whom nobody knows", .zhou, .eve, .ben, "x",
                Refusal(.unknownCustomer, ["customer": "3300000003"])
            ),
            ("without a reason", .wang, .eve, .ben, " ", Refusal(.reasonMissing)),
            ("by a teller", .wang, .tom, .ben, "x", Refusal(.notAllowed, ["staff": "tom"])),
            (
                "by a manager for another", .wang, .ada, .ben, "x",
                Refusal(.notAllowed, ["staff": "ada"])
            ),
            (
                "by another outlet's supervisor", .wang, .sun, .cai, "x",
                Refusal(.notAllowed, ["staff": "sun"])
            ),
            (
                "for another outlet's manager", .wang, .eve, .cai, "x",
                Refusal(.managerElsewhere, ["staff": "cai", "outlet": "330102"])
            ),
        ] as [(String, CustomerNumber, StaffID, StaffID, String, Refusal)])
    func `a request that may not be is refused`(
        name: String, customer: CustomerNumber, staff: StaffID, manager: StaffID, reason: String,
        refusal: Refusal
    ) throws {
        #expect(throws: refusal) {
            try store.take(
                .request(to: manager, newEvidence: nil), about: customer, by: staff,
                because: reason)
        }
        #expect(try store.disputes(about: customer) == [])
    }

    @Test func `there is nothing to answer, withdraw or take up where nobody asked`() throws {
        for act in [DisputeAct.accept(from: nil), .refuse(from: nil), .withdraw, .escalate] {
            #expect(throws: Refusal(.noRequest, ["customer": "3300000001"])) {
                try store.take(act, about: .wang, by: .eve, because: "x")
            }
        }
    }
}
