package import Bank
import GRDB
import Vault

/// Who would get whom by a rule, and what that makes of the managers' books; nothing is changed.
package struct AssignmentPlan: Sendable {
    package let rule: Distribution.Rule
    /// By customer number.
    package let rows: [Row]
    /// By staff number.
    package let books: [BookChange]
    /// The date that an assignment made now would have.
    package let date: BusinessDay

    /// One customer who was asked for.
    package struct Row: Sendable {
        package let customer: CustomerNumber
        package let fate: Fate
    }

    package enum Fate: Sendable {
        case goes(PendingCustomer, to: StaffID)
        case refused(Refusal)
    }

    /// What is to be carried out.
    package var shares: [AssignmentShare] {
        rows.compactMap { row in
            guard case .goes(let customer, let manager) = row.fate else { return nil }
            return AssignmentShare(customer: customer.number, manager: manager)
        }
    }
}

/// A manager's book before and after.
package struct BookChange: Sendable {
    package let manager: Staff
    package let before: BookSize
    package let after: BookSize
    package let cap: Int

    /// A warning, never a refusal.
    package var isOverCap: Bool { after.customers > cap }
}

/// A customer for a manager.
package struct AssignmentShare: Hashable, Sendable {
    package let customer: CustomerNumber
    package let manager: StaffID

    package init(customer: CustomerNumber, manager: StaffID) {
        self.customer = customer
        self.manager = manager
    }
}

/// Which of the customers awaiting assignment a plan is about.
package enum AssignmentScope: Sendable {
    case chosen([CustomerNumber])
    case all(TierFilter)
}

extension BranchStore {
    /// Divides customers who await assignment among managers of this outlet by a rule; audited.
    /// Throws where the supervisor or a manager cannot be.
    ///
    /// - Parameter followingSuggestions: whether who came back goes to the former owner first.
    package func planAssignment(
        of scope: AssignmentScope, evenly rule: Distribution.Rule, among managers: [StaffID],
        followingSuggestions: Bool = false, by supervisor: StaffID
    ) throws -> AssignmentPlan {
        let plan = try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            let managers = try Set(managers).map { try db.manager($0, of: node.outlet).id }
            let books = try books(db)
            let pool = try pending(db, books)
            var rows: [AssignmentPlan.Row] = []
            var candidates: [PendingCustomer] = []
            switch scope {
            case .all(let tier): candidates = pool.filter { tier.holds($0.tier) }
            case .chosen(let numbers):
                let known = Dictionary(pool.map { ($0.number, $0) }) { first, _ in first }
                for number in Set(numbers) {
                    if let customer = known[number] {
                        candidates.append(customer)
                    } else {
                        rows.append(.init(customer: number, fate: .refused(try why(db, number))))
                    }
                }
            }
            let distribution = Distribution(
                of: candidates.map(Distribution.Candidate.init),
                among: books.filter { managers.contains($0.manager.id) }
                    .reduce(into: [:]) { $0[$1.manager.id] = $1.size },
                by: rule, followingSuggestionsBelow: followingSuggestions ? books.first?.cap : nil)
            for customer in candidates {
                guard let manager = distribution.shares[customer.number] else {
                    throw Refusal(.unknownStaff, ["staff": "–"])
                }
                rows.append(.init(customer: customer.number, fate: .goes(customer, to: manager)))
            }
            return AssignmentPlan(
                rule: rule, rows: rows.sorted { $0.customer < $1.customer },
                books: books.compactMap { book in
                    distribution.books[book.manager.id].map {
                        BookChange(
                            manager: book.manager, before: book.size, after: $0, cap: book.cap)
                    }
                }, date: try db.workingDate())
        }
        try audit(.plannedAssignment, by: supervisor.rawValue, on: node.outlet.rawValue)
        return plan
    }

    /// Why a customer is not in the pool.
    private func why(_ db: Database, _ customer: CustomerNumber) throws -> Refusal {
        do {
            _ = try assignable(db, customer, to: nil)
        } catch let refusal as Refusal {
            return refusal
        }
        // The list and the claims that it comes from say two things.
        throw StoreError.damaged("holder")
    }
}

extension Distribution.Candidate {
    /// Followed is the former owner of a customer who came back: whoever was relieved of them gets
    /// them by a person's choice alone, and the lightest book is what the rule itself looks for.
    fileprivate init(_ customer: PendingCustomer) {
        let suggestion = customer.suggestion
        self.init(
            number: customer.number, tier: customer.tier, assets: customer.financialAssets,
            suggested: suggestion?.reason == .recentOwner ? suggestion?.manager : nil)
    }
}
