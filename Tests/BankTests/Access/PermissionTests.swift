import Bank
import Testing

struct PermissionTests {
    /// `domain.md` 3.3, a row each, in the order of `Role.allCases`: teller, manager, outlet
    /// supervisor, supervisor, first-tier supervisor, analyst, administrator, auditor.
    @Test(
        arguments: [
            (.profile, [.outlet, .own, .outlet, .subtree, .firstTier, .bank, .none, .firstTier]),
            (.holdings, [.none, .own, .outlet, .subtree, .firstTier, .none, .none, .none]),
            (
                .customerQuery,
                [.none, .firstTier, .firstTier, .firstTier, .firstTier, .bank, .none, .bank]
            ),
            (
                .ownerLookUp,
                [.outlet, .firstTier, .firstTier, .firstTier, .firstTier, .bank, .none, .bank]
            ),
            (.assign, [.none, .none, .outlet, .none, .none, .none, .none, .none]),
            (.delegate, [.none, .own, .outlet, .none, .none, .none, .none, .none]),
            (.marketingRecord, [.outlet, .own, .none, .none, .none, .none, .none, .none]),
            (
                .readMarketingRecords,
                [.none, .own, .outlet, .subtree, .firstTier, .none, .none, .firstTier]
            ),
            (.unmask, [.none, .own, .outlet, .none, .firstTier, .none, .none, .none]),
            (.settleNow, [.none, .none, .none, .none, .firstTier, .none, .none, .none]),
            (.addTarget, [.none, .outlet, .outlet, .none, .none, .none, .none, .none]),
            (.parameters, [.none, .none, .none, .none, .firstTier, .bank, .none, .none]),
            (.parameterApproval, [.none, .none, .none, .none, .firstTier, .bank, .bank, .none]),
            (.organisation, [.none, .none, .none, .none, .none, .none, .bank, .none]),
            (.nodes, [.none, .none, .none, .none, .firstTier, .none, .bank, .bank]),
            (.outletReports, [.none, .own, .outlet, .subtree, .firstTier, .bank, .none, .bank]),
        ] as [(Function, [Reach])])
    func `a role reaches as far as the matrix says`(function: Function, reaches: [Reach]) {
        #expect(Role.allCases.map { Permissions.reach(of: [$0], for: function) } == reaches)
    }

    @Test func `the widest of several roles counts, and without one there is nothing`() {
        #expect(Permissions.reach(of: [.manager, .outletSupervisor], for: .profile) == .outlet)
        #expect(Permissions.reach(of: [.administrator, .teller], for: .assign) == .none)
        #expect(Permissions.reach(of: [], for: .profile) == .none)
    }

    @Test func `who does not reach far enough is refused by number`() {
        let ada = Staff(id: "ada", name: "", unit: "330101", roles: [.manager])

        #expect(throws: Never.self) { try ada.require(.profile, atLeast: .own) }
        #expect(throws: Refusal(.notAllowed, ["staff": "ada"])) {
            try ada.require(.profile, atLeast: .outlet)
        }
    }
}
