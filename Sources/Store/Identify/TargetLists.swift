package import Bank
import GRDB
import Vault

/// An addition by hand as the outlet's list has it.
package struct AdditionView: Sendable {
    package let addition: AddedTarget
    package let name: String
    /// Why, in the words of who entered it.
    package let reason: String
    package let cancelledBy: StaffID?
}

/// A target by hand who is below the line.
package struct LeavingTarget: Sendable {
    package let customer: CustomerNumber
    package let name: String
    package let belowSince: BusinessDay
    /// The business date at whose close they leave if nothing changes.
    package let leaves: BusinessDay
    package let manager: StaffID?
}

extension BranchStore {
    /// Additions by hand, those that wait for the close first, then the newest: the outlet's for a
    /// supervisor, their own for a manager. The look is audited.
    package func additions(for staff: StaffID) throws -> [AdditionView] {
        let member = try actor(staff)
        try member.require(.addTarget, atLeast: .outlet)
        let isOutlets = member.reach(for: .assign) >= .outlet
        try audit(.listed, by: staff.rawValue, on: nil)
        return try read { db in
            // One whose claim was released before its close was taken back by that.
            let waiting =
                try db.lastClosed() == nil
                ? [] : Set(db.additions(on: db.workingDate(), at: node.outlet).map(\.claim))
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT claim, customer.number, name, staff, reasonCode, reason, date, state,
                        cancelledBy
                    FROM manualAddition
                    JOIN customer ON customer.number = manualAddition.customer
                    WHERE ?1 OR staff = ?2
                    ORDER BY state <> 'pending', date DESC, at DESC, claim
                    """,
                arguments: [isOutlets, staff]
            ).map { row in
                let claim: ClaimID = try row.value("claim")
                let state: ManualAddition.State = try row.value("state")
                return AdditionView(
                    addition: AddedTarget(
                        claim: claim, customer: try row.value("number"),
                        staff: try row.value("staff"), reasonCode: try row.value("reasonCode"),
                        date: try row.value("date"),
                        state: state == .pending && !waiting.contains(claim) ? .cancelled : state),
                    name: try name(row),
                    reason: try secrets.open(
                        try row.value("reason"), "manualAddition", claim.rawValue, "reason") ?? "",
                    cancelledBy: try row.value("cancelledBy"))
            }
        }
    }

    /// The addition of a customer that waits for the close; nil without one.
    package func pendingAddition(of customer: CustomerNumber) throws -> AddedTarget? {
        try read { db in
            try db.lastClosed() == nil ? nil : db.pendingAddition(of: customer, at: node.outlet)
        }
    }

    /// Targets by hand who leave by R4 if nothing changes, the first to go first: the outlet's for
    /// a supervisor, their own for a manager. Nobody where targets by hand are exempt, and where
    /// months' ends decide nobody can say.
    package func leavingTargets(for staff: StaffID) throws -> [LeavingTarget] {
        let member = try actor(staff)
        try member.require(.addTarget, atLeast: .outlet)
        let isOutlets = member.reach(for: .assign) >= .outlet
        return try read { db in
            guard let closed = try db.lastClosed() else { return [] }
            let parameters = try parameters(db, on: closed)
            guard !parameters.manualExempt, parameters.targetExitMode == .dailyRun else {
                return []
            }
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT customer.number, name, belowSince, holder.manager
                    FROM latestStanding AS latest INDEXED BY latestStandingByHand
                    CROSS JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                    CROSS JOIN customer ON customer.id = latest.customer
                    LEFT JOIN holder ON holder.customer = customer.number AND holder.outlet = ?1
                    WHERE latest.origin <> 'rule' AND belowSince IS NOT NULL
                        AND (?2 OR holder.manager = ?3)
                    ORDER BY belowSince, customer.number
                    """,
                arguments: [node.outlet, isOutlets, staff]
            ).map { row in
                let since: BusinessDay = try row.value("belowSince")
                return LeavingTarget(
                    customer: try row.value("number"), name: try name(row), belowSince: since,
                    leaves: since.adding(months: parameters.targetExitMonths),
                    manager: try row.value("manager"))
            }
        }
    }
}
