import Bank

extension Organisation {
    /// The bank that a made branch belongs to: its units, staff in every role, the holidays of
    /// the plan's years and the year after.
    ///
    /// A member's number is the unit, the role and a number: `330101-OS1` outlet supervisor,
    /// `330101-RM1` … managers, `330101-TL1` … tellers, `3301-BS1` and `3301S1-BS1` supervisors,
    /// `33-T1` first-tier supervisor, `00-HA1` analyst, `00-SA1` administrator, `00-AU1` auditor.
    /// The first outlet's last manager is no longer active.
    init(plan: BranchPlan, tree: UnitTree, reference: Reference) {
        var chance = Chance(plan.seed, .staff)
        var staff: [Staff] = []
        func hire(_ unit: UnitCode, _ post: String, _ role: Role, active: Bool = true) {
            staff.append(
                Staff(
                    id: StaffID("\(unit.rawValue)-\(post)"),
                    name: reference.name(isMale: chance.hits(percent: 50), &chance),
                    unit: unit, roles: [role], mobile: People.mobile(&chance), active: active))
        }

        hire(UnitTree.headOffice, "HA1", .analyst)
        hire(UnitTree.headOffice, "SA1", .administrator)
        hire(UnitTree.headOffice, "AU1", .auditor)
        hire(UnitCode(plan.firstTier), "T1", .firstTierSupervisor)
        for unit in tree.secondTiers + tree.subBranches { hire(unit, "BS1", .supervisor) }
        let managers = min(40, 3 + plan.customers / 1_000)
        let tellers = min(20, 2 + plan.customers / 5_000)
        for outlet in tree.outlets {
            hire(outlet.code, "OS1", .outletSupervisor)
            for number in 1...managers { hire(outlet.code, "RM\(number)", .manager) }
            if outlet.index == 0 {
                hire(outlet.code, "RM\(managers + 1)", .manager, active: false)
            }
            for number in 1...tellers { hire(outlet.code, "TL\(number)", .teller) }
        }
        let years = plan.from.year...(plan.through.year + 1)
        self.init(
            units: tree.units, staff: staff, parameters: [],
            holidays: reference.holidays.filter { years.contains($0.date.year) })
    }
}
