package import Bank
import GRDB
import Vault

/// One manual addition as its outlet keeps it.
package struct AddedTarget: Hashable, Sendable {
    package let claim: ClaimID
    package let customer: CustomerNumber
    package let staff: StaffID
    package let reasonCode: ManualAddition.ReasonCode
    /// The business date at whose close it takes effect.
    package let date: BusinessDay
    package let state: ManualAddition.State
}

extension Database {
    /// What is entered for the close of `day` and not cancelled: the outlet's claims by hand of
    /// that date, which it has also where it was made anew, less those that it took back before
    /// the close.
    func additions(on day: BusinessDay, at outlet: UnitCode) throws -> [AddedTarget] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT claim.id, claim.customer, json_extract(content, '$.enteredBy'),
                    coalesce(reasonCode, 'other'), ?1, coalesce(state, 'pending')
                FROM claim INDEXED BY claimByHand
                LEFT JOIN manualAddition ON manualAddition.claim = claim.id
                WHERE instr(content, '"kind":"manual"') > 0
                    AND substr(content, instr(content, '"businessDate":"') + 16, 10) = ?2
                    AND json_extract(content, '$.kind') = 'manual' AND author = ?3
                    AND state IS NOT 'cancelled'
                    AND NOT EXISTS (SELECT 1 FROM claim AS back
                        WHERE back.customer = claim.customer AND back.author = claim.author
                            AND json_extract(back.content, '$.kind') = 'release'
                            AND json_extract(back.content, '$.base') = claim.id
                            AND json_extract(back.content, '$.businessDate') = ?2)
                ORDER BY claim.id
                """,
            arguments: [day, day.description, outlet]
        ).map(Self.addition)
    }

    /// The addition of a customer that waits for the close of the date being worked on.
    func pendingAddition(of customer: CustomerNumber, at outlet: UnitCode) throws -> AddedTarget? {
        try additions(on: try workingDate(), at: outlet).first { $0.customer == customer }
    }

    /// Additions that failed while their claim still makes the owner.
    func failedAdditions(ownedBy outlet: UnitCode) throws -> [AddedTarget] {
        try Row.fetchAll(
            self,
            prepared: """
                \(Self.selectAddition)
                WHERE state = 'failed' AND customer IN (SELECT customer FROM holder WHERE outlet = ?)
                ORDER BY claim
                """,
            arguments: [outlet]
        ).map(Self.addition)
    }

    func set(
        _ state: ManualAddition.State, of claim: ClaimID, cancelledBy staff: StaffID? = nil
    ) throws {
        try execute(
            prepared: "UPDATE manualAddition SET state = ?, cancelledBy = ? WHERE claim = ?",
            arguments: [state, staff, claim])
    }

    /// The last date through `day` on which each renewed customer was.
    func renewals(through day: BusinessDay) throws -> [Int64: BusinessDay] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT customer.id, max(date) FROM targetRenewal
                CROSS JOIN customer ON customer.number = targetRenewal.customer
                WHERE date <= ?
                GROUP BY customer.id
                """,
            arguments: [day]
        ).reduce(into: [:]) { $0[try $1.value(0)] = try $1.value(1) as BusinessDay }
    }

    /// Whether a customer has a demand account in order, opened at the outlet, on `day`.
    func hasDemandAccount(
        _ customer: Int64, at outlet: UnitCode, on day: BusinessDay, _ merges: Merges? = nil
    ) throws -> Bool {
        try (merges ?? Merges(self, on: day)).numbers(of: customer).contains {
            try holdsDemandAccount($0, at: outlet, on: day)
        }
    }

    private func holdsDemandAccount(
        _ customer: Int64, at outlet: UnitCode, on day: BusinessDay
    ) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM account
                    JOIN accountFact AS fact ON fact.account = account.id AND fact.date = (
                        SELECT max(date) FROM accountFact
                        WHERE account = account.id AND date <= ?3)
                    WHERE customer = ?1 AND category = 'deposit' AND subcategory = 'demand'
                        AND status = 'normal' AND openingOutlet = ?2
                        AND (closedOn IS NULL OR closedOn > ?3))
                """,
            arguments: [customer, outlet, day]) ?? false
    }

    private static let selectAddition = """
        SELECT claim, customer, staff, reasonCode, date, state FROM manualAddition
        """

    private static func addition(_ row: Row) throws -> AddedTarget {
        AddedTarget(
            claim: try row.value(0), customer: try row.value(1), staff: try row.value(2),
            reasonCode: try row.value(3), date: try row.value(4), state: try row.value(5))
    }
}
