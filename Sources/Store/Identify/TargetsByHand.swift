import Bank
import GRDB
import Vault

/// What people entered for one close: manual additions and renewals (R6).
struct CloseEntries {
    /// By the customer's internal number.
    private(set) var additions: [Int64: AddedTarget] = [:]
    private var renewals: [Int64: BusinessDay]
    private let day: BusinessDay
    private let outlet: UnitCode

    init(_ db: Database, on day: BusinessDay, at outlet: UnitCode) throws {
        self.day = day
        self.outlet = outlet
        renewals = try db.renewals(through: day)
        for addition in try db.additions(on: day, at: outlet) {
            guard let id = try db.customerID(addition.customer) else { continue }
            additions[id] = addition
        }
    }

    /// Whom the close has to look at although no balance says so.
    var customers: [Int64] {
        Array(additions.keys) + renewals.filter { $0.value == day }.map(\.key)
    }

    /// An addition counts while its demand account is there.
    func entries(
        of customer: Int64, _ merges: Merges, _ db: Database
    ) throws -> DailyClose.Entries {
        DailyClose.Entries(
            addedByHand: try additions[customer] != nil
                && db.hasDemandAccount(customer, at: outlet, on: day, merges),
            renewedOn: renewals[customer])
    }
}

extension BranchStore {
    /// How long before a target by hand leaves they are warned of, in days.
    private static let leads = [7, 30]

    /// Writes down what became of an addition; who entered one that failed is told.
    func conclude(
        _ addition: AddedTarget, counted: Bool, on day: BusinessDay, _ merges: Merges,
        _ db: Database
    ) throws {
        try db.set(counted ? .done : .failed, of: addition.claim)
        guard !counted, let customer = try db.customerID(addition.customer) else { return }
        let survivor = merges.survivor(of: customer)
        var facts: [String: String] = [:]
        if survivor != customer {
            facts = ["into": try db.number(of: survivor), "merged": addition.customer.rawValue]
        }
        try db.remind(
            Reminder(
                id: "\(Reminder.Kind.additionFailed.rawValue):\(addition.claim)",
                staff: addition.staff, kind: .additionFailed, customer: addition.customer,
                dueOn: day.next, facts: facts), at: world.now())
    }

    /// Warns the manager and the supervisors of targets by hand who leave by R4 if nothing
    /// changes, so that a supervisor may renew them. Where months' ends decide, nobody can say.
    func warnOfLeaving(_ db: Database, on day: BusinessDay, _ parameters: RuleParameters) throws {
        guard !parameters.manualExempt, parameters.targetExitMode == .dailyRun else { return }
        let rows = try Row.fetchAll(
            db,
            prepared: """
                SELECT customer.number, belowSince, holder.manager
                FROM latestStanding AS latest INDEXED BY latestStandingByHand
                CROSS JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                CROSS JOIN customer ON customer.id = latest.customer
                LEFT JOIN holder ON holder.customer = customer.number AND holder.outlet = ?
                WHERE latest.origin <> 'rule' AND belowSince IS NOT NULL
                ORDER BY customer.number
                """,
            arguments: [node.outlet])
        guard !rows.isEmpty else { return }
        let supervisors = try db.members(of: node.outlet)
            .filter { $0.active && $0.holds(.outletSupervisor) }.map(\.id)
        for row in rows {
            let customer: CustomerNumber = try row.value(0)
            let since: BusinessDay = try row.value(1)
            let leaves = since.adding(months: parameters.targetExitMonths)
            guard let lead = Self.leads.first(where: { leaves - day <= $0 }), leaves > day else {
                continue
            }
            let manager: StaffID? = try row.value(2)
            for member in Set(supervisors + [manager].compactMap(\.self)).sorted() {
                try db.remind(
                    Reminder(
                        id: "\(Reminder.Kind.targetLeaving.rawValue):"
                            + "\(customer):\(leaves):\(lead):\(member)",
                        staff: member, kind: .targetLeaving, customer: customer, dueOn: day.next,
                        facts: ["date": leaves.description]), at: world.now())
            }
        }
    }
}
