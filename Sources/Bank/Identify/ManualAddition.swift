/// A good customer who does not qualify yet, made a target by hand (R6, `domain.md` item 11).
package enum ManualAddition {
    /// Why, as the deck has it: office holders, heads of enterprises.
    package enum ReasonCode: String, Sendable, CaseIterable {
        case official, executive, introduced, other
    }

    package enum State: String, Sendable, CaseIterable {
        /// Its date is not closed yet: the pool is what it was, the owner is there.
        case pending
        case done
        /// No demand account was left at the close, or the number had been merged into another: no
        /// target, and the owner's link goes.
        case failed
        case cancelled
    }

    /// What has to hold when it is entered, in the order in which it is shown.
    package enum Condition: String, Sendable, CaseIterable {
        /// Who enters it is a manager or supervisor of the outlet.
        case role
        /// The customer has a demand account in order, opened at the outlet.
        case demandAccount = "demand-account"
        case notTarget = "not-target"
        /// Nobody in the first-tier branch owns the customer.
        case unowned
        case nonePending = "none-pending"
    }

    /// One line of the check.
    package struct Line: Hashable, Sendable {
        package let condition: Condition
        /// Why it does not hold; nil where it does.
        package let refusal: Refusal?
    }

    /// What the check looks at.
    package struct Circumstances: Sendable {
        package let customer: CustomerNumber
        package let outlet: UnitCode
        package let hasDemandAccount: Bool
        package let pool: Pool
        package let ownership: Ownership
        package let isPending: Bool

        package init(
            customer: CustomerNumber, outlet: UnitCode, hasDemandAccount: Bool, pool: Pool,
            ownership: Ownership, isPending: Bool
        ) {
            self.customer = customer
            self.outlet = outlet
            self.hasDemandAccount = hasDemandAccount
            self.pool = pool
            self.ownership = ownership
            self.isPending = isPending
        }
    }

    /// Every condition, whether the one before it holds or not.
    package static func check(_ now: Circumstances, by staff: Staff) -> [Line] {
        Condition.allCases.map { condition in
            Line(condition: condition, refusal: refusal(condition, now, staff))
        }
    }

    private static func refusal(
        _ condition: Condition, _ now: Circumstances, _ staff: Staff
    ) -> Refusal? {
        let customer = now.customer.rawValue
        switch condition {
        case .role:
            guard staff.reach(for: .addTarget) >= .outlet, staff.unit == now.outlet else {
                return Refusal(.notAllowed, ["staff": staff.id.rawValue])
            }
        case .demandAccount:
            guard now.hasDemandAccount else {
                return Refusal(.noDemandAccount, ["customer": customer])
            }
        case .notTarget:
            guard now.pool != .target else {
                return Refusal(.alreadyTarget, ["customer": customer])
            }
        case .unowned:
            // Who added the customer owns them already: the last condition says so.
            guard let owner = now.ownership.owner, !now.isPending else { return nil }
            let reason: Refusal.Reason =
                owner.outlet == now.outlet
                ? .ownedHere
                : now.ownership.state == .confirmed ? .alreadyOwned : .claimedElsewhere
            return Refusal(
                reason,
                [
                    "customer": customer, "outlet": owner.outlet.rawValue,
                    "manager": owner.manager?.rawValue ?? "–",
                ])
        case .nonePending:
            guard !now.isPending else {
                return Refusal(.additionPending, ["customer": customer])
            }
        }
        return nil
    }
}
